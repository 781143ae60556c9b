import type { OmniError } from '#lib/omni/door/errors.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { canonical } from '#lib/operations/plan/canonical.ts';
import type { Json, StepContext, Text } from '#lib/operations/plan/define.ts';
import { routeContent } from '#lib/routes/editor/content.ts';
import { outcomeOf, bothThere } from './merge-outcome.ts';
import { readMergeWorld } from './merge-read.ts';
import { ruleFates } from './merge-rules.ts';
import { PERSON_FIELDS, seen, type MergeInput, type MergeWorld, type PersonField } from './merge-facts.ts';

/** Looks at both people once more, right before the one write that nobody can take back by itself. */
export async function mergeStill({
  input,
  before,
  omni,
  scopes,
}: StepContext<MergeInput, MergeWorld>): Promise<Result<Text | null, OmniError>> {
  const now = await readMergeWorld(input, omni, scopes);
  return now.ok ? ok(changedSince(input, before, now.value)) : now;
}

/**
 * Why a merge that was agreed to must not be sent into the world as it is now, or null. Whatever hangs on the person who
 * goes must be what it was, since Omni deletes it with that person (contract §3.1), and every rule must have its like
 * already. Pure.
 */
export function changedSince(input: MergeInput, before: MergeWorld, now: MergeWorld): Text | null {
  if (!bothThere(before) || !bothThere(now)) return { key: 'merge.nobody' };
  if (hidden(before.rules, now.rules) || hidden(before.routes, now.routes) || hidden(before.agents, now.agents)) {
    return { key: 'merge.changed-unseen' };
  }
  if (ids(before.goes.identities) !== ids(now.goes.identities)) return { key: 'merge.changed-identities' };
  if (differ(before.goes.person, now.goes.person, PERSON_FIELDS)) return { key: 'merge.changed-fields' };
  const written = outcomeOf(input, before).changed.map(({ field }) => field);
  if (differ(before.stays.person, now.stays.person, written)) return { key: 'merge.changed-survivor' };
  if (rulesChanged(input.goes, before, now)) return { key: 'merge.changed-rules' };
  if (routesOf(input.goes, before) !== routesOf(input.goes, now)) return { key: 'merge.changed-routes' };
  if (ownedBy(input.goes, before) !== ownedBy(input.goes, now)) return { key: 'merge.changed-owners' };
  return null;
}

function rulesChanged(goes: string, before: MergeWorld, now: MergeWorld): boolean {
  if (!seen(before.rules) || !seen(now.rules)) return false;
  const named = (rules: typeof before.rules & unknown[]) => ids(rules.filter(({ personId }) => personId === goes));
  const alone = ruleFates(now.rules, goes, now.may.rules, now.now).some(
    ({ fate }) => fate === 'recreate' || fate === 'unblocks' || fate === 'outranked',
  );
  return alone || named(before.rules) !== named(now.rules);
}

function routesOf(personId: string, { routes }: MergeWorld): string {
  if (!seen(routes)) return '';
  const content = (route: Route) => [route.id, routeContent(route)] as Json;
  const own = routes.items.filter((route) => route.personId === personId).map(content);
  return canonical(own.toSorted((a, b) => canonical(a).localeCompare(canonical(b))));
}

function ownedBy(personId: string, { agents }: MergeWorld): string {
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
