import type { Plan, PlannedStep, Text } from '#lib/operations/plan/define.ts';
import { omniLine } from '#lib/operations/plan/shell.ts';
import { fold } from '#lib/text/fold.ts';
import {
  isReplaced,
  type BulkChange,
  successorText,
  verdictMark,
  verdictName,
  whyNobody,
  type ParticipantSuccessor,
  type RouteSuccessor,
} from '#lib/routes/verdict/successor.ts';
import { notSeenText } from '#lib/routes/editor/route-plan.ts';
import { wasActive, type KeptRoute } from './kept-route.ts';
import { OVERRIDES } from '#lib/routes/editor/overrides.ts';

export type RouteRef = { instanceId: string; id: string };

/** From so many deleted routes on, their number must be typed. */
const TYPED_FROM = 10;

/**
 * What a plan about some routes is made from. `personRoutes`: how many active routes of people besides these there are on
 * their instances. `participantSuccessors`: for one chat's route, those of these people who take part in that chat, where
 * that can be told. `agentless`: routes without an agent on instances without one: Omni creates no such route (contract §2).
 * Names by id of chat, person or instance.
 */
export type BulkFacts = {
  routes: KeptRoute[];
  agentless: string[];
  gone: string[];
  successors: RouteSuccessor[];
  personRoutes: number;
  participantSuccessors?: ParticipantSuccessor[];
  instances: Record<string, string>;
  names: Record<string, string>;
};

/** The routes that a change really changes: those that are not as wanted yet. */
function touched(change: BulkChange, routes: readonly KeptRoute[]): KeptRoute[] {
  return change === 'delete' ? [...routes] : routes.filter((route) => wasActive(route) !== (change === 'on'));
}

/** What a route is called in a sentence: whom it is for and its label, as far as they are known. */
export function calledRoute({ content, targetId }: KeptRoute, names: Record<string, string>): string {
  const label = typeof content.label === 'string' ? content.label.trim() : '';
  const name = names[targetId] ?? '';
  if (label && name && fold(label) !== fold(name)) return `${name} (${label})`;
  return name || label || targetId.slice(0, 8);
}

/** What activating, deactivating or deleting some routes does. Pure. */
export function planBulk(change: BulkChange, facts: BulkFacts): Plan {
  const routes = touched(change, facts.routes);
  const already = facts.routes.length - routes.length;
  const count = routes.length;
  const ids = new Set(routes.map(({ id }) => id));
  const successors = facts.successors.filter(({ routeId }) => ids.has(routeId));
  const participants = (count > 0 && facts.participantSuccessors) || [];
  return {
    title: { key: `bulk.title-${change}`, values: { count } },
    effects: {
      change,
      routes: routes.map(({ id, content }) => ({ id, content })),
      successors: successors.map(({ routeId, from, to }) => [routeId, verdictMark(from), verdictMark(to)]),
      ...(participants.length > 0
        ? { participants: participants.map(({ personId, from, to }) => [personId, verdictMark(from), verdictMark(to)]) }
        : {}),
    },
    steps: routes.map((route) => stepOf(change, route, facts)),
    moves: [...successorGroups(successors, facts.instances), ...participantTexts(participants)],
    losses: change === 'delete' ? lossesOf(routes, facts.agentless) : [],
    unknowns: notSeenTexts(successors),
    warnings: [
      ...(already > 0 ? [{ key: `bulk.already-${change}`, values: { count: already } }] : []),
      ...(facts.gone.length > 0 ? [{ key: 'bulk.gone', values: { count: facts.gone.length } }] : []),
      ...(facts.personRoutes > 0 && !facts.participantSuccessors && routes.some(({ scope }) => scope === 'chat')
        ? [{ key: 'bulk.person-routes', values: { count: facts.personRoutes } }]
        : []),
      { key: 'activate.cache' },
    ],
    ...(count === 0 ? { refusal: { key: facts.gone.length > 0 ? 'bulk.all-gone' : 'bulk.nothing' } } : {}),
    ...(change === 'delete' && count >= TYPED_FROM ? { typed: { text: String(count) } } : {}),
    command: { omni: routes.map((route) => lineOf(change, route)).join('\n') },
  };
}

/** What a deletion loses for good, and what undo creates under another id. */
function lossesOf(routes: readonly KeptRoute[], agentless: readonly string[]): Text[] {
  const bare = routes.filter((route) => !route.older && agentless.includes(route.id)).length;
  const media = routes.filter(({ mediaTypes }) => mediaTypes).length;
  const older = routes.filter((route) => route.older).length;
  const own = routes.reduce((sum, { content }) => sum + OVERRIDES.filter((name) => name in content).length, 0);
  return [
    ...(older < routes.length ? [{ key: 'bulk.lost', values: { count: routes.length - older, own } }] : []),
    ...(media > 0 ? [{ key: 'bulk.lost-media', values: { count: media } }] : []),
    ...(older > 0 ? [{ key: 'bulk.lost-older', values: { count: older } }] : []),
    ...(bare > 0 ? [{ key: 'bulk.lost-agentless', values: { count: bare } }] : []),
  ];
}

/** Who answers instead of whom, one sentence for all that have the same successor; those left without anybody come first. */
function successorGroups(successors: readonly RouteSuccessor[], instances: Record<string, string>): Text[] {
  const groups = Map.groupBy(successors, ({ instanceId, from, to }) =>
    JSON.stringify([instanceId, verdictMark(from), verdictMark(to)]),
  );
  const gravest = [...groups.values()].toSorted((a, b) => gravity(b[0]) - gravity(a[0]));
  return gravest.flatMap((group) => {
    const [first] = group;
    if (!first || isUnread(first)) return [];
    const { from, to } = first;
    const values = {
      count: group.length,
      instance: instances[first.instanceId] ?? '',
      from: verdictName(from),
      to: verdictName(to),
    };
    const silent = from.is === 'nobody';
    if (!isReplaced(first)) return [{ key: silent ? 'bulk.same-nobody' : 'bulk.same', values }];
    if (to.is === 'nobody') return [{ key: 'bulk.left-to-nobody', values: { ...values, ...whyNobody(to) } }];
    return [{ key: silent ? 'bulk.from-nobody' : 'bulk.replaced', values }];
  });
}

/** Which participants of the chat with a route of their own are answered by another agent there. */
function participantTexts(participants: readonly ParticipantSuccessor[]): Text[] {
  return participants.filter(isReplaced).map((one) => successorText('route.successor-participant', one.name, one));
}

/** Whether it can't even be told which agent routing leads to. */
function isUnread({ from, to }: RouteSuccessor): boolean {
  return [from, to].some((verdict) => verdict.is === 'unknown' && verdict.agent === null);
}

/** A sentence for each part that was not seen, so that it can't be told who answers, or whether anybody does. */
function notSeenTexts(successors: readonly RouteSuccessor[]): Text[] {
  const all = successors.flatMap(({ from, to }) =>
    [from, to].flatMap((verdict) => (verdict.is === 'unknown' && verdict.why === 'not-seen' ? [verdict] : [])),
  );
  const parts = Map.groupBy(all, ({ part }) => part);
  return [...parts].flatMap(([part, [first]]) => (first ? [notSeenText(`bulk.not-seen-${part}`, first.seen)] : []));
}

/** Whoever is left without anybody comes first, whoever keeps their agent last. */
function gravity(one: RouteSuccessor | undefined): number {
  if (!one || !isReplaced(one)) return 0;
  return one.to.is === 'nobody' ? 2 : 1;
}

function stepOf(change: BulkChange, route: KeptRoute, { names, instances }: BulkFacts): PlannedStep {
  const { id, instanceId } = route;
  return {
    id,
    kind: change === 'delete' ? 'delete' : 'switch',
    title: { key: 'bulk.step', values: { label: calledRoute(route, names), instance: instances[instanceId] ?? '' } },
    args: { instanceId, id, ...(change === 'delete' ? {} : { active: change === 'on' }) },
  };
}

function lineOf(change: BulkChange, { id, instanceId }: KeptRoute): string {
  return change === 'delete'
    ? omniLine(['routes', 'delete', id], { instance: instanceId })
    : omniLine(['routes', 'update', id], { instance: instanceId, [change === 'on' ? 'active' : 'inactive']: true });
}
