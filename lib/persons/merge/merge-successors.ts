import { valueOf } from '#lib/omni/seen.ts';
import { happens, type Effect } from '#lib/operations/effects/effect.ts';
import { notSeenValue, textValue, thing } from '#lib/operations/effects/value.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { answeredEffect } from '#lib/routes/editor/route-value.ts';
import { isReplaced, type Successor } from '#lib/routes/verdict/successor.ts';
import { verdictOf, type Verdict } from '#lib/routes/verdict/verdict.ts';
import { routesSeen, type MergeFacts, type MergeInput } from './merge-facts.ts';
import { factsAfter } from './merge-outcome.ts';

type People = Pick<MergeInput, 'duplicate' | 'survivor'>;

/**
 * Who answers instead, on every instance where one of two people has an identity, wherever no chat route decides. Access rules are left
 * out: a merge keeps what they decide. Where it can't be told, why. Pure.
 */
export function mergeSuccessors(input: MergeInput, facts: MergeFacts, names: Record<keyof People, string>): Effect[] {
  const { answering } = facts;
  if (!answering || facts.routes.is !== 'value') return [];
  const after = factsAfter(input, facts);
  const replaced = answering.instances.flatMap((instance) =>
    (['duplicate', 'survivor'] as const).flatMap((who) => {
      if (!facts[who]?.identities.some(({ instanceId }) => instanceId === instance.id)) return [];
      const successor = {
        from: verdictOn(instance, input[who], routesSeen(facts.routes), facts, answering),
        to: verdictOn(instance, input.survivor, routesSeen(after.routes), facts, answering),
      };
      return isReplaced(successor) ? [{ instance, who, successor }] : [];
    }),
  );
  return [
    ...replaced.map(({ instance, who, successor }) =>
      answeredEffect(
        'answered-person',
        { name: textValue(names[who]), instance: thing('instance', instance.id, instance.name) },
        successor,
      ),
    ),
    ...notSeenEffects(replaced.map(({ successor }) => successor)),
  ];
}

function verdictOn(
  instance: Instance,
  personId: string,
  routes: readonly Route[],
  { agents }: Pick<MergeFacts, 'agents'>,
  { providers }: NonNullable<MergeFacts['answering']>,
): Verdict {
  return verdictOf({
    instanceId: instance.id,
    instance: valueOf(instance),
    routes: valueOf(routes),
    agents,
    providers,
    chatId: valueOf(null),
    personId,
    writer: null,
  });
}

/** Why it can't be told whether anybody answers afterwards, each part once. */
function notSeenEffects(successors: readonly Successor[]): Effect[] {
  const parts = new Map(
    successors.flatMap(({ to }) => (to.is === 'unknown' && to.why === 'not-seen' ? [[to.part, to.seen] as const] : [])),
  );
  return [...parts].map(([part, seen]) =>
    happens('answer-not-seen', { kept: 'unknown', back: 'yes', more: { part, why: notSeenValue(seen) } }),
  );
}
