'use client';

import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl/react';
import type { Locale } from '#lib/i18n/locales.ts';

type Props = { locale: Locale; timeZone: string; now: Date; messages: Record<string, unknown>; children: ReactNode };

export function MessagesProvider({ locale, timeZone, now, messages, children }: Props) {
  return (
    <IntlProvider locale={locale} timeZone={timeZone} now={now} messages={messages as never}>
      {children}
    </IntlProvider>
  );
}
