'use client';

import { later } from '#components/ui/state/later.tsx';

/** Asks for the session's key inside a dialog, and is loaded with it: no page loads react-hook-form for a dialog it may never show. */
export const KeyForm = later(
  () => import('./ask-for-key.tsx').then((part) => part.KeyForm),
  <div className="skeleton mt-4 h-36" />,
);
