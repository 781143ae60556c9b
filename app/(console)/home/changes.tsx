import type { Route } from 'next';
import { EntryLinks } from '#components/activity/entry-links.tsx';
import type { CheckResult } from '#components/home/check.ts';
import { requestSay } from '#components/operations/receipt/request-say.ts';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { readerOf } from '#lib/actions/runner.ts';
import { translations } from '#lib/i18n/server.ts';
import { listEntries, seesAll } from '#lib/operations/journal/list.ts';
import { viewOf } from '#lib/operations/receipt/view.ts';
import type { Signed } from '#lib/session/request/guard.ts';
import { inStore } from './outcome.ts';

const MOST = 5;

export function checkChanges(signed: Signed): Promise<CheckResult> {
  return inStore(async (db) => {
    const reader = readerOf(signed);
    const [t, say, entries] = await Promise.all([
      translations('home'),
      requestSay(),
      listEntries(db, reader, { unfinished: true }, 4 * MOST),
    ]);
    const open = entries.map((entry) => viewOf(entry)).filter(({ continuable }) => continuable);
    if (open.length === 0) return { is: 'well', says: t(seesAll(reader) ? 'changes.well' : 'changes.well-own') };
    return {
      is: 'found',
      urgency: open.some(({ status }) => status === 'interrupted') ? 'danger' : 'warn',
      body: (
        <WithMessages of={['operations', 'form', 'problems']}>
          <EntryLinks
            entries={open.slice(0, MOST).map((entry) => ({ ...entry, said: say(entry.title) }))}
            action={t('changes.fix')}
          />
        </WithMessages>
      ),
      ...(open.length > MOST ? { more: { href: '/activity' as Route, label: t('changes.all') } } : {}),
    };
  });
}
