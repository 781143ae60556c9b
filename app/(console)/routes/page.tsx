import { Plus } from 'lucide-react';
import type { Metadata, Route } from 'next';
import { Link } from '#components/ui/link.tsx';
import { ExportItem } from '#components/data-table/export-item.tsx';
import { AfterChange } from '#components/routes/list/after-change.tsx';
import { InstanceBox } from '#components/routes/one-instance/instance-box.tsx';
import { RoutesTabs } from '#components/routes/list/routes-tabs.tsx';
import { RoutesDirectory } from '#components/routes/list/routes-directory.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { Notices } from '#components/ui/state/notices.tsx';
import { Problem } from '#components/ui/state/problem.tsx';
import { SkeletonList } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { translations } from '#lib/i18n/server.ts';
import { requirePage } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { hiddenColumns, savedViews } from '#lib/views/of-request.ts';
import { readDirectory } from './read-directory.ts';
import { routesParams } from './search-params.ts';
import { OlderOmni } from '#components/routes/list/older-omni.tsx';
import { routeAbilities } from '#lib/routes/list/route-abilities.ts';
import { needsScope } from '#components/ui/locked/locked.ts';
import { CopyRequest } from '#components/ui/locked/copy-request.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('routes-list'))('title') };
}

export default async function RoutesPage({ searchParams }: PageProps<'/routes'>) {
  const [{ omni, session }, raw, t, tRoute, tUi] = await Promise.all([
    requirePage('/routes'),
    searchParams,
    translations('routes-list'),
    translations('route'),
    translations('ui'),
  ]);
  const filter = routesParams.parse(raw);
  const may = (scope: string) => allows(session.scopes, scope) !== 'no';
  const [views, hidden] = await Promise.all([savedViews('routes'), hiddenColumns('routes')]);
  const locked = may('routes:write') ? undefined : needsScope(tUi, 'routes:write');
  const whyNot = locked ?? (routeAbilities(session.capabilities.generation).edit ? undefined : tRoute('older'));
  const unseen = (['agents:read', 'chats:read', 'persons:read'] as const).filter((scope) => !may(scope));
  return (
    <>
      <RoutesTabs
        here="all"
        more={<ExportItem path="/routes/export" />}
        action={
          whyNot ? (
            <GuardedButton reason={whyNot} variant="primary">
              <Plus aria-hidden className="size-4" />
              {t('new')}
            </GuardedButton>
          ) : (
            <Link
              href={`/routes/new${filter.instance ? `?instance=${filter.instance}` : ''}` as Route}
              className={buttonClass({ variant: 'primary' })}
            >
              <Plus aria-hidden className="size-4" />
              <span className="max-sm:sr-only">{t('new')}</span>
            </Link>
          )
        }
      />
      <div>
        <WithMessages of={['ui']}>
          <Notices
            all={[
              unseen.length > 0 && {
                id: 'unseen',
                tone: 'info',
                text: t('names-unseen', { scopes: unseen.join(', ') }),
                action: <CopyRequest scope={unseen.join(', ')} />,
              },
              locked !== undefined && {
                id: 'locked',
                tone: 'info',
                text: locked.text,
                action: <CopyRequest scope={locked.scope} />,
              },
            ]}
          />
        </WithMessages>
        <AfterChange server={session.server.id} />
        <Deferred
          of={() => readDirectory(omni, session, filter)}
          fallback={<SkeletonList rows={12} label={tUi('loading')} />}
        >
          {(read) =>
            read.ok ? (
              <>
                {read.value.older ? <OlderOmni /> : null}
                <WithMessages
                  of={[
                    'routes-list',
                    'route-fields',
                    'route-values',
                    'picker',
                    'list-tools',
                    'routing',
                    'verdict',
                    'seen',
                    'form',
                    'problems',
                    'ui',
                  ]}
                  starts={['routes.activate', 'routes.bulk', 'routes.bulk-edit']}
                >
                  {read.value.named ? null : <InstanceBox instance={filter.instance} />}
                  <RoutesDirectory
                    {...read.value.props}
                    filter={filter}
                    views={views}
                    hidden={hidden}
                    locked={locked}
                  />
                </WithMessages>
              </>
            ) : (
              <div className="rounded border bg-surface">
                <Problem error={read.error} />
                {read.error.kind === 'forbidden' && may('routes:read') ? (
                  <WithMessages of={['routes-list', 'form', 'problems', 'ui']}>
                    <InstanceBox instance={filter.instance} />
                  </WithMessages>
                ) : null}
              </div>
            )
          }
        </Deferred>
      </div>
    </>
  );
}
