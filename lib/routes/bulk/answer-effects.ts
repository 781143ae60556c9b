import { happens, type Effect } from '#lib/operations/effects/effect.ts';
import { textValue, thing, type Value } from '#lib/operations/effects/value.ts';
import type { Json, Text } from '#lib/operations/plan/define.ts';
import { notSeenValues } from '#lib/omni/seen.ts';
import { answeredEffect, answererValue } from '#lib/routes/editor/route-value.ts';
import {
  isReplaced,
  verdictMark,
  type ParticipantSuccessor,
  type RouteSuccessor,
} from '#lib/routes/verdict/successor.ts';
import type { BulkFacts } from './facts.ts';
import { calledRoute, type KeptRoute } from './kept-route.ts';

const MOST_NAMED = 3;

/** What is said about who answers after a change of some routes, and what of it somebody agrees to. */
type Answers = { effects: Effect[]; relies: { [key: string]: Json }; notes: Text[] };

/**
 * Which chats and people get another agent, by name, and which participants of those chats; what could not be seen of it.
 * `silent`: that others keep theirs goes without saying.
 */
export function answerEffects(routes: readonly KeptRoute[], facts: BulkFacts, { silent = false } = {}): Answers {
  const byId = new Map(routes.map((route) => [route.id, route]));
  const successors = facts.successors.filter(({ routeId }) => byId.has(routeId));
  const participants = (facts.participantSuccessors ?? []).filter(
    (one) => isReplaced(one) && (one.routeId === undefined || byId.has(one.routeId)),
  );
  const seen = successors.filter((one) => !isUnread(one));
  const same = silent ? [] : groupsOf(seen.filter((one) => !isReplaced(one)));
  const unseen = facts.participantsNotSeen;
  return {
    effects: [
      ...groupsOf(seen.filter(isReplaced)).flatMap((group) => successorEffects(group, byId, facts)),
      ...participantEffects(participants, byId, facts),
      ...notSeenEffects(successors),
    ],
    relies: {
      successors: successors.map(({ routeId, from, to }) => [routeId, verdictMark(from), verdictMark(to)]),
      participants: participants.map(({ personId, from, to }) => [personId, verdictMark(from), verdictMark(to)]),
    },
    notes: [
      ...same.flatMap((group) => sameTexts(group, byId, facts)),
      ...(unseen && routes.some(({ scope }) => scope === 'chat')
        ? [
            {
              key: 'bulk.participants-not-seen',
              values: { count: unseen.count, why: unseen.scope ? 'scope' : 'failed' },
            },
          ]
        : []),
    ],
  };
}

/** Whether these are chats, people, or both, so that a sentence can say so. */
function kindOf(routes: readonly (KeptRoute | undefined)[]): 'chats' | 'people' | 'both' {
  const scopes = new Set(routes.flatMap((route) => route?.scope ?? []));
  return scopes.size > 1 ? 'both' : scopes.has('user') ? 'people' : 'chats';
}

/** Successors that one sentence says, those left without anybody first. */
function groupsOf(successors: readonly RouteSuccessor[]): RouteSuccessor[][] {
  const groups = Map.groupBy(successors, ({ instanceId, from, to }) =>
    JSON.stringify([instanceId, verdictMark(from), verdictMark(to)]),
  );
  return [...groups.values()].toSorted((a, b) => gravity(b[0]) - gravity(a[0]));
}

/** The first few names, and how many others there are. */
function named(names: readonly string[]): { names: Value; others: number } {
  const of = names.slice(0, MOST_NAMED).map((name): Value => textValue(name));
  return { names: { is: 'list', of }, others: Math.max(0, names.length - MOST_NAMED) };
}

type ById = ReadonlyMap<string, KeptRoute>;

function successorEffects(
  group: readonly RouteSuccessor[],
  byId: ById,
  { instances, names }: Pick<BulkFacts, 'instances' | 'names'>,
): Effect[] {
  const [first] = group;
  if (!first) return [];
  const routes = group.flatMap(({ routeId }) => byId.get(routeId) ?? []);
  const more = {
    instance: thing('instance', first.instanceId, instances[first.instanceId]),
    kind: kindOf(routes),
    ...named(routes.map((route) => calledRoute(route, names))),
  };
  return [{ ...answeredEffect('answered-several', more, first), count: group.length }];
}

/** Participants with a route of their own: each by name where one chat changes, else together. */
function participantEffects(
  participants: readonly ParticipantSuccessor[],
  byId: ById,
  { names }: Pick<BulkFacts, 'names'>,
): Effect[] {
  if (byId.size === 1)
    return participants.map((one) => answeredEffect('answered-participant', { name: textValue(one.name) }, one));
  const groups = Map.groupBy(participants, ({ from, to }) => JSON.stringify([verdictMark(from), verdictMark(to)]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const called = group.map(({ name, routeId }) => {
      const route = byId.get(routeId ?? '');
      return [name, route && calledRoute(route, names)].filter(Boolean).join(' · ');
    });
    return [{ ...answeredEffect('answered-participants', named(called), first), count: group.length }];
  });
}

function sameTexts(group: readonly RouteSuccessor[], byId: ById, { instances }: Pick<BulkFacts, 'instances'>): Text[] {
  const [first] = group;
  if (!first) return [];
  const instance = thing('instance', first.instanceId, instances[first.instanceId]);
  const key = first.from.is === 'nobody' ? 'bulk.still-nobody' : 'bulk.still';
  const kind = kindOf(group.map(({ routeId }) => byId.get(routeId)));
  return [{ key, values: { count: group.length, kind, instance, from: answererValue(first.from) } }];
}

/** Whether it can't even be seen which agent routing leads to. */
function isUnread({ from, to }: RouteSuccessor): boolean {
  return [from, to].some((verdict) => verdict.is === 'unknown' && verdict.agent === null);
}

/** An effect for each part that was not seen, so that it can't be seen who answers, or whether anybody does. */
function notSeenEffects(successors: readonly RouteSuccessor[]): Effect[] {
  const all = successors.flatMap(({ from, to }) =>
    [from, to].flatMap((verdict) => (verdict.is === 'unknown' && verdict.why === 'not-seen' ? [verdict] : [])),
  );
  const parts = Map.groupBy(all, ({ part }) => part);
  return [...parts].flatMap(([part, [first]]) =>
    first ? [happens(`not-seen-${part}`, { kept: 'unknown', back: 'yes', more: notSeenValues(first.seen) })] : [],
  );
}

/** Whoever is left without anybody comes first, whoever keeps their agent last. */
function gravity(one: RouteSuccessor | undefined): number {
  if (!one || !isReplaced(one)) return 0;
  return one.to.is === 'nobody' ? 2 : 1;
}
