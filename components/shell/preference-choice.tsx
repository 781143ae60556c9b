'use client';

import { useId } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { Field, inputClass } from '#components/form/field.tsx';
import { LOCALES } from '#lib/i18n/locales.ts';
import { applyDensity, applyTheme, remember } from './preferences.ts';
import { SingleKeysChoice } from './single-keys-choice.tsx';
import { usePreferences } from './use-preferences.ts';

type Props = { theme: string; density: string };

/** Language, theme, density and shortcuts of this browser, for the account page. */
export function PreferenceChoice({ theme, density }: Props) {
  const t = useTranslations('shell');
  const locale = useLocale();
  const chosen = usePreferences({ theme, density });
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Choice
        label={t('language')}
        value={locale}
        options={LOCALES.map((id) => [id, t(`languages.${id}`)])}
        choose={(value) => {
          remember('locale', value);
          readPageAgain();
        }}
      />
      <Choice
        label={t('theme')}
        value={chosen.theme}
        options={(['system', 'light', 'dark'] as const).map((id) => [id, t(`themes.${id}`)])}
        choose={applyTheme}
      />
      <Choice
        label={t('density')}
        value={chosen.density}
        options={(['comfortable', 'compact'] as const).map((id) => [id, t(`densities.${id}`)])}
        choose={applyDensity}
      />
      <div className="sm:col-span-3">
        <SingleKeysChoice />
      </div>
    </div>
  );
}

type ChoiceProps = { label: string; value: string; options: [string, string][]; choose: (value: string) => void };

function Choice({ label, value, options, choose }: ChoiceProps) {
  const id = useId();
  return (
    <Field id={id} label={label}>
      <select id={id} value={value} onChange={(event) => choose(event.target.value)} className={inputClass}>
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
}
