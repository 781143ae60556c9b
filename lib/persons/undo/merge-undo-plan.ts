import { ruleContent } from '#lib/access/rules/access-rules.ts';
import type { NotSeen } from '#lib/omni/seen.ts';
import { happens, sets, type Effect } from '#lib/operations/effects/effect.ts';
import { notSeenValue, thing } from '#lib/operations/effects/value.ts';
import { asJson, type EffectPlan, type Text } from '#lib/operations/plan/define.ts';
import { fieldValue } from '#lib/persons/record/field-value.ts';
import { calledBy, type PersonRecord } from '#lib/persons/record/person-record.ts';
import { PERSON_FIELDS } from '#lib/persons/merge/merge-facts.ts';
import { routeContent } from '#lib/routes/editor/content.ts';
import type { MergeUndoInput } from './merge-undo-input.ts';
import {
  mergeUndoOutcome,
  type MergeUndoFacts,
  type MergeUndoOutcome,
  type Reactivation,
} from './merge-undo-outcome.ts';
import { labelValue } from '#lib/routes/editor/route-value.ts';
import { stepsOfMergeUndo } from './merge-undo-steps.ts';

/** What the undo of a merge does, and what it can't restore. Pure. */
export function planMergeUndo(input: MergeUndoInput, facts: MergeUndoFacts): EffectPlan {
  const { survivor } = facts;
  if (!survivor) return refused({ key: 'merge-undo.refused-gone' }, input);
  const outcome = mergeUndoOutcome(input, { ...facts, survivor });
  if (outcome.people.length === 0) return refused({ key: 'merge-undo.refused-none' }, input);
  const names = { duplicate: outcome.people.map(({ name }) => name).join(', '), survivor: calledBy(survivor) };
  return {
    title: { key: 'merge-undo.title', values: names },
    effects: [
      ...outcome.people.flatMap((person) => restored(person, outcome.people.length > 1)),
      ...survivorEffects(survivor, outcome, names.survivor),
    ],
    relies: reliesOn(input, outcome),
    steps: stepsOfMergeUndo(input, outcome, names.survivor),
    notes: [
      ...outcome.people.flatMap((person) => notRestored(person, names.survivor)),
      ...(outcome.people.every(({ there }) => there) ? [] : [{ key: 'merge-undo.history', values: names }]),
      ...outcome.nothingOf.map((duplicate) => ({ key: 'merge-undo.nothing-of', values: { ...names, duplicate } })),
      ...outcome.kept.map(({ field, why }) => ({ key: `merge-undo.kept-${why}-${field}`, values: names })),
      ...notSeen(facts),
    ],
    verb: 'undo',
    opens: thing('person', survivor.person.id, names.survivor),
  };
}

const kept = { kept: 'yes', back: 'yes' } as const;

/** What a person gets back: Omni creates a new one, with another id, where the merge was done. */
function restored({ was, name, there, ...person }: Reactivation, isOneOfMany: boolean): Effect[] {
  const of = thing('person', was, name);
  const under = isOneOfMany ? { under: of } : {};
  const some = (what: string, count: number, back: Effect['back'] = 'yes') =>
    count > 0 ? [happens(what, { kept: 'yes', back, count, more: { person: of }, ...under })] : [];
  return [
    ...(there ? [] : [happens('person-again', { ...kept, of, ...under })]),
    ...some('identities-back', person.identities.length),
    ...some('fields-back', Object.keys(person.fields).length),
    ...some('rules-back', person.rules.length),
    ...some('routes-back', there ? 0 : person.routes.length, 'id'),
    ...some('owners-back', person.owners.length),
  ];
}

function survivorEffects(
  { person }: PersonRecord,
  { survivorFields, replaced }: MergeUndoOutcome,
  name: string,
): Effect[] {
  const of = thing('person', person.id, name);
  return [
    ...PERSON_FIELDS.filter((field) => field in survivorFields).map((field) =>
      sets(`person.${field}`, fieldValue(field, asJson(person[field])), fieldValue(field, survivorFields[field]), {
        of,
      }),
    ),
    ...(replaced.length > 0
      ? [happens('routes-replaced-back', { kept: 'yes', back: 'no', count: replaced.length, more: { survivor: of } })]
      : []),
  ];
}

function reliesOn(input: MergeUndoInput, outcome: MergeUndoOutcome) {
  return {
    survivor: input.survivor,
    people: outcome.people.map((person) => ({
      was: person.was,
      identities: person.identities.map(({ id }) => id).sort(),
      elsewhere: person.elsewhere,
      fields: person.fields,
      there: person.there,
      rules: person.rules.map((rule) => ({ id: rule.id, content: ruleContent(rule) })),
      routes: person.routes.map(({ route, drop }) => ({ content: routeContent(route), drop })),
      owners: person.owners.map(({ id }) => id).sort(),
    })),
    survivorFields: outcome.survivorFields,
    kept: outcome.kept.map(({ field }) => field),
    replaced: outcome.replaced.map(({ id, was }) => ({ id, was })),
  };
}

function notRestored(person: Reactivation, survivor: string): Text[] {
  const { name, elsewhere, phoneTaken, rulesLeft, routesLeft, routes } = person;
  const values = { duplicate: name, survivor };
  return [
    ...elsewhere.map((handle) => ({ key: 'merge-undo.elsewhere', values: { ...values, handle } })),
    ...(phoneTaken === null ? [] : [{ key: 'merge-undo.phone-taken', values: { phone: phoneTaken } }]),
    ...(rulesLeft > 0 ? [{ key: 'merge-undo.access-left', values: { count: rulesLeft } }] : []),
    ...routesLeft.map(({ label }) => ({ key: 'merge-undo.route-left', values: { label: labelValue(label) } })),
    ...routes
      .filter(({ created, drop }) => created && drop === null)
      .map(({ route }) => ({ key: 'merge-undo.route-changed', values: { ...values, label: labelValue(route.label) } })),
  ];
}

/** What could not be read stays as it is: nothing of it is lost, and nothing of it is restored. */
function notSeen({ rules, routes, agents }: MergeUndoFacts): Text[] {
  const said = (part: string, seen: NotSeen): Text => ({
    key: `merge-undo.not-seen-${part}`,
    values: { why: notSeenValue(seen) },
  });
  return [
    ...(rules.is === 'value' ? [] : [said('rules', rules)]),
    ...(routes.is === 'value' ? [] : [said('routes', routes)]),
    ...(agents.is === 'value' || agents.is === 'absent' ? [] : [said('agents', agents)]),
    ...(routes.is === 'value' && routes.value.missing.length > 0
      ? [{ key: 'merge-undo.unseen-some-routes', values: { count: routes.value.missing.length } }]
      : []),
  ];
}

function refused(refusal: Text, input: MergeUndoInput): EffectPlan {
  return {
    title: { key: 'merge-undo.title-unknown' },
    refusal,
    effects: [],
    relies: { refusal: refusal.key, survivor: input.survivor, people: input.people.map(({ was }) => was) },
    steps: [],
    verb: 'undo',
  };
}
