import type { OmniError } from '#lib/omni/door/errors.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { canonical } from '#lib/operations/plan/canonical.ts';
import { asJson, type Json, type StepContext, type Text } from '#lib/operations/plan/define.ts';
import { routeContent } from '#lib/routes/editor/content.ts';
import { outcomeOf, bothThere } from './merge-outcome.ts';
import { readMergeFacts } from './merge-read.ts';
import { ruleChoices } from './merge-rules.ts';
import { ruleAfter, unplannedRules } from '#lib/persons/undo/late-rules.ts';
import { PERSON_FIELDS, seen, type MergeInput, type MergeFacts, type PersonField } from './merge-facts.ts';

/** Reads both people again right before the merge, the one write that Omni can't undo. */
export async function mergeStill({
  input,
  before,
  omni,
  scopes,
  results,
}: StepContext<MergeInput, MergeFacts>): Promise<Result<Text | null, OmniError>> {
  const now = await readMergeFacts(input, omni, scopes);
  return now.ok ? ok(changedSince(input, before, now.value, results)) : now;
}

/**
 * Why a merge that was agreed to must not be sent any more, or null. Omni deletes what names the duplicate with that person
 * (contract §3.1), so all of it must be as it was, and every rule must name the survivor already. Pure.
 */
export function changedSince(
  input: MergeInput,
  before: MergeFacts,
  now: MergeFacts,
  results: StepContext['results'],
): Text | null {
  if (!bothThere(before) || !bothThere(now)) return { key: 'merge.nobody' };
  if (hidden(before.rules, now.rules) || hidden(before.routes, now.routes) || hidden(before.agents, now.agents)) {
    return { key: 'merge.changed-unseen' };
  }
  if (ids(before.duplicate.identities) !== ids(now.duplicate.identities)) return { key: 'merge.changed-identities' };
  if (differ(before.duplicate.person, now.duplicate.person, PERSON_FIELDS)) return { key: 'merge.changed-fields' };
  const written = outcomeOf(input, before).changed.map(({ field }) => field);
  if (differ(before.survivor.person, now.survivor.person, written)) return { key: 'merge.changed-survivor' };
  if (rulesChanged(input, before, now, results)) return { key: 'merge.changed-rules' };
  if (routesOf(input.duplicate, before) !== routesOf(input.duplicate, now)) return { key: 'merge.changed-routes' };
  if (ownedBy(input.duplicate, before) !== ownedBy(input.duplicate, now)) return { key: 'merge.changed-owners' };
  return null;
}

/** Whether anything names the duplicate that the plan didn't leave there, or a rule that was moved doesn't name the survivor. */
function rulesChanged(
  input: MergeInput,
  before: MergeFacts,
  now: MergeFacts,
  results: StepContext['results'],
): boolean {
  if (!seen(before.rules) || !seen(now.rules)) return false;
  const { duplicate, survivor } = input;
  const planned = ruleChoices(before.rules, duplicate, before.may.rules, before.now);
  const moved = planned.flatMap(({ rule, choice }) => (choice === 'lost' ? [] : (ruleAfter(results, rule.id) ?? '')));
  const holders = new Map(now.rules.map(({ id, personId }) => [id, personId]));
  const unplanned = unplannedRules({ input, before, results }, now.rules);
  return unplanned.length > 0 || moved.some((id) => holders.get(id) !== survivor);
}

function routesOf(personId: string, { routes }: MergeFacts): string {
  if (!seen(routes)) return '';
  const content = (route: Route) => asJson([route.id, routeContent(route)]);
  const own = routes.items.filter((route) => route.personId === personId).map(content);
  return canonical(own.toSorted((a, b) => canonical(a).localeCompare(canonical(b))));
}

function ownedBy(personId: string, { agents }: MergeFacts): string {
  return seen(agents) ? ids(agents.filter(({ ownerId }) => ownerId === personId)) : '';
}

function hidden(before: object, now: object): boolean {
  const missing = 'missing' in now && Array.isArray(now.missing) ? now.missing.length : 0;
  const was = 'missing' in before && Array.isArray(before.missing) ? before.missing.length : 0;
  const lost = (part: string) => part in now && !(part in before);
  return lost('unseen') || lost('others') || missing > was;
}

function ids(rows: readonly { id: string }[]): string {
  return rows
    .map(({ id }) => id)
    .toSorted()
    .join();
}

function differ(a: object, b: object, fields: readonly PersonField[]): boolean {
  const [before, now] = [a, b] as [Record<string, Json>, Record<string, Json>];
  return fields.some((field) => canonical(before[field] ?? null) !== canonical(now[field] ?? null));
}
