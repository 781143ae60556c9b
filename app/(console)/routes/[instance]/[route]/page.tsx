import { Copy, FlaskConical, Trash2 } from 'lucide-react';
import type { Metadata, Route as Href } from 'next';
import { Link } from '#components/ui/link.tsx';
import { notFound } from 'next/navigation';
import { cache, Suspense } from 'react';
import { RecordHistory } from '#app/(console)/activity/record-history.tsx';
import { testDraftAction } from '#app/(console)/routes/actions.ts';
import { Visited } from '#components/palette/recent/visited.tsx';
import { OlderOmni } from '#components/routes/list/older-omni.tsx';
import { RouteEditor } from '#components/routes/editor/route-editor.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { CopyItem } from '#components/ui/overlay/copy-item.tsx';
import { MenuLink } from '#components/ui/overlay/menu-link.tsx';
import { MoreMenu } from '#components/ui/overlay/more-menu.tsx';
import { BackLink, PageHeader } from '#components/ui/page-header.tsx';
import { Problem } from '#components/ui/state/problem.tsx';
import { SkeletonCard } from '#components/ui/state/skeleton.tsx';
import { WriteLink } from '#components/ui/write-link.tsx';
import { translations } from '#lib/i18n/server.ts';
import { getInstance } from '#lib/omni/resources/instances.ts';
import { idOf } from '#lib/omni/door/path.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { getRoute } from '#lib/omni/resources/routes.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { agentChoices, editorInstance, editorRoute } from '#lib/routes/editor/editor.ts';
import { routeAbilities } from '#lib/routes/list/route-abilities.ts';
import { requirePage } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { needsScope } from '#components/ui/locked/locked.ts';

/** Read once for page and title, and fresh for every request, since the page may write the route. */
const routeOfPage = cache(async (instanceId: string, id: string) => {
  const fresh = readingFresh((await requirePage('/routes/[instance]/[route]')).omni);
  return Promise.all([getRoute(fresh, instanceId, id), getInstance(fresh, instanceId)]);
});

const editorOf = cache(async (route: Route) =>
  editorRoute((await requirePage('/routes/[instance]/[route]')).omni, route),
);

export async function generateMetadata({ params }: PageProps<'/routes/[instance]/[route]'>): Promise<Metadata> {
  const [given, t] = await Promise.all([params, translations('route')]);
  const [instance, route] = [idOf(given.instance), idOf(given.route)];
  const found = instance !== null && route !== null ? (await routeOfPage(instance, route))[0] : null;
  const name = found?.ok ? (await editorOf(found.value)).target?.name || found.value.label : null;
  return { title: name ? `${name} · ${t('edit')}` : t('edit') };
}

export default async function RoutePage({ params }: PageProps<'/routes/[instance]/[route]'>) {
  const [signed, given, t, tUi, tHistory] = await Promise.all([
    requirePage('/routes/[instance]/[route]'),
    params,
    translations('route'),
    translations('ui'),
    translations('activity'),
  ]);
  const { omni, session } = signed;
  const [instanceId, id] = [idOf(given.instance), idOf(given.route)];
  if (instanceId === null || id === null) notFound();
  const [found, instance] = await routeOfPage(instanceId, id);
  const failed = found.ok ? (instance.ok ? null : instance.error) : found.error;
  if (failed?.kind === 'not_found') notFound();
  if (!found.ok || !instance.ok) {
    return failed ? <Problem page error={failed} /> : null;
  }
  const [route, agents] = await Promise.all([
    editorOf(found.value),
    agentChoices(omni, session, [found.value.agentId, instance.value.agentId]),
  ]);
  const { target } = route;
  const { older, edit } = routeAbilities(session.capabilities.generation, [found.value]);
  const needs = allows(session.scopes, 'routes:write') === 'no' ? needsScope(tUi, 'routes:write') : undefined;
  const locked = edit ? needs : t('older');
  const test = new URLSearchParams({ instance: instanceId });
  if (target) test.set(target.scope === 'chat' ? 'chat' : 'person', target.id);
  const { label } = found.value;
  const name = target?.name || label || t('unnamed');
  const detail = label && label !== name ? `${label} · ${instance.value.name}` : instance.value.name;
  const visited = {
    kind: 'route' as const,
    id,
    instanceId,
    name,
    detail,
    target: target ? { scope: target.scope, id: target.id } : undefined,
  };
  return (
    <>
      <Visited item={visited} />
      <BackLink href="/routes">{t('all-routes')}</BackLink>
      <PageHeader
        title={name}
        lead={t('edit-lead', { of: target?.scope ?? 'chat', detail })}
        actions={
          <>
            <Link href={`/routes/test?${test}` as Href} className={buttonClass({})}>
              <FlaskConical aria-hidden className="size-4" />
              {t('test')}
            </Link>
            <WriteLink href={`/routes/new?copy=${id}` as Href} locked={locked} className={buttonClass({})}>
              <Copy aria-hidden className="size-4" />
              {t('copy-to')}
            </WriteLink>
            <WithMessages of={['ui']}>
              <MoreMenu name={tUi('more')}>
                {target ? <CopyItem label={t('copy-id', { scope: target.scope })} text={target.id} /> : null}
                <MenuLink
                  href={`/routes/delete?route=${id}` as Href}
                  icon={<Trash2 aria-hidden />}
                  reason={needs}
                  danger
                >
                  {t('delete')}
                </MenuLink>
              </MoreMenu>
            </WithMessages>
          </>
        }
      />
      {older ? <OlderOmni /> : null}
      <WithMessages
        of={[
          'route',
          'omni-record',
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
        starts={['routes.edit', 'routes.create']}
      >
        <RouteEditor
          key={id}
          instance={editorInstance(instance.value)}
          agents={agents}
          route={route}
          target={target}
          unwritable={route.unwritable}
          locked={locked}
          test={testDraftAction}
        />
        <div className="mt-6 max-w-[1120px] border-t pt-3">
          <Suspense fallback={<SkeletonCard plain title={tHistory('record.title')} label={tUi('loading')} />}>
            <RecordHistory plain signed={signed} subject={`route:${id}`} />
          </Suspense>
        </div>
      </WithMessages>
    </>
  );
}
