import { ruleContent } from '#lib/access/rules/access-rules.ts';
import { asJson, type Json, type Plan, type Text } from '#lib/operations/plan/define.ts';
import { seen } from '#lib/persons/merge/merge-facts.ts';
import { calledBy } from '#lib/persons/record/person-record.ts';
import { routeContent } from '#lib/routes/editor/content.ts';
import type { MergeUndoInput } from './merge-undo-input.ts';
import {
  mergeUndoOutcome,
  type MergeUndoFacts,
  type MergeUndoOutcome,
  type Reactivation,
} from './merge-undo-outcome.ts';
import { stepsOfMergeUndo } from './merge-undo-plan-steps.ts';

/** What the undo of a merge does, and what it can't restore. Pure. */
export function planMergeUndo(input: MergeUndoInput, facts: MergeUndoFacts): Plan {
  const { survivor } = facts;
  if (!survivor) return refused({ key: 'merge-undo.refused-gone' }, input);
  const outcome = mergeUndoOutcome(input, { ...facts, survivor });
  if (outcome.people.length === 0) return refused({ key: 'merge-undo.refused-none' }, input);
  const names = { duplicate: outcome.people.map(({ name }) => name).join(', '), survivor: calledBy(survivor) };
  return {
    title: { key: 'merge-undo.title', values: names },
    effects: effectsOf(input, outcome),
    steps: stepsOfMergeUndo(input, outcome, names.survivor),
    moves: [
      ...outcome.people.flatMap((person) => restoredTexts(person, names.survivor)),
      ...counted('merge-undo.moves-survivor', Object.keys(outcome.survivorFields).length, names),
      ...counted('merge-undo.moves-replaced', outcome.replaced.length, names),
    ],
    losses: [
      ...outcome.people
        .filter(({ there }) => !there)
        .map(({ name, was }) => ({ key: 'merge-undo.new-id', values: { duplicate: name, id: was } })),
      ...(outcome.people.every(({ there }) => there) ? [] : [{ key: 'merge-undo.history', values: names }]),
    ],
    unknowns: unknownsOf(facts),
    warnings: [
      ...outcome.people.flatMap((person) => notRestoredTexts(person, names.survivor)),
      ...outcome.nothingOf.map((duplicate) => ({ key: 'merge-undo.nothing-of', values: { ...names, duplicate } })),
      ...outcome.kept.map(({ field, why }) => ({ key: `merge-undo.kept-${why}-${field}`, values: names })),
    ],
    command: { none: { key: 'merge-undo.no-command' } },
  };
}

function effectsOf(input: MergeUndoInput, outcome: MergeUndoOutcome): Json {
  return {
    survivor: input.survivor,
    people: outcome.people.map((person) => ({
      was: person.was,
      identities: person.identities.map(({ id }) => id).sort(),
      elsewhere: person.elsewhere,
      fields: person.fields,
      there: person.there,
      rules: person.rules.map((rule) => ({ id: rule.id, content: asJson(ruleContent(rule)) })),
      routes: person.routes.map(({ route, drop }) => ({ content: routeContent(route), drop })),
      owners: person.owners.map(({ id }) => id).sort(),
    })),
    survivorFields: outcome.survivorFields,
    kept: outcome.kept.map(({ field }) => field),
    replaced: outcome.replaced.map(({ id, was }) => ({ id, was })),
  };
}

function counted(key: string, count: number, values: Record<string, string>): Text[] {
  return count > 0 ? [{ key, values: { ...values, count } }] : [];
}

function restoredTexts(
  { name, there, identities, fields, rules, routes, owners }: Reactivation,
  survivor: string,
): Text[] {
  const values = { duplicate: name, survivor };
  return [
    ...counted('merge-undo.moves-identities', identities.length, values),
    ...counted('merge-undo.moves-fields', Object.keys(fields).length, values),
    ...counted('merge-undo.moves-access', rules.length, values),
    ...counted('merge-undo.moves-routes', there ? 0 : routes.length, values),
    ...counted('merge-undo.moves-owners', owners.length, values),
  ];
}

function notRestoredTexts(person: Reactivation, survivor: string): Text[] {
  const { name, elsewhere, phoneTaken, rulesLeft, routesLeft, routes } = person;
  const values = { duplicate: name, survivor };
  return [
    ...elsewhere.map((handle) => ({ key: 'merge-undo.elsewhere', values: { ...values, handle } })),
    ...(phoneTaken === null ? [] : [{ key: 'merge-undo.phone-taken', values: { phone: phoneTaken } }]),
    ...counted('merge-undo.access-left', rulesLeft, {}),
    ...routesLeft.map(({ label }) => ({ key: 'merge-undo.route-left', values: { label: label ?? '' } })),
    ...routes
      .filter(({ created, drop }) => created && drop === null)
      .map(({ route }) => ({ key: 'merge-undo.route-changed', values: { ...values, label: route.label ?? '' } })),
  ];
}

function unknownsOf(facts: MergeUndoFacts): Text[] {
  const unseen = (['rules', 'routes', 'agents'] as const).filter((part) => !seen(facts[part]));
  const missing = seen(facts.routes) ? facts.routes.missing.length : 0;
  return [
    ...unseen.map((part) => ({ key: part === 'rules' ? 'merge-undo.unseen-access' : `merge-undo.unseen-${part}` })),
    ...counted('merge-undo.unseen-some-routes', missing, {}),
  ];
}

function refused(refusal: Text, input: MergeUndoInput): Plan {
  return {
    title: { key: 'merge-undo.title-unknown' },
    refusal,
    effects: { refusal: refusal.key, survivor: input.survivor, people: input.people.map(({ was }) => was) },
    steps: [],
    moves: [],
    losses: [],
    unknowns: [],
    warnings: [],
    command: { none: { key: 'merge.no-command' } },
  };
}
