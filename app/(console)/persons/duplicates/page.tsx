import type { Metadata } from 'next';
import { decideAction, steerAction } from '#app/(console)/persons/actions.ts';
import { PeopleHeader } from '#app/(console)/persons/people-header.tsx';
import { pageReader } from '#app/(console)/persons/people-reader.ts';
import { QueueOfDuplicates } from '#components/persons/duplicates/queue-of-duplicates.tsx';
import { QueueSkeleton } from '#components/persons/duplicates/queue-skeleton.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { FramedProblem, Problem } from '#components/ui/state/problem.tsx';
import { translations } from '#lib/i18n/server.ts';
import { openDirectory } from '#lib/persons/people-index/directory.ts';
import { duplicatesQueue } from '#lib/persons/duplicates/queue.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { requirePage } from '#lib/session/request/guard.ts';
import { store } from '#lib/store/database.ts';
import { storeAnswer } from '#lib/store/store-error.ts';

/** So many lines at a time; the next ones follow as these are decided. */
const MOST = 100;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('duplicates'))('list') };
}

export default async function DuplicatesPage({ searchParams }: PageProps<'/persons/duplicates'>) {
  const [{ session }, t, { pair }] = await Promise.all([
    requirePage('/persons/duplicates'),
    translations('duplicates'),
    searchParams,
  ]);
  const read = async () => {
    const reader = await pageReader();
    const opened = reader ? await openDirectory(reader) : null;
    if (!opened?.ok) return { opened, queue: null };
    const { people, state } = opened.value;
    const queue = state.whole
      ? await storeAnswer(store().then((db) => duplicatesQueue(db, session.server.id, people, MOST)))
      : null;
    return { opened, queue };
  };
  return (
    <>
      <PeopleHeader here="/persons/duplicates" />
      <WithMessages
        of={['duplicates', 'duplicates-next', 'persons', 'people-index', 'form', 'problems', 'verdict', 'seen', 'ui']}
        starts={['persons.merge', 'persons.merge-many']}
      >
        <Deferred
          of={read}
          fallback={
            <div className="rounded border bg-surface">
              <QueueSkeleton label={t('list')} />
            </div>
          }
        >
          {({ opened, queue }) =>
            !opened ? null : !opened.ok ? (
              <FramedProblem error={opened.error} />
            ) : queue && !queue.ok ? (
              <Problem error={queue.error} />
            ) : (
              <QueueOfDuplicates
                state={opened.value.state}
                queue={queue?.value ?? null}
                start={typeof pair === 'string' ? pair : null}
                decide={decideAction}
                steer={steerAction}
                mayMerge={allows(session.scopes, 'persons:write') !== 'no'}
                mayDecide={allows(session.scopes, 'persons:write') === 'yes'}
              />
            )
          }
        </Deferred>
      </WithMessages>
    </>
  );
}
