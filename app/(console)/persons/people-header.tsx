import { Suspense, type ReactNode } from 'react';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { ListHeader } from '#components/ui/page-header.tsx';
import { translations } from '#lib/i18n/server.ts';
import { accessRulesSnapshot } from '#lib/omni/cache/snapshot.ts';
import { readSeen } from '#lib/omni/seen.ts';
import { duplicatesQueue } from '#lib/persons/duplicates/queue.ts';
import { knownDirectory, type KnownDirectory } from '#lib/persons/people-index/directory.ts';
import { readSession } from '#lib/session/request/guard.ts';
import { store } from '#lib/store/database.ts';
import { storeAnswer } from '#lib/store/store-error.ts';
import { pageReader } from './people-reader.ts';

type Props = {
  here: '/persons' | '/persons/duplicates' | '/persons/access-rules';
  more?: ReactNode;
  action?: ReactNode;
};

/** The top of the pages of people: their tabs, with how many there are of each where that is at hand. */
export async function PeopleHeader({ here, more, action }: Props) {
  const [t, tIndex, tDuplicates, tRules, reader] = await Promise.all([
    translations('persons'),
    translations('people-index'),
    translations('duplicates'),
    translations('access-rules'),
    pageReader(),
  ]);
  const known = reader ? knownDirectory(reader) : null;
  const whole = known?.state.whole ? known : null;
  const late = (count: ReactNode) => <Suspense fallback={null}>{count}</Suspense>;
  const all = [
    { href: '/persons', label: tIndex('all'), count: whole?.state.count },
    {
      href: '/persons/duplicates',
      label: tDuplicates('tab'),
      count: whole ? late(<DuplicatesCount people={whole.people} />) : undefined,
    },
    { href: '/persons/access-rules', label: tRules('title'), count: late(<RulesCount />) },
  ];
  return (
    <WithMessages of={['list-tools']}>
      {/* The width of a list for all of the room's tabs, also while they load. */}
      <div data-list className="contents">
        <ListHeader
          title={t('title')}
          tabs={{ label: tIndex('pages'), all: all.map((tab) => ({ ...tab, here: tab.href === here })) }}
          more={more}
          action={action}
        />
      </div>
    </WithMessages>
  );
}

/** Likely duplicates of a directory that is at hand; nothing where the store does not answer. */
async function DuplicatesCount({ people }: Pick<KnownDirectory, 'people'>) {
  const signed = await readSession();
  if (!('session' in signed)) return null;
  const { id } = signed.session.server;
  const queue = await storeAnswer(store().then((db) => duplicatesQueue(db, id, people, 0)));
  return queue.ok ? queue.value.count : null;
}

/** Access rules, where the key may list them; the list's own page says why not. */
async function RulesCount() {
  const signed = await readSession();
  if (!('session' in signed)) return null;
  const rules = await readSeen(signed.session.scopes, 'access:read', () => accessRulesSnapshot(signed.omni));
  return rules.is === 'value' ? rules.value.length : null;
}
