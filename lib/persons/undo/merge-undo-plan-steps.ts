import { asJson, type Json, type PlannedStep } from '#lib/operations/plan/define.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import { ruleText } from '#lib/persons/merge/merge-rules.ts';
import type { MergeUndoInput } from './merge-undo-input.ts';
import type { MergeUndoOutcome, Reactivation } from './merge-undo-outcome.ts';

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
    ...write('survivor', { person: input.survivor }, outcome.survivorFields, 'merge-undo.step-survivor'),
    ...outcome.people.flatMap((person) => [
      ...identitySteps(input.survivor, person, { duplicate: person.name, survivor }),
      ...write(`fields:${person.was}`, { step: newPersonStep(person.was) }, person.fields, 'merge-undo.step-fields'),
    ]),
    ...outcome.people.flatMap((person) => [
      ...person.rules.map((rule) => ruleStep(input.survivor, person, rule)),
      ...person.routes.flatMap((route) => routeSteps(person, route)),
      ...person.owners.map((owner) => ownerStep(person.was, owner)),
    ]),
    ...outcome.replaced.map(({ id, instanceId, was }) => ({
      id: `replace:${id}`,
      kind: 'replace',
      title: { key: 'merge-undo.step-replace', values: { survivor } },
      args: { instanceId, routeId: id, patch: was },
    })),
  ];
}

function write(id: string, to: { person: string } | { step: string }, fields: { [field: string]: Json }, key: string) {
  const count = Object.keys(fields).length;
  return count > 0 ? [{ id, kind: 'write', title: { key, values: { count } }, args: { ...to, fields } }] : [];
}

function identitySteps(
  from: string,
  person: Reactivation,
  names: { duplicate: string; survivor: string },
): PlannedStep[] {
  const reason = `Merge undone (was ${person.was})`;
  const first = newPersonStep(person.was);
  return person.identities.flatMap((identity, index) => {
    const values = { ...names, handle: identity.platformUserId };
    const unlink = {
      id: index === 0 ? first : `unlink:${identity.id}`,
      kind: 'unlink',
      title: { key: 'merge-undo.step-unlink', values },
      args: { identity, from, reason },
    };
    if (index === 0) return [unlink];
    const attach = {
      id: `attach:${identity.id}`,
      kind: 'attach',
      title: { key: 'merge-undo.step-attach', values },
      args: { identity, step: unlink.id, toStep: first, reason },
    };
    return [unlink, attach];
  });
}

function ruleStep(from: string, { was, there }: Reactivation, rule: AccessRule): PlannedStep {
  return {
    id: `move-rule:${rule.id}`,
    kind: 'move-rule',
    title: ruleText('merge-undo.step-move-rule', rule),
    args: { id: rule.id, from, ...(there ? { to: was } : { personStep: newPersonStep(was) }) },
  };
}

function routeSteps(
  { was, there }: Reactivation,
  { route, body, clear, drop }: Reactivation['routes'][number],
): PlannedStep[] {
  const { instanceId, id, isActive } = route;
  const values = { label: route.label ?? '' };
  const target = { instanceId, route: `route:${id}` };
  const step = (kind: string, args: Json) => ({
    id: `${kind}:${id}`,
    kind,
    title: { key: `merge-undo.step-${kind}`, values },
    args,
  });
  const removal = drop === null ? [] : [step('drop-route', { instanceId, id: drop })];
  if (there) return removal;
  return [
    step('route', { instanceId, personStep: newPersonStep(was), body: asJson(body) }),
    ...(clear ? [step('clear', target)] : []),
    ...(isActive ? [step('activate', target)] : []),
    ...removal,
  ];
}

function ownerStep(was: string, { id, name }: { id: string; name: string }): PlannedStep {
  return {
    id: `owner:${id}`,
    kind: 'owner',
    title: { key: 'merge-undo.step-owner', values: { agent: name } },
    args: { agentId: id, personStep: newPersonStep(was) },
  };
}
