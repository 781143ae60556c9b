import 'server-only';
import type { DirectoryProps } from '#components/routes/list/routes-directory.tsx';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { withinTime } from '#lib/omni/paging/within-time.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { LATE, notSeenOf, valueOf, type Seen } from '#lib/omni/seen.ts';
import { sortRows, type RoutesFilter } from '#lib/routes/list/list-filter.ts';
import {
  agentChoicesOf,
  listPart,
  readInstancesAndAgents,
  readRoutes,
  withAgentsBeyond,
  type AgentChoice,
} from '#lib/routes/list/list.ts';
import { matchingRows } from '#lib/routes/list/matching.ts';
import { cachedNames, readNames, type TargetRef } from '#lib/routes/list/names.ts';
import { inPackedOrder, packNames } from '#lib/routes/list/packed-routes.ts';
import type { RouteName } from '#lib/routes/list/route-name.ts';
import type { AgentsSeen, RouteRow } from '#lib/routes/list/route-row.ts';
import type { Session } from '#lib/session/session.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { pageReader } from '#app/(console)/persons/people-reader.ts';
import { findTargets, TARGETS_UNREAD } from './find-targets.ts';
import { routeAbilities } from '#lib/routes/list/route-abilities.ts';

const DEADLINE_MS = 1000;
/** Of the deadline, what instances and agents may take. */
const INSTANCES_MS = 500;
const NAMES_MS = 400;
/** How long the page may wait for the names that follow its rows. */
const MORE_NAMES_MS = 3000;
const FIRST = 100;

type Directory = {
  props: Omit<DirectoryProps, 'filter' | 'views' | 'hidden' | 'locked'>;
  /** Whether the key may list instances; otherwise ids stand for them. */
  named: boolean;
  /** The server is of the older generation: its routes name an agent at a provider (contract §9). */
  older: boolean;
};

async function findForPage({ scopes }: Session, text: string) {
  const reader = await pageReader();
  return reader ? findTargets(reader, scopes, text) : TARGETS_UNREAD;
}

/**
 * All routes that come within a second, with the names of the first hundred of a filter as far as they come in time; what is
 * late is named. One deadline for all of it: a slow instance holds nothing up. The other names follow.
 */
export async function readDirectory(
  omni: Omni,
  session: Session,
  filter: RoutesFilter,
): Promise<Result<Directory, OmniError>> {
  const started = performance.now();
  const left = () => Math.max(50, Math.round(DEADLINE_MS - (performance.now() - started)));
  const searching = filter.q ? withinTime(left(), findForPage(session, filter.q)) : null;
  // A key that dies meanwhile leads to sign-in from `readInstancesAndAgents`: nobody waits for `searching` then.
  searching?.catch(() => {});
  const sources = await readInstancesAndAgents(omni, session, filter.instance, INSTANCES_MS);
  if (!sources.ok) return sources;
  const { instances, named } = sources.value;
  const read = await readRoutes(omni, instances, sources.value.agents, { deadlineMs: left() });
  const { seen, agents } = await withAgentsBeyond(omni, read, instances, sources.value.agents, { deadlineMs: left() });
  const searched = await searching;
  const found = searched === 'late' ? null : searched;
  // People are found by their names above; chats are listed by the instance, so naming them costs little.
  const matching = await matchingRows(omni, session.scopes, seen.rows, filter, new Set(found?.ids), {
    deadlineMs: Math.min(NAMES_MS, left()),
    scope: 'chat',
  });
  const late = sources.value.agents.rest === LATE;
  const all = inPackedOrder(seen.rows);
  const byName = filter.sort === 'target' || filter.sort === '-target';
  const first = byName ? all : sortRows(matching, filter.sort, NO_NAMES).slice(0, FIRST);
  await readNames(omni, session.scopes, targetsOf(first), { deadlineMs: Math.min(NAMES_MS, left()) });
  const names = cachedNames(omni, targetsOf(all));
  return ok({
    named,
    older:
      routeAbilities(session.capabilities.generation).older ||
      seen.rows.some(({ agentState }) => agentState === 'older'),
    props: {
      start: { ...listPart(seen), listed: !sources.value.late },
      found: found ? { q: filter.q, ...found } : null,
      names: packNames(all, names),
      moreNames: moreNames(omni, session.scopes, all, names),
      mayName: {
        chat: allows(session.scopes, 'chats:read') !== 'no',
        user: allows(session.scopes, 'persons:read') !== 'no',
      },
      instances: instances.map(({ id, name }) => ({ id, name })).toSorted((a, b) => a.name.localeCompare(b.name)),
      agents: late ? LATE : agentsKnown(agents),
      lateAgents: late ? lateAgents(omni, session) : null,
    },
  });
}

const NO_NAMES = new Map<string, RouteName>();

/** The agents that were read, or why none could be. */
function agentsKnown({ byId, rest }: AgentsSeen): Seen<AgentChoice[]> {
  return rest && byId.size === 0 ? rest : valueOf(agentChoicesOf([...byId.values()]));
}

/** Agents that did not come in time: their read goes on. */
async function lateAgents(omni: Omni, session: Session): Promise<Seen<AgentChoice[]>> {
  try {
    const sources = await readInstancesAndAgents(omni, session);
    return sources.ok ? agentsKnown(sources.value.agents) : notSeenOf(sources.error);
  } catch {
    return LATE;
  }
}

const targetsOf = (rows: readonly RouteRow[]): TargetRef[] =>
  rows.map(({ scope, targetId, instanceId }) => ({ scope, id: targetId, instanceId }));

/** The names that lists of chats bring, on their way while the page is shown already. What fails is asked for by the rows in sight. */
async function moreNames(
  omni: Omni,
  scopes: readonly string[] | null,
  rows: readonly RouteRow[],
  sent: ReadonlyMap<string, RouteName>,
): Promise<string> {
  const missing = targetsOf(rows).filter(({ id, scope }) => scope === 'chat' && !sent.has(id));
  if (missing.length === 0) return '';
  try {
    return packNames(rows, await readNames(omni, scopes, missing, { onlyLists: true, deadlineMs: MORE_NAMES_MS }));
  } catch {
    return '';
  }
}
