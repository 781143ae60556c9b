import 'server-only';
import { z } from 'zod';
import { defineOperation, translated, type Step } from '#lib/operations/plan/define.ts';
import { withBroughtBack } from '#lib/persons/directory/merged-into.ts';
import { planMerge } from '#lib/persons/merge/merge-plan.ts';
import { readMergeFacts } from '#lib/persons/merge/merge-read.ts';
import { mergeSteps } from '#lib/persons/merge/merge-steps.ts';
import { verifyMerge } from '#lib/persons/merge/merge-verify.ts';
import { contactsOfMerge, touchedByMerge } from '#lib/persons/merge/merge.ts';
import { touchedAnything, undoOfMerge } from '#lib/persons/undo/merge-undo-input.ts';
import { PERSON_FIELDS, type MergeInput, type MergeFacts } from '#lib/persons/merge/merge-facts.ts';
import { holdsOnly } from '#lib/persons/record/person-record.ts';

const input = z.strictObject({
  identityId: z.uuid().toLowerCase(),
  fromPersonId: z.uuid().toLowerCase(),
  toPersonId: z.uuid().toLowerCase(),
});
type Input = z.infer<typeof input>;

/** The merge that undoes an unlink: of the new person nothing is kept but the identity. */
export function mergeOf({ fromPersonId, toPersonId }: Input): MergeInput {
  const fields = Object.fromEntries(PERSON_FIELDS.map((field) => [field, 'survivor' as const]));
  return { duplicate: fromPersonId, survivor: toPersonId, reason: 'Unlink undone', fields, routes: {} };
}

const asMerge = <C extends { input: Input }>(context: C) => ({ ...context, input: mergeOf(context.input) });

/** Undoes an unlink. Refused when the new person has other identities by now. */
export const undoUnlink = defineOperation<Input, MergeFacts>({
  name: 'persons.unlink-undo',
  scopes: ['persons:write'],
  input,
  subjects: ({ identityId, fromPersonId, toPersonId }) => [
    `identity:${identityId}`,
    `person:${fromPersonId}`,
    `person:${toPersonId}`,
  ],
  subjectsOf: (given, facts) => touchedByMerge(mergeOf(given), facts),
  contacts: (_, facts) => contactsOfMerge(facts),
  read: (given, omni, scopes) => readMergeFacts(mergeOf(given), omni, scopes),
  plan(given, facts) {
    const plan = planMerge(mergeOf(given), facts);
    if (!facts.duplicate || !facts.survivor) return { ...plan, title: { key: 'merge.title-unknown' } };
    const title = { key: 'unlink-undo.title', values: plan.title.values ?? {} };
    if (holdsOnly(facts.duplicate, { id: given.identityId })) return { ...plan, title };
    return { ...plan, title, steps: [], effects: [], refusal: { key: 'unlink-undo.refused-changed' } };
  },
  steps: Object.fromEntries(
    Object.entries<Step<MergeInput, MergeFacts>>(mergeSteps).map(([kind, code]) => [
      kind,
      translated<MergeInput, MergeFacts, Input, MergeFacts>(code, asMerge, asMerge),
    ]),
  ),
  verify: (context) => verifyMerge(asMerge(context)),
  today: (given, db, reader) => withBroughtBack(given, ['fromPersonId', 'toPersonId'], db, reader),
  undo: (context) => undoOfMerge(asMerge(context)),
  undoPartly: (context) => (touchedAnything(context.results) ? undoOfMerge(asMerge(context)) : null),
});
