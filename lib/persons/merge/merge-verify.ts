import 'server-only';
import { listAccessRules } from '#lib/omni/resources/access.ts';
import { getAgent } from '#lib/omni/resources/agents.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import type { Check, Json, StepContext } from '#lib/operations/plan/define.ts';
import { routeContent } from '#lib/routes/editor/content.ts';
import { bothThere, outcomeOf, type MergeOutcome } from './merge-outcome.ts';
import { checkLateRules } from '#lib/persons/undo/rules-again.ts';
import { lateKept, ruleAfter } from '#lib/persons/undo/late-rules.ts';
import type { MergeInput, MergeFacts } from './merge-facts.ts';
import { canonical } from '#lib/operations/plan/canonical.ts';
import { doubledRules } from '#lib/access/change/rule-writes.ts';
import { hasFields, readPersonRecord } from '#lib/persons/record/person-record.ts';

export type MergeResults = Readonly<Record<string, Json | undefined>>;
export type AfterMerge = Omit<StepContext<MergeInput, MergeFacts>, 'args'>;

/** Reads both people after a merge and compares them with the plan. */
export async function verifyMerge({ input, before, omni, mark, results }: AfterMerge): Promise<Check[]> {
  if (!bothThere(before)) return [];
  const outcome = outcomeOf(input, before);
  const [duplicate, survivor] = await Promise.all([
    readPersonRecord(omni, input.duplicate),
    readPersonRecord(omni, input.survivor),
  ]);
  const held = new Set(survivor.ok ? survivor.value?.identities.map(({ id }) => id) : []);
  const wantedIdentities = [...before.survivor.identities, ...before.duplicate.identities];
  const wanted = Object.fromEntries(outcome.fields.map(({ field, result }) => [field, result ?? null]));
  return [
    { text: { key: 'merge.checked-gone' }, held: duplicate.ok ? duplicate.value === null : null },
    {
      text: { key: 'merge.checked-identities', values: { count: wantedIdentities.length } },
      held: survivor.ok ? wantedIdentities.every(({ id }) => held.has(id)) : null,
    },
    {
      text: { key: 'merge.checked-fields' },
      held: survivor.ok ? survivor.value !== null && hasFields(survivor.value.person, wanted) : null,
    },
    ...(await doubledRules(omni, mark, results)),
    ...(await checkRules(outcome, results, input.survivor, omni)),
    ...(await checkRoutes(outcome, results, omni)),
    ...(await checkOwners(outcome, input.survivor, omni)),
  ];
}

/** Whether every rule that was moved names its new person, by its id: a check right after a merge may be an answer of before (case S2). */
export async function checkRules(
  outcome: MergeOutcome,
  results: MergeResults,
  survivor: string,
  omni: Omni,
): Promise<Check[]> {
  const moved = outcome.rules.flatMap(({ rule }) => ruleAfter(results, rule.id) ?? []);
  const late = lateKept(results).length;
  const now = moved.length + late > 0 ? await listAccessRules(omni) : null;
  const listed = now?.ok ? now.value : null;
  const held = listed ? namesAll(listed, moved, survivor) : null;
  const text = { key: 'merge.checked-access', values: { count: moved.length } };
  return [...(moved.length > 0 ? [{ text, held }] : []), ...checkLateRules(results, survivor, listed)];
}

/** Whether all these rules name a person. */
export function namesAll(rules: readonly AccessRule[], ids: readonly string[], personId: string): boolean {
  const named = new Set(rules.filter((rule) => rule.personId === personId).map(({ id }) => id));
  return ids.every((id) => named.has(id));
}

/** Whether every route that was created or replaced does what the duplicate's did. */
export async function checkRoutes(outcome: MergeOutcome, results: MergeResults, omni: Omni): Promise<Check[]> {
  const wanted = outcome.routes.filter(({ choice }) => choice === 'recreate' || choice === 'replace');
  if (wanted.length === 0) return [];
  const held = await Promise.all(
    wanted.map(async ({ route, other }) => {
      const now = await listRoutes(omni, route.instanceId);
      if (!now.ok) return null;
      const id = other?.id ?? results[`route:${route.id}`];
      const match = now.value.find((each) => each.id === id);
      return match !== undefined && canonical(routeContent(match)) === canonical(routeContent(route));
    }),
  );
  return [
    {
      text: { key: 'merge.checked-routes', values: { count: wanted.length } },
      held: held.includes(false) ? false : held.includes(null) ? null : true,
    },
  ];
}

/** Whether the agents have their new owner. */
export async function checkOwners({ movedOwners }: MergeOutcome, owner: string, omni: Omni): Promise<Check[]> {
  if (movedOwners.length === 0) return [];
  const now = await Promise.all(movedOwners.map(({ id }) => getAgent(omni, id)));
  const held = now.every((agent) => agent.ok) ? now.every((agent) => agent.ok && agent.value.ownerId === owner) : null;
  return [{ text: { key: 'merge.checked-owners', values: { count: movedOwners.length } }, held }];
}
