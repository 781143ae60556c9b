import type { Metadata } from 'next';
import { ExportItem } from '#components/data-table/export-item.tsx';
import { RoutesTabs } from '#components/routes/list/routes-tabs.tsx';
import { HealthList } from '#components/routes/health/health-list.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { FramedProblem } from '#components/ui/state/problem.tsx';
import { SkeletonList } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { translations } from '#lib/i18n/server.ts';
import { mapSeen } from '#lib/omni/seen.ts';
import { agentChoicesOf } from '#lib/routes/list/list.ts';
import { readHealth, sureVerdicts, unhealthyRoutes, type HealthRead } from '#lib/routes/health/health-read.ts';
import { requirePage } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { healthParams } from '#app/(console)/routes/search-params.ts';
import { CopyRequest } from '#components/ui/locked/copy-request.tsx';
import { needsScope } from '#components/ui/locked/locked.ts';

const DEADLINE_MS = 1000;
const FIRST = 100;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('routes-health'))('title') };
}

export default async function RouteHealthPage({ searchParams }: PageProps<'/routes/health'>) {
  const [{ omni, session }, params, t, tUi] = await Promise.all([
    requirePage('/routes/health'),
    searchParams,
    translations('routes-health'),
    translations('ui'),
  ]);
  const filter = healthParams.parse(params);
  const may = (scope: string) => allows(session.scopes, scope) !== 'no';
  return (
    <>
      <RoutesTabs here="health" more={<ExportItem path="/routes/health/export" />} />
      <Deferred
        of={() => readHealth(omni, session, { deadlineMs: DEADLINE_MS })}
        fallback={<SkeletonList rows={8} label={tUi('loading')} />}
      >
        {(health) =>
          health.ok ? (
            <div className="space-y-3">
              {health.value.needs.length > 0 ? (
                <Notice tone="info" actions={<CopyRequest scope={health.value.needs.join(', ')} />}>
                  {t('unseen', { scopes: health.value.needs.join(', ') })}
                </Notice>
              ) : null}
              <WithMessages
                of={[
                  'routes-health',
                  'routes-list',
                  'route-fields',
                  'route-values',
                  'picker',
                  'list-tools',
                  'verdict',
                  'seen',
                  'form',
                  'problems',
                  'ui',
                ]}
                starts={['routes.bulk', 'routes.bulk-edit']}
              >
                <HealthList
                  {...firstOf(health.value)}
                  agents={mapSeen(health.value.agents, agentChoicesOf)}
                  unread={health.value.seen.failed.map(({ instance }) => instance.name)}
                  without={health.value.unread}
                  limited={health.value.needs.length > 0}
                  mayName={{ chat: may('chats:read'), user: may('persons:read') }}
                  filter={filter}
                  locked={may('routes:write') ? undefined : needsScope(tUi, 'routes:write')}
                />
              </WithMessages>
            </div>
          ) : (
            <FramedProblem error={health.error} />
          )
        }
      </Deferred>
    </>
  );
}

/** The first of the routes with findings of their own; the others follow. */
function firstOf(read: HealthRead) {
  const rows = new Map(read.seen.rows.map((row) => [row.id, row]));
  const all = unhealthyRoutes(read.findings, sureVerdicts(read), rows);
  return { start: all.slice(0, FIRST), startsWhole: all.length <= FIRST && read.seen.late.length === 0 };
}
