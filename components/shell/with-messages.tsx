import type { ReactNode } from 'react';
import { preload } from 'react-dom';
import { MESSAGE_FILES } from '#lib/i18n/locales.ts';
import { messageFiles } from '#lib/i18n/message-files.ts';
import type { Namespace } from '#lib/i18n/messages.ts';
import { planMessages, type StartedOperation } from '#lib/i18n/plan-messages.ts';
import { requestIntl } from '#lib/i18n/server.ts';
import { MessagesProvider } from './messages/messages-provider.tsx';

type Props = {
  of: Namespace[];
  /** The operations that can be started inside it. */
  starts?: StartedOperation[] | 'all';
  /** They are fetched once what is inside is drawn, which it may never be. */
  later?: boolean;
  children: ReactNode;
};

/**
 * Provides the client components inside it with the messages of these namespaces, of what these operations say, and of every page:
 * files that a browser keeps.
 */
export async function WithMessages({ of, starts = [], later = false, children }: Props) {
  const { locale, timeZone, now } = await requestIntl();
  const files = messageFiles(locale, [...of, ...planMessages(starts)]);
  for (const file of later ? [] : files)
    preload(`${MESSAGE_FILES}/${locale}/${file}`, { as: 'fetch', crossOrigin: 'anonymous' });
  return (
    <MessagesProvider locale={locale} timeZone={timeZone} now={now} files={files.join(' ')}>
      {children}
    </MessagesProvider>
  );
}
