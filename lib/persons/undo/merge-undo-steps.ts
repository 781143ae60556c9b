import type { Json, PlannedStep } from '#lib/operations/plan/define.ts';
import type { UnmergeInput } from './merge-undo-input.ts';
import type { ComesBack, UnmergeOutcome } from './merge-undo-plan.ts';

/** The step whose result is the id of the person who comes back. */
export function firstStep(was: string): string {
  return `first:${was}`;
}

/**
 * The safe order: the survivor's fields first (a phone is unique), then for each person identities, fields, rules, routes and owners.
 * What the merge made goes only after its like is there again.
 */
export function stepsOfUnmerge(input: UnmergeInput, outcome: UnmergeOutcome, stays: string): PlannedStep[] {
  return [
    ...write('survivor', { person: input.stays }, outcome.survivor, 'unmerge.step-survivor'),
    ...outcome.people.flatMap((person) => [
      ...identitySteps(input.stays, person, { goes: person.name, stays }),
      ...write(`fields:${person.was}`, { step: firstStep(person.was) }, person.fields, 'unmerge.step-fields'),
    ]),
    ...outcome.people.flatMap((person, index) => [
      ...ruleSteps(person, index),
      ...person.routes.flatMap((route) => routeSteps(person.was, route)),
      ...person.owners.map((owner) => ownerStep(person.was, owner)),
    ]),
    ...outcome.replaced.map(({ id, instanceId, was }) => ({
      id: `replace:${id}`,
      kind: 'replace',
      title: { key: 'unmerge.step-replace', values: { stays } },
      args: { instanceId, routeId: id, patch: was },
    })),
  ];
}

function write(id: string, to: { person: string } | { step: string }, fields: { [field: string]: Json }, key: string) {
  const count = Object.keys(fields).length;
  return count > 0 ? [{ id, kind: 'write', title: { key, values: { count } }, args: { ...to, fields } }] : [];
}

function identitySteps(from: string, person: ComesBack, names: { goes: string; stays: string }): PlannedStep[] {
  const reason = `Person merge taken back (was ${person.was})`;
  const first = firstStep(person.was);
  return person.identities.flatMap((identity, index) => {
    const values = { ...names, handle: identity.platformUserId };
    const unlink = {
      id: index === 0 ? first : `unlink:${identity.id}`,
      kind: 'unlink',
      title: { key: 'unmerge.step-unlink', values },
      args: { identity, from, reason },
    };
    if (index === 0) return [unlink];
    const attach = {
      id: `attach:${identity.id}`,
      kind: 'attach',
      title: { key: 'unmerge.step-attach', values },
      args: { identity, step: unlink.id, toStep: first, reason },
    };
    return [unlink, attach];
  });
}

function ruleSteps({ was, rules }: ComesBack, person: number): PlannedStep[] {
  return rules.flatMap(({ rule, body, drop }, index) => {
    const values = { action: rule.ruleType, target: rule.platformUserId ?? rule.phonePattern ?? '' };
    const make: PlannedStep = {
      id: `rule:${rule.id}`,
      kind: 'rule',
      title: { key: 'unmerge.step-rule', values },
      args: { index: person * 1000 + index, first: firstStep(was), body: body as Json },
    };
    if (drop === null) return [make];
    const title = { key: 'unmerge.step-drop-rule', values };
    return [make, { id: `drop-rule:${drop}`, kind: 'drop-rule', title, args: { id: drop } }];
  });
}

function routeSteps(was: string, { route, body, clear, drop }: ComesBack['routes'][number]): PlannedStep[] {
  const { instanceId, id, isActive } = route;
  const values = { label: route.label ?? '' };
  const same = { instanceId, route: `route:${id}` };
  const step = (kind: string, args: Json) => ({
    id: `${kind}:${id}`,
    kind,
    title: { key: `unmerge.step-${kind}`, values },
    args,
  });
  return [
    step('route', { instanceId, first: firstStep(was), body: body as Json }),
    ...(clear ? [step('clear', same)] : []),
    ...(isActive ? [step('activate', same)] : []),
    ...(drop === null ? [] : [step('drop-route', { instanceId, id: drop })]),
  ];
}

function ownerStep(was: string, { id, name }: { id: string; name: string }): PlannedStep {
  return {
    id: `owner:${id}`,
    kind: 'owner',
    title: { key: 'unmerge.step-owner', values: { agent: name } },
    args: { agentId: id, first: firstStep(was) },
  };
}
