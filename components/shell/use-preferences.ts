'use client';

import { useSyncExternalStore } from 'react';
import { onPreference, singleKeysOn } from './preferences.ts';

/** Theme and density of this browser as they are now, wherever they are changed; `start` is what the server was told. */
export function usePreferences(start: { theme: string; density: string }): { theme: string; density: string } {
  const root = () => document.documentElement.dataset;
  const theme = useSyncExternalStore(
    onPreference,
    () => root().theme ?? 'system',
    () => start.theme,
  );
  const density = useSyncExternalStore(
    onPreference,
    () => root().density ?? 'comfortable',
    () => start.density,
  );
  return { theme, density };
}

/** Whether bare keys do something in this browser; the server thinks so until the page is alive. */
export function useSingleKeys(): boolean {
  return useSyncExternalStore(onPreference, singleKeysOn, () => true);
}
