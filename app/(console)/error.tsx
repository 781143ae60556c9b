'use client';

import { ErrorState } from '#components/shell/error-state.tsx';

export default function ConsoleError({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorState error={error} retry={retry} />;
}
