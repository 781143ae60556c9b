import type { Metadata } from 'next';
import { CoverageList } from '#components/routes/coverage/coverage-list.tsx';
import { RoutesTabs } from '#components/routes/list/routes-tabs.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { Notices } from '#components/ui/state/notices.tsx';
import { FramedProblem } from '#components/ui/state/problem.tsx';
import { Retry } from '#components/ui/state/retry.tsx';
import { SkeletonList } from '#components/ui/state/skeleton.tsx';
import { NotSeenLine } from '#components/ui/verdict/not-seen-line.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { InstanceCoverage } from '#lib/routes/coverage/coverage.ts';
import { readCoverage } from '#lib/routes/coverage/read.ts';
import { routeAbilities } from '#lib/routes/list/route-abilities.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { requestPath } from '#lib/session/request/request-path.ts';
import { requirePage } from '#lib/session/request/guard.ts';
import { coverageParams } from '#app/(console)/routes/search-params.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('routes-coverage'))('title') };
}

export default async function RouteCoveragePage({ searchParams }: PageProps<'/routes/coverage'>) {
  const [{ omni, session }, raw, t, tUi, here] = await Promise.all([
    requirePage('/routes/coverage'),
    searchParams,
    translations('routes-coverage'),
    translations('ui'),
    requestPath(),
  ]);
  const { by, ...state } = coverageParams.parse(raw);
  const mayCreate =
    allows(session.scopes, 'routes:write') !== 'no' && routeAbilities(session.capabilities.generation).edit;
  return (
    <>
      <RoutesTabs here="coverage" />
      <Deferred of={() => readCoverage(omni, session)} fallback={<SkeletonList rows={8} label={tUi('loading')} />}>
        {(read) => {
          if (!read.ok) return <FramedProblem error={read.error} />;
          const { missing, agents, unsure, ofAgents, ofInstances } = read.value;
          const names = missing.join(', ');
          return (
            <WithMessages of={['routes-coverage', 'list-tools', 'verdict', 'seen', 'ui']}>
              <Notices
                all={[
                  missing.length > 0 && {
                    id: 'missing',
                    tone: 'warn',
                    role: 'alert',
                    text: t(by === 'agent' ? 'missing-agents' : 'missing', { names }),
                    action: <Retry href={here} label={tUi('retry')} busyLabel={tUi('retrying')} />,
                  },
                ]}
              />
              {by === 'agent' && agents.is !== 'value' ? (
                <div className="rounded border bg-surface">
                  <NotSeenLine part="agents" seen={agents} />
                </div>
              ) : (
                <CoverageList
                  key={by}
                  {...state}
                  {...(by === 'agent'
                    ? { by, lines: ofAgents.map((line) => ({ ...line, partly: missing.length > 0, unsure })) }
                    : { by, lines: ofInstances.map((line) => ({ ...line, unsure, mayCreate })) })}
                  agents={defaultAgents(ofInstances)}
                />
              )}
            </WithMessages>
          );
        }}
      </Deferred>
    </>
  );
}

/** The default agents of instances, each once, by name. */
function defaultAgents(instances: readonly InstanceCoverage[]): { id: string; name: string }[] {
  const all = new Map(
    instances.flatMap(({ agent }) => (agent ? [[agent.id, agent.name ?? agent.id.slice(0, 8)]] : [])),
  );
  return [...all].map(([id, name]) => ({ id, name })).toSorted((one, other) => one.name.localeCompare(other.name));
}
