import { SearchX } from 'lucide-react';
import type { Metadata, Route } from 'next';
import { Link } from '#components/ui/link.tsx';
import { OlderOmni } from '#components/routes/list/older-omni.tsx';
import { DeletePanel } from '#components/routes/bulk/delete-panel.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { BackLink, PageHeader } from '#components/ui/page-header.tsx';
import { Problem } from '#components/ui/state/problem.tsx';
import { translations } from '#lib/i18n/server.ts';
import { idOf } from '#lib/omni/door/path.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { readInstancesAndAgents, readRoutes } from '#lib/routes/list/list.ts';
import { routeAbilities } from '#lib/routes/list/route-abilities.ts';
import { readNames } from '#lib/routes/list/names.ts';
import { requirePage } from '#lib/session/request/guard.ts';

const DEADLINE_MS = 3000;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('routes-list'))('delete-title') };
}

/** Some instance has not answered: nobody can tell that the route is gone. */
const LATE_ROUTES: OmniError = { kind: 'unreachable', cause: 'timeout', requestId: 'not-sent' };

/** `route` is enough; `instance` saves asking all of them where the route is. */
export default async function DeleteRoutePage({ searchParams }: PageProps<'/routes/delete'>) {
  const [{ omni, session }, params, t, tRoute] = await Promise.all([
    requirePage('/routes/delete'),
    searchParams,
    translations('routes-list'),
    translations('route'),
  ]);
  const id = idOf(params.route);
  const instance = idOf(params.instance) ?? undefined;
  const sources = await readInstancesAndAgents(omni, session, instance);
  if (!sources.ok) return <Problem page error={sources.error} />;
  const { instances, agents } = sources.value;
  const asked = instance ? instances.filter((one) => one.id === instance) : instances;
  const seen = id ? await readRoutes(omni, asked, agents, { deadlineMs: DEADLINE_MS }) : null;
  const row = seen?.rows.find((each) => each.id === id);
  const [failed] = seen?.failed ?? [];
  if (!row) {
    if (failed) return <Problem page error={failed.error} />;
    if (seen && seen.late.length > 0) return <Problem page error={LATE_ROUTES} />;
    return (
      <ListState
        page
        icon={SearchX}
        role="alert"
        title={t('no-route')}
        actions={
          <Link href={'/routes' as Route} className={buttonClass({})}>
            {t('all-routes')}
          </Link>
        }
      >
        {t('no-route-help')}
      </ListState>
    );
  }
  const target = { scope: row.scope, id: row.targetId, instanceId: row.instanceId };
  const name = (await readNames(omni, session.scopes, [target], { deadlineMs: 1000 })).get(row.targetId);
  return (
    <>
      <BackLink href="/routes">{t('all-routes')}</BackLink>
      <PageHeader title={t('delete-title')} />
      {row.agentState === 'older' || routeAbilities(session.capabilities.generation).older ? <OlderOmni /> : null}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <section aria-label={t('the-route')} className="rounded border bg-surface p-4">
          <Facts
            items={[
              [
                t(`scopes.${row.scope}`),
                name?.name ?? name?.handle ?? <code className="font-mono text-xs">{row.targetId}</code>,
              ],
              [t('columns.label'), row.label ?? '–'],
              [t('instance'), row.instance],
              [t('agent'), row.agent ?? row.agentId ?? t('nobody')],
              [tRoute('active'), t(row.active ? 'is-active' : 'is-inactive')],
              [t('columns.own'), row.own.length || '–'],
            ]}
          />
        </section>
        <WithMessages of={['routes-list', 'form', 'problems', 'routes-changed', 'ui']} starts={['routes.delete']}>
          <DeletePanel instanceId={row.instanceId} id={row.id} />
        </WithMessages>
      </div>
    </>
  );
}
