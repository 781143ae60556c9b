import 'server-only';
import type { DirectoryProps } from '#components/routes/list/routes-directory.tsx';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { narrows, sortRows, type RoutesFilter } from '#lib/routes/list/list-filter.ts';
import { readInstancesAndAgents, readRoutes, type RoutesSeen } from '#lib/routes/list/list.ts';
import { matchingRows } from '#lib/routes/list/matching.ts';
import { readNames } from '#lib/routes/list/names.ts';
import { withinTime } from '#lib/routes/list/within-time.ts';
import type { Session } from '#lib/session/session.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { findTargets } from './find-targets.ts';
import { GENERATIONS } from '#lib/scopes/generations.ts';

const DEADLINE_MS = 1000;
/** Of the deadline, what instances and agents may take. */
const INSTANCES_MS = 500;
const NAMES_MS = 400;
const FIRST = 100;

type Directory = {
  props: Omit<DirectoryProps, 'filter' | 'views' | 'hidden' | 'locked'>;
  /** Whether the key may list instances; otherwise ids stand for them. */
  named: boolean;
  /** The server is of the older generation: its routes name an agent at a provider (contract §9). */
  older: boolean;
};

/**
 * The first hundred rows of a filter within a second, with names as far as they come in time; what is late is named. One
 * deadline for all of it: a slow instance holds nothing up.
 */
export async function readDirectory(
  omni: Omni,
  session: Session,
  filter: RoutesFilter,
): Promise<Result<Directory, OmniError>> {
  const started = performance.now();
  const left = () => Math.max(50, Math.round(DEADLINE_MS - (performance.now() - started)));
  const searching = filter.q ? withinTime(left(), findTargets(omni, session.scopes, filter.q)) : null;
  // A key that dies meanwhile leads to sign-in from `readInstancesAndAgents`: nobody waits for `searching` then.
  searching?.catch(() => {});
  const sources = await readInstancesAndAgents(omni, session, filter.instance, INSTANCES_MS);
  if (!sources.ok) return sources;
  const { instances, agents, named } = sources.value;
  const seen = await readRoutes(omni, instances, agents, { deadlineMs: left() });
  const searched = await searching;
  const found = searched === 'late' ? null : searched;
  // People are found by their names above; chats are listed by the instance, so naming them costs little.
  const matching = await matchingRows(omni, session.scopes, seen.rows, filter, new Set(found?.ids), {
    deadlineMs: Math.min(NAMES_MS, left()),
    scope: 'chat',
  });
  const matched = sortRows(matching, filter.sort);
  const rows = matched.slice(0, FIRST);
  const targets = rows.map(({ scope, targetId, instanceId }) => ({ scope, id: targetId, instanceId }));
  const names = await readNames(omni, session.scopes, targets, { deadlineMs: Math.min(NAMES_MS, left()) });
  return ok({
    named,
    older:
      !GENERATIONS[session.capabilities.generation].routesNameAgents ||
      seen.rows.some(({ agentState }) => agentState === 'older'),
    props: {
      start: {
        ...missingIn(seen),
        rows,
        total: seen.rows.length,
        matched: matched.length,
        complete: !sources.value.late && isAll(seen, rows.length),
      },
      found: found ? { q: filter.q, ...found } : null,
      names: [...names.values()],
      mayName: {
        chat: allows(session.scopes, 'chats:read') !== 'no',
        user: allows(session.scopes, 'persons:read') !== 'no',
      },
      instances: instances.map(({ id, name }) => ({ id, name })).toSorted((a, b) => a.name.localeCompare(b.name)),
      agents: named && !narrows(filter) ? [] : [...agents.byId.values()].map(({ id, name }) => ({ id, name })),
    },
  });
}

function missingIn({ failed, late }: RoutesSeen) {
  return {
    late: late.map(({ id, name }) => ({ id, name })),
    failed: failed.map(({ instance, error }) => ({
      id: instance.id,
      name: instance.name,
      problem: problemOf(error).code,
    })),
  };
}

const isAll = ({ rows, late }: RoutesSeen, shown: number) => rows.length === shown && late.length === 0;
