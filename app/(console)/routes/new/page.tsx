import type { Metadata } from 'next';
import type { z } from 'zod';
import { followedMerges, followMerged } from '#app/(console)/persons/follow-merged.ts';
import { MergedNotice } from '#components/persons/record/merged-notice.tsx';
import { NewTarget } from '#components/routes/editor/new-target.tsx';
import { testDraftAction } from '#app/(console)/routes/actions.ts';
import { OlderOmni } from '#components/routes/list/older-omni.tsx';
import { RouteEditor } from '#components/routes/editor/route-editor.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { BackLink, PageHeader } from '#components/ui/page-header.tsx';
import { FramedProblem } from '#components/ui/state/problem.tsx';
import { SkeletonCard } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { ok } from '#lib/omni/result.ts';
import { seenOr } from '#lib/omni/seen.ts';
import { instancesSnapshot } from '#lib/omni/cache/snapshot.ts';
import {
  agentChoices,
  existingRoute,
  copiedFields,
  editorInstance,
  editorRoute,
  editorTarget,
  findRoute,
} from '#lib/routes/editor/editor.ts';
import { visibleName } from '#lib/text/visible.ts';
import { routeAbilities } from '#lib/routes/list/route-abilities.ts';
import type { RouteTarget } from '#lib/routes/editor/route-facts.ts';
import { requirePage } from '#lib/session/request/guard.ts';
import type { Session } from '#lib/session/session.ts';
import { newRouteParams } from '#app/(console)/routes/search-params.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('route'))('new') };
}

export default async function NewRoutePage({ searchParams }: PageProps<'/routes/new'>) {
  const [signed, raw, t, tUi] = await Promise.all([
    requirePage('/routes/new'),
    searchParams,
    translations('route'),
    translations('ui'),
  ]);
  const { omni, session } = signed;
  await followMerged(signed, '/routes/new', raw, ['person']);
  const asked = newRouteParams.parse(raw);
  return (
    <>
      <BackLink href="/routes">{t('all-routes')}</BackLink>
      <PageHeader title={t(asked.copy ? 'copy' : 'new')} />
      <MergedNotice merges={await followedMerges(signed, raw)} />
      <Deferred
        of={() => read(omni, session, asked)}
        fallback={<SkeletonCard title={t('basics')} label={tUi('loading')} rows={6} />}
      >
        {(facts) =>
          facts.ok ? <Editor {...facts.value} asked={asked} session={session} /> : <FramedProblem error={facts.error} />
        }
      </Deferred>
    </>
  );
}

type NewRouteQuery = z.output<typeof newRouteParams>;

/** Everything the editor of a new route starts with. */
async function read(omni: Omni, session: Session, asked: NewRouteQuery) {
  const [instances, copy] = await Promise.all([
    instancesSnapshot(omni),
    asked.copy ? findRoute(omni, asked.copy, null) : null,
  ]);
  if (!instances.ok) return instances;
  if (copy && !copy.ok) return copy;
  const source = copy?.value ?? null;
  const [only, ...others] = instances.value;
  const wantedInstance = asked.instance ?? source?.instanceId ?? (others.length === 0 ? only?.id : undefined);
  const instance = instances.value.find(({ id }) => id === wantedInstance) ?? null;
  const wanted: RouteTarget | null = asked.chat
    ? { scope: 'chat', chatId: asked.chat }
    : asked.person
      ? { scope: 'user', personId: asked.person }
      : null;
  const fresh = readingFresh(omni);
  const [agents, target, existing, copied] = await Promise.all([
    agentChoices(omni, session, [source?.agentId, instance?.agentId]),
    instance && wanted ? editorTarget(omni, instance.id, wanted) : null,
    instance && wanted ? existingRoute(fresh, instance.id, wanted) : null,
    source ? editorRoute(omni, source) : null,
  ]);
  return ok({ instances: instances.value, instance, wanted, source, agents, target, existing, copied });
}

type NewRouteFacts = Extract<Awaited<ReturnType<typeof read>>, { ok: true }>['value'];

async function Editor({ asked, session, ...facts }: NewRouteFacts & { asked: NewRouteQuery; session: Session }) {
  const { instances, instance, wanted, source, agents, target, existing, copied } = facts;
  const t = await translations('route');
  const { older, edit } = routeAbilities(session.capabilities.generation, source ? [source] : []);
  const locked = edit ? undefined : t('older');
  const picker = (
    <NewTarget
      scope={wanted?.scope ?? asked.for ?? 'chat'}
      instances={instances.map(({ id, name, channel }) => ({ id, name, channel }))}
      instanceId={instance?.id ?? null}
      target={target}
    />
  );
  return (
    <>
      {copied ? (
        <p className="mb-4 max-w-prose text-muted">
          {t('copy-lead', { label: visibleName(source?.label) ?? copied.target?.name ?? t('unnamed') })}
        </p>
      ) : null}
      {older ? <OlderOmni /> : null}
      {asked.copy && !source ? (
        <Notice tone="warn" role="alert" className="mb-4">
          {t('copy-gone')}
        </Notice>
      ) : null}
      <WithMessages
        of={[
          'route',
          'route-fields',
          'route-values',
          'route-test',
          'verdict',
          'seen',
          'picker',
          'form',
          'problems',
          'routes-changed',
          'ui',
        ]}
        starts={['routes.create', 'routes.edit']}
      >
        <RouteEditor
          key={`${instance?.id ?? ''}/${asked.copy ?? ''}`}
          instance={instance && editorInstance(instance)}
          agents={agents}
          target={target}
          existing={existing && seenOr(existing, null)}
          locked={locked}
          test={testDraftAction}
          targetFields={picker}
          {...(copied ? { copied: copiedFields(copied), copyOf: copied.id, unwritable: copied.unwritable } : {})}
        />
      </WithMessages>
    </>
  );
}
