import type { ReactNode } from 'react';
import { requestIntl } from '#lib/i18n/server.ts';
import { messagesOf, type Namespace } from '#lib/i18n/messages.ts';
import { MessagesProvider } from './messages-provider.tsx';

/** Provides the client components inside it with the messages of these namespaces only. */
export async function WithMessages({ of, children }: { of: Namespace[]; children: ReactNode }) {
  const { locale, timeZone, now } = await requestIntl();
  const messages = Object.fromEntries(of.map((namespace) => [namespace, messagesOf(locale, namespace)]));
  return (
    <MessagesProvider locale={locale} timeZone={timeZone} now={now} messages={messages}>
      {children}
    </MessagesProvider>
  );
}
