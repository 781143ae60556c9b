import 'server-only';
import { defineOperation } from '#lib/operations/plan/define.ts';
import { planMerge } from './merge-plan.ts';
import { readMergeWorld } from './merge-read.ts';
import { mergeSteps } from './merge-steps.ts';
import { verifyMerge } from './merge-verify.ts';
import { mergeInput, seen, type MergeInput, type MergeWorld } from './merge-facts.ts';
import { contactsOfSide } from '#lib/persons/identities/unlink.ts';
import { undoOfMerge } from '#lib/persons/undo/merge-undo-input.ts';

/** Join two people into one: rules, inactive routes, merge, fields, owners, routes on (the order in which nobody is unblocked and nothing collides, `merge-plan-steps.ts`). */
export const mergePersonsOperation = defineOperation<MergeInput, MergeWorld>({
  name: 'persons.merge',
  scopes: ['persons:write'],
  input: mergeInput,
  subjects: ({ goes, stays }) => [`person:${goes}`, `person:${stays}`],
  subjectsOf: touchedByMerge,
  contacts: (_, world) => contactsOfMerge(world),
  read: readMergeWorld,
  plan: planMerge,
  steps: mergeSteps,
  verify: verifyMerge,
  undo: undoOfMerge,
  undoPartly: (context) => ('merge' in context.results ? undoOfMerge(context) : null),
});

/** What hangs on the one who goes, and what it is put in place of: nobody edits it while the merge runs. */
export function touchedByMerge({ goes, stays }: MergeInput, { rules, routes, agents }: MergeWorld): string[] {
  const routesOfBoth = seen(routes)
    ? routes.items.filter(({ personId }) => personId === goes || personId === stays)
    : [];
  return [
    ...routesOfBoth.map(({ id }) => `route:${id}`),
    ...(seen(rules) ? rules.filter(({ personId }) => personId === goes) : []).map(({ id }) => `rule:${id}`),
    ...(seen(agents) ? agents.filter(({ ownerId }) => ownerId === goes) : []).map(({ id }) => `agent:${id}`),
  ];
}

/** What both people are found by in Activity. */
export function contactsOfMerge({ goes, stays }: MergeWorld): (string | null)[] {
  return [...contactsOfSide(goes), ...contactsOfSide(stays)];
}
