'use client';

import { useSyncExternalStore } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { LOCALES } from '#lib/i18n/locales.ts';
import { readPageAgain } from './calls/page-reading.ts';
import { applyDensity, applyTheme, onPreference, remember, singleKeysOn } from './preferences.ts';

/** A preference of this browser: its values with their words, and how one is chosen. */
export type Preference = {
  name: 'locale' | 'theme' | 'density';
  label: string;
  value: string;
  options: [string, string][];
  choose: (value: string) => void;
};

/** The current theme and density, wherever they are changed; `start` are the values of the request. */
function usePreferences(start: { theme: string; density: string }): { theme: string; density: string } {
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

/** Language, theme and density of this browser; `start` are the values of the request. */
export function usePreferenceList(start: { theme: string; density: string }): Preference[] {
  const t = useTranslations('shell');
  const locale = useLocale();
  const { theme, density } = usePreferences(start);
  return [
    {
      name: 'locale',
      label: t('language'),
      value: locale,
      options: LOCALES.map((id) => [id, t(`languages.${id}`)]),
      choose: (value) => {
        remember('locale', value);
        readPageAgain();
      },
    },
    {
      name: 'theme',
      label: t('theme'),
      value: theme,
      options: (['system', 'light', 'dark'] as const).map((id) => [id, t(`themes.${id}`)]),
      choose: applyTheme,
    },
    {
      name: 'density',
      label: t('density'),
      value: density,
      options: (['comfortable', 'compact'] as const).map((id) => [id, t(`densities.${id}`)]),
      choose: applyDensity,
    },
  ];
}

/** Whether single-key shortcuts are on; true until the page is hydrated. */
export function useSingleKeys(): boolean {
  return useSyncExternalStore(onPreference, singleKeysOn, () => true);
}
