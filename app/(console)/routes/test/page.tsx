import { Plus, Waypoints } from 'lucide-react';
import type { Metadata, Route as Href } from 'next';
import { cache, Suspense } from 'react';
import type { z } from 'zod';
import { followedMerges, followMerged } from '#app/(console)/persons/follow-merged.ts';
import { MergedNotice } from '#components/persons/record/merged-notice.tsx';
import { addSavedTestAction } from '#app/(console)/routes/actions.ts';
import type { CachedSince } from '#components/routes/resolve/chain-list.tsx';
import { EffectiveSettings } from '#components/routes/resolve/effective-settings.tsx';
import { SaveTest } from '#components/routes/tests/save-test.tsx';
import { RoutesTabs } from '#components/routes/list/routes-tabs.tsx';
import { SavedTestLinks, SavedTestsMenu } from '#components/routes/tests/saved-tests-menu.tsx';
import { MenuLink } from '#components/ui/overlay/menu-link.tsx';
import { listSavedTests } from '#lib/routes/tests/saved-tests.ts';
import { recentChanges, recentRuleChange } from '#lib/routes/list/cache-age.ts';
import { storeNow } from '#lib/store/clock.ts';
import { store, type Store } from '#lib/store/database.ts';
import { OlderOmni } from '#components/routes/list/older-omni.tsx';
import { ResolutionPanel } from '#components/routes/resolve/resolution-panel.tsx';
import { TestForm } from '#components/routes/resolve/test-form.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { FramedProblem } from '#components/ui/state/problem.tsx';
import { SkeletonCard } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { ok } from '#lib/omni/result.ts';
import { instancesSnapshot } from '#lib/omni/cache/snapshot.ts';
import { testParams } from '#app/(console)/routes/search-params.ts';
import { whoAnswers, type Answer } from '#lib/routes/resolve/who-answers.ts';
import { agentChoices } from '#lib/routes/editor/editor.ts';
import { requirePage } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';
import type { Session } from '#lib/session/session.ts';
import { routeAbilities } from '#lib/routes/list/route-abilities.ts';
import { needsScope } from '#components/ui/locked/locked.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('route-test'))('title') };
}

export default async function TestRoutePage({ searchParams }: PageProps<'/routes/test'>) {
  const [signed, raw, t, tRoute, tUi] = await Promise.all([
    requirePage('/routes/test'),
    searchParams,
    translations('route-test'),
    translations('route'),
    translations('ui'),
  ]);
  const { omni, session } = signed;
  await followMerged(signed, '/routes/test', raw, ['person']);
  const query = testParams.parse(raw);
  const aim = query.chat === undefined ? { person: query.person } : { chat: isUuid(query.chat) ? query.chat : null };
  const [to] = Object.entries(aim);
  const mayWrite = allows(session.scopes, 'routes:write') !== 'no';
  const target = query.instance && to?.[1] ? new URLSearchParams({ instance: query.instance, [to[0]]: to[1] }) : null;
  return (
    <>
      <RoutesTabs
        here="test"
        more={
          target ? (
            <MenuLink
              href={`/routes/new?${target}` as Href}
              reason={
                !routeAbilities(session.capabilities.generation).edit
                  ? tRoute('older')
                  : mayWrite
                    ? undefined
                    : needsScope(tUi, 'routes:write')
              }
              icon={<Plus aria-hidden />}
            >
              {t(query.chat === undefined ? 'new-for-person' : 'new-for-chat')}
            </MenuLink>
          ) : undefined
        }
        action={
          <Deferred of={() => readTest(omni, session, query)} fallback={<SaveThis facts={null} session={session} />}>
            {(facts) => (facts.ok ? <SaveThis facts={facts.value} session={session} /> : null)}
          </Deferred>
        }
      />
      <MergedNotice merges={await followedMerges(signed, raw)} />
      <Deferred
        of={() => readTest(omni, session, query)}
        fallback={<SkeletonCard title={t('answer')} label={tUi('loading')} rows={4} />}
      >
        {(facts) =>
          facts.ok ? <TestResult {...facts.value} session={session} /> : <FramedProblem error={facts.error} />
        }
      </Deferred>
    </>
  );
}

type TestQuery = z.output<typeof testParams>;

/** Asked for by the head and by the body of the page. */
const readTest = cache(async (omni: Omni, session: Session, query: TestQuery) => {
  const instances = await instancesSnapshot(omni);
  if (!instances.ok) return instances;
  const instance = instances.value.find(({ id }) => id === query.instance) ?? null;
  const question = { chatId: query.chat ?? null, personId: query.person ?? null };
  const db = await store();
  const answering = instance ? whoAnswers(readingFresh(omni), session, { instanceId: instance.id, ...question }) : null;
  const [answer, savedTests, cached] = await Promise.all([
    answering,
    listSavedTests(db, session.server.id, instance ? [instance.id] : []),
    cachedSince(db, session.server.id, instance?.id, answering),
  ]);
  const led = answer?.ok ? answer.value.view.agent?.id : null;
  const agents = await agentChoices(omni, session, [led]);
  const missing = query.instance !== undefined && instance === null;
  return ok({ instances: instances.value, instance, missing, answer, agents, savedTests, cached, ...question });
});

/** When routes and access rules of an instance were last changed here, or a rule expired, where Omni may still have what was before. */
async function cachedSince(
  db: Store,
  server: string,
  instanceId: string | undefined,
  answering: ReturnType<typeof whoAnswers> | null,
): Promise<CachedSince> {
  if (instanceId === undefined) return { routes: null, rules: null };
  const answer = await answering;
  const now = await storeNow(db);
  const [changes, rules] = await Promise.all([
    recentChanges(db, server, now),
    recentRuleChange(db, server, instanceId, now),
  ]);
  const ended = answer?.ok ? answer.value.ruleEndedAgo : null;
  return {
    routes: changes.find((change) => change.instanceId === instanceId)?.at ?? null,
    rules: ended === null ? rules : Math.max(rules ?? 0, now - ended),
  };
}

type TestFacts = Extract<Awaited<ReturnType<typeof readTest>>, { ok: true }>['value'];
type TestResultProps = TestFacts & { session: Session };

const NO_ANSWER = { view: null, older: false, finish: null };

/** The panel once the provider's health is known. */
async function FinishedPanel({ view, finish, cached }: Pick<Answer, 'view' | 'finish'> & { cached: CachedSince }) {
  return <ResolutionPanel view={view} verdict={await finish()} cached={cached} />;
}

/** Saves the question as a test, or says why it can't be. Null `facts`: they are late; none where there is no answer to save. */
async function SaveThis({ facts, session }: { facts: TestFacts | null; session: Session }) {
  const [t, tRoute, tUi] = await Promise.all([translations('saved-tests'), translations('route'), translations('ui')]);
  const { instance, answer, chatId = null, personId = null, agents } = facts ?? {};
  if ((answer && !answer.ok) || (chatId !== null && !isUuid(chatId))) return null;
  const view = answer?.value.view;
  const maySave = allows(session.scopes, 'routes:write');
  const can = routeAbilities(session.capabilities.generation);
  const scope = 'routes:write';
  const locked =
    !can.save || answer?.value.older
      ? tRoute('older')
      : maySave !== 'yes'
        ? { scope, text: tUi(maySave === 'no' ? 'needs-scope' : 'needs-known-scope', { scope }) }
        : facts
          ? undefined
          : t('checking');
  const asked = instance &&
    view &&
    agents && {
      question: { instanceId: instance.id, chatId, personId },
      name: [view.person?.name, view.chat?.name].filter(Boolean).join(' · '),
      agents,
      answers: view.verdict.is === 'nobody' ? null : (view.agent?.id ?? null),
    };
  return (
    <WithMessages of={['saved-tests', 'route', 'verdict', 'seen', 'picker', 'form', 'problems', 'ui']}>
      <SaveTest
        key={JSON.stringify(asked?.question)}
        save={addSavedTestAction}
        locked={locked}
        {...(asked ? { asked } : {})}
      />
    </WithMessages>
  );
}

async function TestResult(props: TestResultProps) {
  const { instances, instance, missing, answer, savedTests, cached, chatId, personId, session } = props;
  const t = await translations('route-test');
  const { view, older, finish } = answer?.ok ? answer.value : NO_ANSWER;
  const can = routeAbilities(session.capabilities.generation);
  const option = (id: string | null, name: string | null | undefined) =>
    id === null ? null : { id, name: name ?? id };
  return (
    <>
      {can.older || older ? <OlderOmni /> : null}
      <WithMessages
        of={[
          'route-test',
          'routes-changed',
          'verdict',
          'seen',
          'route',
          'route-fields',
          'route-values',
          'saved-tests',
          'picker',
          'form',
          'problems',
          'ui',
        ]}
      >
        <div className="grid max-w-[1280px] grid-cols-[minmax(0,1fr)] gap-4">
          <TestForm
            instances={instances.map(({ id, name, channel }) => ({ id, name, channel }))}
            instanceId={instance?.id ?? null}
            chat={option(chatId, view?.chat?.name)}
            person={option(personId, view?.person?.name)}
          >
            <SavedTestsMenu tests={savedTests} total={savedTests.length} />
          </TestForm>
          {answer && !answer.ok ? <FramedProblem error={answer.error} /> : null}
          {!instance ? (
            <div className="rounded border bg-surface">
              <ListState icon={Waypoints} title={t(missing ? 'no-instance' : 'start')} />
              <SavedTestLinks tests={savedTests} instances={instances.map(({ id, name }) => ({ id, name }))} />
            </div>
          ) : null}
          {view && instance ? (
            <>
              {view.waits && finish ? (
                <Suspense fallback={<ResolutionPanel view={view} verdict="checking" cached={cached} />}>
                  <FinishedPanel view={view} finish={finish} cached={cached} />
                </Suspense>
              ) : (
                <ResolutionPanel view={view} cached={cached} />
              )}
              <EffectiveSettings settings={view.settings} />
            </>
          ) : null}
        </div>
      </WithMessages>
    </>
  );
}
