'use client';

import { useSyncExternalStore } from 'react';
import { onPreference, singleKeysOn } from './preferences.ts';

/** The current theme and density, wherever they are changed; `start` are the values of the request. */
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

/** Whether single-key shortcuts are on; true until the page is hydrated. */
export function useSingleKeys(): boolean {
  return useSyncExternalStore(onPreference, singleKeysOn, () => true);
}
