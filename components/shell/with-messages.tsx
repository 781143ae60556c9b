import type { ReactNode } from 'react';
import { requestIntl } from '#lib/i18n/server.ts';
import { messagesOf, type Namespace } from '#lib/i18n/messages.ts';
import { MessagesProvider } from './messages-provider.tsx';

/** Gives the client parts inside it the messages they need, and no others. */
export async function WithMessages({ of, children }: { of: Namespace[]; children: ReactNode }) {
  const { locale, timeZone, now } = await requestIntl();
  const messages = Object.fromEntries(of.map((namespace) => [namespace, messagesOf(locale, namespace)]));
  return (
    <MessagesProvider locale={locale} timeZone={timeZone} now={now} messages={messages}>
      {children}
    </MessagesProvider>
  );
}
