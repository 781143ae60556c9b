import 'server-only';
import { z } from 'zod';
import { defineOperation, translated, type Operation, type StepContext } from '#lib/operations/plan/define.ts';
import { holdsOnly } from './identity-steps.ts';
import { planMerge } from '#lib/persons/merge/merge-plan.ts';
import { readMergeWorld } from '#lib/persons/merge/merge-read.ts';
import { mergeSteps } from '#lib/persons/merge/merge-steps.ts';
import { verifyMerge } from '#lib/persons/merge/merge-verify.ts';
import { contactsOfMerge, touchedByMerge } from '#lib/persons/merge/merge.ts';
import { undoOfMerge } from '#lib/persons/undo/merge-undo-input.ts';
import { PERSON_FIELDS, type MergeInput, type MergeWorld } from '#lib/persons/merge/merge-facts.ts';

const input = z.strictObject({
  identityId: z.uuid().toLowerCase(),
  fromPersonId: z.uuid().toLowerCase(),
  toPersonId: z.uuid().toLowerCase(),
});
type Input = z.infer<typeof input>;

/** The merge that takes a separation back: the new person goes, with nothing kept of it but its identity. */
export function mergeOf({ fromPersonId, toPersonId }: Input): MergeInput {
  const fields = Object.fromEntries(PERSON_FIELDS.map((field) => [field, 'stays' as const]));
  return { goes: fromPersonId, stays: toPersonId, reason: 'Put back', fields, routes: {} };
}

const asMerge = <C extends { input: Input }>(context: C) => ({ ...context, input: mergeOf(context.input) });

/** Take a separation back. Refused when the new person is more than that separation made it. */
export const putBack = defineOperation<Input, MergeWorld>({
  name: 'persons.put-back',
  scopes: ['persons:write'],
  input,
  subjects: ({ identityId, fromPersonId, toPersonId }) => [
    `identity:${identityId}`,
    `person:${fromPersonId}`,
    `person:${toPersonId}`,
  ],
  subjectsOf: (given, world) => touchedByMerge(mergeOf(given), world),
  contacts: (_, world) => contactsOfMerge(world),
  read: (given, omni, scopes) => readMergeWorld(mergeOf(given), omni, scopes),
  plan(given, world) {
    const plan = planMerge(mergeOf(given), world);
    const title = { key: 'put-back.title', values: plan.title.values ?? {} };
    if (!world.goes || !world.stays) return { ...plan, title: { key: 'merge.title-unknown' } };
    if (holdsOnly(world.goes, { id: given.identityId })) return { ...plan, title };
    return { ...plan, title, steps: [], moves: [], losses: [], refusal: { key: 'put-back.refused-changed' } };
  },
  steps: Object.fromEntries(
    Object.entries(mergeSteps).map(([kind, code]) => [
      kind,
      translated(code, (context) => asMerge(context as StepContext<Input, MergeWorld>)),
    ]),
  ) as Operation<Input, MergeWorld>['steps'],
  verify: (context) => verifyMerge(asMerge(context)),
  undo: (context) => undoOfMerge(asMerge(context)),
  undoPartly: (context) => ('merge' in context.results ? undoOfMerge(asMerge(context)) : null),
});
