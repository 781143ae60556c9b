import 'server-only';
import { seenOr } from '#lib/omni/seen.ts';
import { defineOperation } from '#lib/operations/plan/define.ts';
import { planMerge } from './merge-plan.ts';
import { readMergeFacts } from './merge-read.ts';
import { mergeSteps } from './merge-steps.ts';
import { verifyMerge } from './merge-verify.ts';
import { mergeInput, routesSeen, type MergeInput, type MergeFacts } from './merge-facts.ts';
import { touchedAnything, undoOfMerge } from '#lib/persons/undo/merge-undo-input.ts';
import { contactsOf } from '#lib/persons/record/person-record.ts';

/** Merge one person into another. `stepsOfMerge` says in which order, so that nobody is unblocked and nothing collides. */
export const mergePersonsOperation = defineOperation<MergeInput, MergeFacts>({
  name: 'persons.merge',
  scopes: ['persons:write'],
  input: mergeInput,
  subjects: ({ duplicate, survivor }) => [`person:${duplicate}`, `person:${survivor}`],
  subjectsOf: touchedByMerge,
  contacts: (_, facts) => contactsOfMerge(facts),
  read: readMergeFacts,
  plan: planMerge,
  steps: mergeSteps,
  verify: verifyMerge,
  undo: undoOfMerge,
  undoPartly: (context) => (touchedAnything(context.results) ? undoOfMerge(context) : null),
});

/** The rules, routes and agents of the duplicate and the routes of the survivor: locked, so that nobody edits them while the merge runs. */
export function touchedByMerge({ duplicate, survivor }: MergeInput, { rules, routes, agents }: MergeFacts): string[] {
  const routesOfBoth = routesSeen(routes).filter(({ personId }) => personId === duplicate || personId === survivor);
  return [
    ...routesOfBoth.map(({ id }) => `route:${id}`),
    ...seenOr(rules, [])
      .filter(({ personId }) => personId === duplicate)
      .map(({ id }) => `rule:${id}`),
    ...seenOr(agents, [])
      .filter(({ ownerId }) => ownerId === duplicate)
      .map(({ id }) => `agent:${id}`),
  ];
}

/** The phones, emails and handles that Activity finds both people by. */
export function contactsOfMerge({ duplicate, survivor }: MergeFacts): (string | null)[] {
  return [...contactsOf(duplicate), ...contactsOf(survivor)];
}
