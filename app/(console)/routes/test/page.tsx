import { ListChecks, Plus, Waypoints } from 'lucide-react';
import type { Metadata, Route as Href } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import type { z } from 'zod';
import { addSavedTestAction } from '#app/(console)/routes/actions.ts';
import { CacheNotice } from '#components/routes/list/cache-notice.tsx';
import { EffectiveSettings } from '#components/routes/resolve/effective-settings.tsx';
import { SaveTest } from '#components/routes/tests/save-test.tsx';
import { OlderOmni } from '#components/routes/list/older-omni.tsx';
import { ResolutionPanel } from '#components/routes/resolve/resolution-panel.tsx';
import { AccessChecks, ProviderCheck } from '#components/routes/resolve/route-checks.tsx';
import { TestForm } from '#components/routes/resolve/test-form.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { FramedProblem } from '#components/ui/state/problem.tsx';
import { SkeletonCard } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { WriteLink } from '#components/ui/write-link.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { ok } from '#lib/omni/result.ts';
import { instancesSnapshot } from '#lib/omni/cache/snapshot.ts';
import { testParams } from '#app/(console)/routes/search-params.ts';
import { whoAnswers } from '#lib/routes/resolve/who-answers.ts';
import { lastRouteChange } from '#lib/routes/list/cache-age.ts';
import { agentOptions } from '#lib/routes/editor/editor.ts';
import { requirePage } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';
import type { Session } from '#lib/session/session.ts';
import { storeNow } from '#lib/store/clock.ts';
import { store } from '#lib/store/database.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('route-test'))('title') };
}

export default async function TestRoutePage({ searchParams }: PageProps<'/routes/test'>) {
  const [{ omni, session }, raw, t, tUi, tSavedTests] = await Promise.all([
    requirePage('/routes/test'),
    searchParams,
    translations('route-test'),
    translations('ui'),
    translations('saved-tests'),
  ]);
  const query = testParams.parse(raw);
  const aim = query.chat === undefined ? { person: query.person } : { chat: isUuid(query.chat) ? query.chat : null };
  const [to] = Object.entries(aim);
  const mayWrite = allows(session.scopes, 'routes:write') !== 'no';
  const target = query.instance && to?.[1] ? new URLSearchParams({ instance: query.instance, [to[0]]: to[1] }) : null;
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        actions={
          <>
            {target ? (
              <WriteLink
                href={`/routes/new?${target}` as Href}
                locked={mayWrite ? undefined : tUi('needs-scope', { scope: 'routes:write' })}
                className={buttonClass({})}
              >
                <Plus aria-hidden className="size-4" />
                {t(query.chat === undefined ? 'new-for-person' : 'new-for-chat')}
              </WriteLink>
            ) : null}
            <Link prefetch={false} href={'/routes/tests' as Href} className={buttonClass({ variant: 'ghost' })}>
              <ListChecks aria-hidden className="size-4" />
              {tSavedTests('title')}
            </Link>
          </>
        }
      />
      <Deferred
        of={() => readTest(omni, session.server.id, query)}
        fallback={<SkeletonCard title={t('answer')} label={tUi('loading')} rows={4} />}
      >
        {(facts) =>
          facts.ok ? (
            <TestResult {...facts.value} omni={omni} session={session} query={query} />
          ) : (
            <FramedProblem error={facts.error} />
          )
        }
      </Deferred>
    </>
  );
}

type TestQuery = z.output<typeof testParams>;

async function readTest(omni: Omni, server: string, query: TestQuery) {
  const instances = await instancesSnapshot(omni);
  if (!instances.ok) return instances;
  const instance = instances.value.find(({ id }) => id === query.instance) ?? null;
  const question = { chatId: query.chat ?? null, personId: query.person ?? null };
  const [answer, changedAt, agents] = await Promise.all([
    instance ? whoAnswers(readingFresh(omni), { instanceId: instance.id, ...question }) : null,
    store().then(async (db) => lastRouteChange(db, server, await storeNow(db))),
    agentOptions(omni),
  ]);
  return ok({ instances: instances.value, instance, answer, changedAt, agents: agents ?? [], ...question });
}

type TestFacts = Extract<Awaited<ReturnType<typeof readTest>>, { ok: true }>['value'];
type TestResultProps = TestFacts & { omni: Omni; session: Session; query: TestQuery };

async function TestResult(props: TestResultProps) {
  const { instances, instance, answer, changedAt, agents, chatId, personId, omni, session, query } = props;
  const [t, tUi, tSavedTests] = await Promise.all([
    translations('route-test'),
    translations('ui'),
    translations('saved-tests'),
  ]);
  const view = answer?.ok ? answer.value : null;
  const maySave = allows(session.scopes, 'routes:write');
  const option = (id: string | null, name: string | null | undefined) =>
    id === null ? null : { id, name: name ?? id };
  return (
    <>
      {session.capabilities.generation === 'february' || view?.older ? <OlderOmni /> : null}
      <WithMessages
        of={[
          'route-test',
          'route',
          'route-values',
          'saved-tests',
          'picker',
          'operations',
          'form',
          'problems',
          'routes-changed',
          'ui',
        ]}
      >
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <TestForm
            instances={instances.map(({ id, name, channel }) => ({ id, name, channel }))}
            instanceId={instance?.id ?? null}
            chat={option(chatId, view?.chat?.name)}
            person={option(personId, view?.person?.name)}
          />
          {changedAt ? <CacheNotice key={changedAt} from={changedAt} /> : null}
          {answer && !answer.ok ? <FramedProblem error={answer.error} /> : null}
          {!instance ? (
            <div className="rounded border bg-surface">
              <ListState icon={Waypoints} title={t('start')}>
                {t('start-help')}
              </ListState>
            </div>
          ) : null}
          {view && instance ? (
            <>
              <Card id="answer" title={t('answer')} flush>
                <ResolutionPanel view={view} />
              </Card>
              {personId !== null || view.provider?.id ? (
                <Card id="checks" title={t('checks')}>
                  <div className="space-y-2">
                    {personId === null ? null : (
                      <Suspense fallback={<p className="text-muted">{tUi('loading')}</p>}>
                        <AccessChecks omni={omni} instanceId={instance.id} personId={personId} />
                      </Suspense>
                    )}
                    {view.provider?.id ? (
                      <Suspense fallback={<p className="text-muted">{tUi('loading')}</p>}>
                        <ProviderCheck omni={omni} id={view.provider.id} name={view.provider.name} />
                      </Suspense>
                    ) : null}
                  </div>
                </Card>
              ) : null}
              {chatId === null || isUuid(chatId) ? (
                <Card id="save-test" title={tSavedTests('save-title')}>
                  <SaveTest
                    key={JSON.stringify(query)}
                    question={{ instanceId: instance.id, chatId, personId }}
                    name={[view.person?.name, view.chat?.name].filter(Boolean).join(' · ')}
                    agents={agents.map(({ id, name, provider }) => ({
                      id,
                      name,
                      ...(provider ? { detail: provider } : {}),
                    }))}
                    answers={view.agent ? { id: view.agent.id, name: view.agent.name } : null}
                    save={addSavedTestAction}
                    locked={
                      maySave === 'yes'
                        ? undefined
                        : tUi(maySave === 'no' ? 'needs-scope' : 'needs-known-scope', { scope: 'routes:write' })
                    }
                  />
                </Card>
              ) : null}
              <Card id="settings" title={t('settings')} flush>
                <EffectiveSettings settings={view.settings} />
              </Card>
            </>
          ) : null}
        </div>
      </WithMessages>
    </>
  );
}
