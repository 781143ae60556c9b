'use client';

import { ErrorState } from '#components/shell/error-state.tsx';
import './globals.css';

export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body className="grid min-h-dvh place-items-center bg-bg text-text">
        <ErrorState error={error} retry={retry} />
      </body>
    </html>
  );
}
