'use client';

import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'use-intl/react';
import { remember } from '#components/shell/preferences.ts';
import { LOCALES } from '#lib/i18n/locales.ts';

/** The language choice before the sign-in. */
export function SignInPreferences() {
  const t = useTranslations('shell');
  const locale = useLocale();
  const router = useRouter();
  return (
    <div role="group" aria-label={t('language')} className="flex gap-1">
      {LOCALES.map((id) => (
        <button
          key={id}
          type="button"
          lang={id}
          aria-pressed={id === locale}
          onClick={() => {
            remember('locale', id);
            router.refresh();
          }}
          className="min-h-8 rounded px-2 text-sm whitespace-nowrap text-muted hover:bg-hover aria-pressed:font-medium aria-pressed:text-text"
        >
          {t(`languages.${id}`)}
        </button>
      ))}
    </div>
  );
}
