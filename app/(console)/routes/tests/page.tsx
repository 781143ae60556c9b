import { FlaskConical, ListChecks, RotateCw } from 'lucide-react';
import type { Metadata, Route as Href } from 'next';
import type { ReactNode } from 'react';
import { Link } from '#components/ui/link.tsx';
import { changeSavedTestAction, deleteSavedTestAction, addSavedTestAction } from '#app/(console)/routes/actions.ts';
import { savedTestsParams } from '#app/(console)/routes/search-params.ts';
import { ExportItem } from '#components/data-table/export-item.tsx';
import { RoutesTabs } from '#components/routes/list/routes-tabs.tsx';
import { SavedTestList } from '#components/routes/tests/saved-test-list.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { Notices } from '#components/ui/state/notices.tsx';
import type { Locked } from '#components/ui/locked/locked.ts';
import { FramedProblem } from '#components/ui/state/problem.tsx';
import { SkeletonList } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { ok } from '#lib/omni/result.ts';
import { valueOf, type Seen } from '#lib/omni/seen.ts';
import { instancesSnapshot } from '#lib/omni/cache/snapshot.ts';
import { agentChoices, type AgentChoices } from '#lib/routes/editor/editor.ts';
import { listSavedTests, type SavedTest } from '#lib/routes/tests/saved-tests.ts';
import { savedTestsHref } from '#components/routes/tests/saved-tests-href.ts';
import { countResults } from '#lib/routes/tests/count-results.ts';
import { runSavedTests, type SavedTestResult } from '#lib/routes/tests/run-saved-tests.ts';
import { requirePage } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';
import type { Session } from '#lib/session/session.ts';
import { store } from '#lib/store/database.ts';
import { storeAnswer } from '#lib/store/store-error.ts';

const ACTIONS = { save: addSavedTestAction, change: changeSavedTestAction, remove: deleteSavedTestAction };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('saved-tests'))('title') };
}

export default async function SavedTestsPage({ searchParams }: PageProps<'/routes/tests'>) {
  const [{ omni, session }, raw, t, tUi] = await Promise.all([
    requirePage('/routes/tests'),
    searchParams,
    translations('saved-tests'),
    translations('ui'),
  ]);
  const { instance } = savedTestsParams.parse(raw);
  const waiting = await storeAnswer(store().then((db) => listSavedTests(db, session.server.id, instance)));
  const again = savedTestsHref(instance);
  const mayWrite = allows(session.scopes, 'routes:write');
  const locked =
    mayWrite === 'yes'
      ? undefined
      : {
          scope: 'routes:write',
          text: tUi(mayWrite === 'no' ? 'needs-scope' : 'needs-known-scope', { scope: 'routes:write' }),
        };
  return (
    <>
      <RoutesTabs
        here="tests"
        more={<ExportItem path="/routes/tests/export" />}
        action={
          <>
            <a href={again} className={buttonClass({})}>
              <RotateCw aria-hidden className="size-4" />
              <span className="max-sm:sr-only">{t('run-all')}</span>
            </a>
            <Link
              href={(instance.length === 1 ? `/routes/test?instance=${instance[0]}` : '/routes/test') as Href}
              className={buttonClass({ variant: 'primary' })}
            >
              <FlaskConical aria-hidden className="size-4" />
              <span className="max-sm:sr-only">{t('new')}</span>
            </Link>
          </>
        }
      />
      <Deferred
        of={() => runAll(omni, session, instance)}
        fallback={<Running tests={waiting.ok ? waiting.value : []} />}
      >
        {(read) =>
          read.ok ? (
            <TestResults {...read.value} filtered={instance.length > 0} locked={locked} />
          ) : (
            <FramedProblem error={read.error} />
          )
        }
      </Deferred>
    </>
  );
}

const NO_AGENTS: Seen<AgentChoices> = valueOf({ all: [], limited: false, missing: [] });

/** What the list and its dialog say. */
function InMessages({ children }: { children: ReactNode }) {
  return (
    <WithMessages
      of={[
        'saved-tests',
        'list-tools',
        'route-test',
        'route',
        'verdict',
        'seen',
        'picker',
        'operations',
        'form',
        'problems',
        'ui',
      ]}
    >
      {children}
    </WithMessages>
  );
}

/** The tests while they are run. */
async function Running({ tests }: { tests: SavedTest[] }) {
  const t = await translations('saved-tests');
  if (tests.length === 0) return <SkeletonList label={t('checking')} rows={6} />;
  const rows = tests.map((test) => ({ ...test, state: 'checking' as const }));
  return (
    <InMessages>
      <section aria-busy aria-label={t('title')}>
        <div className="flex min-h-9 items-baseline gap-3 pb-2">
          <h2>{t('title')}</h2>
          <p>{t('checking')}</p>
        </div>
        <SavedTestList savedTests={rows} agents={NO_AGENTS} actions={ACTIONS} locked={t('checking')} />
      </section>
    </InMessages>
  );
}

async function runAll(omni: Omni, session: Session, wanted: readonly string[]) {
  const [instances, savedTests] = await Promise.all([
    instancesSnapshot(omni),
    store().then((db) => listSavedTests(db, session.server.id, wanted)),
  ]);
  if (!instances.ok) return instances;
  const [results, agents] = await Promise.all([
    runSavedTests(readingFresh(omni), session, savedTests, instances.value),
    agentChoices(
      omni,
      session,
      savedTests.map(({ agentId }) => agentId),
    ),
  ]);
  return ok({ results, hidden: savedTests.length - results.length, agents });
}

type TestResultsProps = {
  results: SavedTestResult[];
  hidden: number;
  agents: Seen<AgentChoices>;
  filtered: boolean;
  locked: Locked | undefined;
};

async function TestResults({ results, hidden, agents, filtered, locked }: TestResultsProps) {
  const t = await translations('saved-tests');
  const order = { other: 0, silent: 0, unknown: 1, ok: 2 };
  const sorted = results.toSorted((one, other) => order[one.state] - order[other.state]);
  const nothing = hidden > 0 ? 'all-hidden' : filtered ? 'nothing' : 'empty';
  return (
    <>
      <WithMessages of={['ui']}>
        <Notices all={[hidden > 0 && { id: 'hidden', tone: 'info', text: t('hidden', { count: hidden }) }]} />
      </WithMessages>
      <InMessages>
        {results.length === 0 ? (
          <div className="rounded border bg-surface">
            <ListState
              icon={ListChecks}
              title={t(nothing)}
              actions={
                filtered ? (
                  <Link href={'/routes/tests' as Href} className={buttonClass({})}>
                    {t('all-instances')}
                  </Link>
                ) : null
              }
            >
              {t(`${nothing}-help`)}
            </ListState>
          </div>
        ) : (
          <section aria-labelledby="saved-tests-title">
            <div className="flex min-h-9 flex-wrap items-baseline gap-x-3 pb-2">
              <h2 id="saved-tests-title">{t('title')}</h2>
              <p>
                {t('summary', countResults(results))} <span className="text-sm text-muted">· {t('just-now')}</span>
              </p>
              <p className="text-sm text-muted xl:ml-auto">{t('when')}</p>
            </div>
            <SavedTestList savedTests={sorted} agents={agents} actions={ACTIONS} locked={locked} />
          </section>
        )}
      </InMessages>
    </>
  );
}
