import type { Route } from 'next';
import type { CheckId, CheckResult } from '#components/home/check.ts';
import { formatter, translations } from '#lib/i18n/server.ts';
import { knownDirectory, type KnownDirectory } from '#lib/persons/people-index/directory.ts';
import { duplicatesQueue } from '#lib/persons/duplicates/queue.ts';
import type { Signed } from '#lib/session/request/guard.ts';
import { inStore, lacking } from './outcome.ts';

/** How many people may stand twice, while the directory is at hand for this key anyway: Home reads nobody for it. */
export function knownDuplicates({ omni, session }: Signed): [CheckId, Promise<CheckResult>][] {
  const directory = lacking(session.scopes, 'persons:read') ? null : knownDirectory({ omni });
  return directory?.state.whole ? [['duplicates', counted(directory, session.server.id)]] : [];
}

function counted({ people, state }: KnownDirectory, server: string): Promise<CheckResult> {
  return inStore(async (db) => {
    const [{ count }, t, format] = await Promise.all([
      duplicatesQueue(db, server, people, 0),
      translations('home'),
      formatter(),
    ]);
    const says = t('duplicates.says', {
      count,
      time: format.dateTime(new Date(state.asOf ?? 0), { timeStyle: 'short' }),
    });
    return count === 0
      ? { is: 'well', says }
      : { is: 'well', says, more: { href: '/persons/duplicates' as Route, label: t('duplicates.open') } };
  });
}
