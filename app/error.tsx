'use client';

import { ErrorState } from '#components/shell/error-state.tsx';

export default function RootError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorState error={error} retry={retry} />
    </main>
  );
}
