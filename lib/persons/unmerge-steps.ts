import type { Json, PlannedStep } from '#lib/operations/define.ts';
import type { UnmergeInput } from './unmerge-input.ts';
import type { UnmergeOutcome } from './unmerge-plan.ts';

/** The step whose result is the id of the person who comes back. */
export const FIRST = 'unlink:first';

type Names = { goes: string; stays: string };

/** The safe order: the survivor's fields first (a phone is unique), identities, fields, then rules, routes and owners; what the merge made goes last. */
export function stepsOfUnmerge(input: UnmergeInput, outcome: UnmergeOutcome, names: Names): PlannedStep[] {
  return [
    ...write('survivor', { person: input.stays }, outcome.survivor, 'unmerge.step-survivor'),
    ...identitySteps(input, outcome, names),
    ...write('fields', { step: FIRST }, outcome.fields, 'unmerge.step-fields'),
    ...ruleSteps(outcome),
    ...outcome.routes.flatMap((one) => routeSteps(one)),
    ...outcome.replaced.map(({ id, instanceId, was }) => ({
      id: `replace:${id}`,
      kind: 'replace',
      title: { key: 'unmerge.step-replace', values: names },
      args: { instanceId, routeId: id, patch: was },
    })),
    ...outcome.owners.map(({ id, name }) => ({
      id: `owner:${id}`,
      kind: 'owner',
      title: { key: 'unmerge.step-owner', values: { agent: name } },
      args: { agentId: id },
    })),
  ];
}

function write(id: string, to: { person: string } | { step: string }, fields: { [field: string]: Json }, key: string) {
  const count = Object.keys(fields).length;
  return count > 0 ? [{ id, kind: 'write', title: { key, values: { count } }, args: { ...to, fields } }] : [];
}

function identitySteps(input: UnmergeInput, { identities }: UnmergeOutcome, names: Names): PlannedStep[] {
  const reason = `Person merge taken back (was ${input.was})`;
  return identities.flatMap((identity, index) => {
    const values = { ...names, handle: identity.platformUserId };
    const unlink = {
      id: index === 0 ? FIRST : `unlink:${identity.id}`,
      kind: 'unlink',
      title: { key: 'unmerge.step-unlink', values },
      args: { identity, from: input.stays, reason },
    };
    if (index === 0) return [unlink];
    const attach = {
      id: `attach:${identity.id}`,
      kind: 'attach',
      title: { key: 'unmerge.step-attach', values },
      args: { identity, step: unlink.id, toStep: FIRST, reason },
    };
    return [unlink, attach];
  });
}

function ruleSteps({ rules }: UnmergeOutcome): PlannedStep[] {
  return rules.flatMap(({ rule, body, drop }, index) => {
    const values = { action: rule.ruleType, target: rule.platformUserId ?? rule.phonePattern ?? '' };
    const make: PlannedStep = {
      id: `rule:${rule.id}`,
      kind: 'rule',
      title: { key: 'unmerge.step-rule', values },
      args: { index, body: body as Json },
    };
    if (drop === null) return [make];
    const title = { key: 'unmerge.step-drop-rule', values };
    return [make, { id: `drop-rule:${drop}`, kind: 'drop-rule', title, args: { id: drop } }];
  });
}

function routeSteps({ route, body, clear, drop }: UnmergeOutcome['routes'][number]): PlannedStep[] {
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
    step('route', { instanceId, body: body as Json }),
    ...(clear ? [step('clear', same)] : []),
    ...(isActive ? [step('activate', same)] : []),
    ...(drop === null ? [] : [step('drop-route', { instanceId, id: drop })]),
  ];
}
