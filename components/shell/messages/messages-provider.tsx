'use client';

import { use, type ReactNode } from 'react';
import { IntlProvider } from 'use-intl/react';
import { messagesIn } from '#components/shell/messages/messages-in.ts';
import type { Locale } from '#lib/i18n/locales.ts';

type Props = { locale: Locale; timeZone: string; now: Date; files: string; children: ReactNode };

/** Gives what is inside it the messages of these files (`messageFiles`), and shows it once they have arrived. */
export function MessagesProvider({ locale, timeZone, now, files, children }: Props) {
  const here = messagesIn(locale, files);
  const messages = here instanceof Promise ? use(here) : here;
  return (
    <IntlProvider locale={locale} timeZone={timeZone} now={now} messages={messages as never}>
      {children}
    </IntlProvider>
  );
}
