import type { OmniError } from '#lib/omni/door/errors.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { seenOr } from '#lib/omni/seen.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { canonical } from '#lib/operations/plan/canonical.ts';
import { asJson, type Json, type StepContext, type Text } from '#lib/operations/plan/define.ts';
import { routeContent } from '#lib/routes/editor/content.ts';
import { outcomeOf, bothThere } from './merge-outcome.ts';
import { readMergeFacts } from './merge-read.ts';
import { ruleChoices } from './merge-choices.ts';
import { ruleAfter, unplannedRules } from '#lib/persons/undo/late-rules.ts';
import {
  PERSON_FIELDS,
  routesSeen,
  type MergeInput,
  type MergeFacts,
  type PersonField,
  type ReadRoutes,
} from './merge-facts.ts';

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
  if (seesLess(before, now)) return { key: 'merge.changed-unseen' };
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
  if (before.rules.is !== 'value' || now.rules.is !== 'value') return false;
  const { duplicate, survivor } = input;
  const planned = ruleChoices(before.rules.value, duplicate, before.may.rules, before.now);
  const moved = planned.flatMap(({ rule, choice }) => (choice === 'lost' ? [] : (ruleAfter(results, rule.id) ?? '')));
  const holders = new Map(now.rules.value.map(({ id, personId }) => [id, personId]));
  const unplanned = unplannedRules({ input, before, results }, now.rules.value);
  return unplanned.length > 0 || moved.some((id) => holders.get(id) !== survivor);
}

function routesOf(personId: string, { routes }: MergeFacts): string {
  const content = (route: Route) => asJson([route.id, routeContent(route)]);
  const own = routesSeen(routes)
    .filter((route) => route.personId === personId)
    .map(content);
  return canonical(own.toSorted((a, b) => canonical(a).localeCompare(canonical(b))));
}

function ownedBy(personId: string, { agents }: MergeFacts): string {
  return ids(seenOr(agents, []).filter(({ ownerId }) => ownerId === personId));
}

/** Whether less can be seen now than when the plan was made: it might be lost unnamed. */
function seesLess(before: MergeFacts, now: MergeFacts): boolean {
  const isLost = (part: 'rules' | 'routes' | 'agents') => now[part].is !== 'value' && before[part].is === 'value';
  if (isLost('rules') || isLost('routes') || isLost('agents')) return true;
  if (now.routes.is !== 'value' || before.routes.is !== 'value') return false;
  const [was, is] = [before.routes.value, now.routes.value];
  const unread = ({ missing, hidden = [] }: ReadRoutes) => missing.length + hidden.length;
  return unread(is) > unread(was) || (is.others === true && !was.others);
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
