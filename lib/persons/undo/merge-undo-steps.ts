import 'server-only';
import { asJson, type Json, type PlannedStep, type Text } from '#lib/operations/plan/define.ts';
import { labelValue } from '#lib/routes/editor/route-value.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import { identitySteps } from '#lib/persons/identities/identity-steps.ts';
import { ruleText } from '#lib/persons/merge/merge-choices.ts';
import { ownerStep } from '#lib/persons/merge/merge-steps.ts';
import type { MergeUndoInput } from './merge-undo-input.ts';
import type { MergeUndoOutcome, Reactivation } from './merge-undo-outcome.ts';
import { routeChange, routeCreation, routeRemoval } from './route-steps.ts';
import { ruleMove } from './rule-steps.ts';

const moveRule = ruleMove<MergeUndoInput>(() => ({}));
const clear = routeChange('clear', () => ({ agentId: null }));
const activate = routeChange('activate', () => ({ isActive: true }));
const replace = routeChange('replace', ({ patch = {} }) => patch);
const { unlink, attach, write } = identitySteps;

/** The steps of the undo of a merge that are planned today. */
export const undoSteps = {
  ...identitySteps,
  'move-rule': moveRule,
  route: routeCreation,
  clear,
  activate,
  'drop-route': routeRemoval,
  replace,
  owner: ownerStep,
};

/** The step whose result is the new id of a person. */
export function newPersonStep(was: string): string {
  return `new-person:${was}`;
}

/**
 * The safe order: the survivor's fields first, since a phone is unique; then all identities and fields; then rules, routes and owners. Rules
 * come after every link: one that is given to a person whom a link then takes away is deleted (cases T4, T5, T16).
 */
export function stepsOfMergeUndo(input: MergeUndoInput, outcome: MergeUndoOutcome, survivor: string): PlannedStep[] {
  return [
    ...fieldStep('survivor', { person: input.survivor }, outcome.survivorFields, 'merge-undo.step-survivor'),
    ...outcome.people.flatMap((person) => [
      ...identityStepsOf(input.survivor, person, { duplicate: person.name, survivor }),
      ...fieldStep(
        `fields:${person.was}`,
        { step: newPersonStep(person.was) },
        person.fields,
        'merge-undo.step-fields',
      ),
    ]),
    ...outcome.people.flatMap((person) => [
      ...person.rules.map((rule) => ruleStep(input.survivor, person, rule)),
      ...person.routes.flatMap((route) => routeSteps(person, route)),
      ...person.owners.map(({ id, name }) =>
        ownerStep.planned(
          `owner:${id}`,
          { key: 'merge-undo.step-owner', values: { agent: name } },
          { agentId: id, personStep: newPersonStep(person.was) },
        ),
      ),
    ]),
    ...outcome.replaced.map(({ id, instanceId, was }) =>
      replace.planned(
        `replace:${id}`,
        { key: 'merge-undo.step-replace', values: { survivor } },
        { instanceId, routeId: id, patch: was },
      ),
    ),
  ];
}

function fieldStep(
  id: string,
  to: { person: string } | { step: string },
  fields: { [field: string]: Json },
  key: string,
): PlannedStep[] {
  const count = Object.keys(fields).length;
  return count > 0 ? [write.planned(id, { key, values: { count } }, { ...to, fields })] : [];
}

/** The first identity makes the new person; the others are linked beside it. */
function identityStepsOf(
  from: string,
  person: Reactivation,
  names: { duplicate: string; survivor: string },
): PlannedStep[] {
  const reason = `Merge undone (was ${person.was})`;
  const toStep = newPersonStep(person.was);
  const [first] = person.identities;
  return person.identities.flatMap((identity) => {
    const values = { ...names, handle: identity.platformUserId };
    const step = identity === first ? toStep : `unlink:${identity.id}`;
    const off = unlink.planned(step, { key: 'merge-undo.step-unlink', values }, { identity, from, reason });
    if (identity === first) return [off];
    const title = { key: 'merge-undo.step-attach', values };
    const on = { identity, step, toStep, reason, beside: first?.id };
    return [off, attach.planned(`attach:${identity.id}`, title, on)];
  });
}

function ruleStep(from: string, { was, there }: Reactivation, rule: AccessRule): PlannedStep {
  return moveRule.planned(`move-rule:${rule.id}`, ruleText('merge-undo.step-move-rule', rule), {
    id: rule.id,
    from,
    ...(there ? { to: was } : { personStep: newPersonStep(was) }),
  });
}

function routeSteps(
  { was, there }: Reactivation,
  { route, body, clear: isBare, drop }: Reactivation['routes'][number],
): PlannedStep[] {
  const { instanceId, id, isActive } = route;
  const title = (kind: string): Text => ({
    key: `merge-undo.step-${kind}`,
    values: { label: labelValue(route.label) },
  });
  const target = { instanceId, route: `route:${id}` };
  const removal =
    drop === null ? [] : [routeRemoval.planned(`drop-route:${id}`, title('drop-route'), { instanceId, id: drop })];
  if (there) return removal;
  const fields = Object.fromEntries(Object.entries(body).map(([name, value]) => [name, asJson(value)]));
  return [
    routeCreation.planned(`route:${id}`, title('route'), {
      instanceId,
      personStep: newPersonStep(was),
      body: fields,
    }),
    ...(isBare ? [clear.planned(`clear:${id}`, title('clear'), target)] : []),
    ...(isActive ? [activate.planned(`activate:${id}`, title('activate'), target)] : []),
    ...removal,
  ];
}
