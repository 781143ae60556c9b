import 'server-only';
import { listAccessRules } from '#lib/omni/access.ts';
import { getAgent, listAgents, patchAgentOwner } from '#lib/omni/agents.ts';
import type { OmniError } from '#lib/omni/errors.ts';
import { fanOut } from '#lib/omni/fan-out.ts';
import type { Omni } from '#lib/omni/omni.ts';
import { searchPersons } from '#lib/omni/persons.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { listRoutes } from '#lib/omni/routes.ts';
import type { Check, Json, StepContext } from '#lib/operations/define.ts';
import { defineOperation } from '#lib/operations/define.ts';
import { canonical } from '#lib/operations/canonical.ts';
import { allows } from '#lib/session/scopes.ts';
import { hasFields, holds, identitySteps, made } from './identity-steps.ts';
import { side } from './merge-read.ts';
import { routeContent } from './merge-routes.ts';
import { sameRule } from './merge-rules.ts';
import { type Side, type Unseen } from './merge-world.ts';
import { routeChange, routeCreation, routeRemoval } from './route-steps.ts';
import { ruleCreation, ruleRemoval } from './rule-steps.ts';
import { contactsOfSide } from './unlink.ts';
import { planUnmerge, unmergeOutcome, type UnmergeOutcome, type UnmergeWorld } from './unmerge-plan.ts';
import { unmergeInput, type UnmergeInput } from './unmerge-input.ts';
import { FIRST } from './unmerge-steps.ts';

async function read(
  input: UnmergeInput,
  omni: Omni,
  scopes: readonly string[] | null,
): Promise<Result<UnmergeWorld, OmniError>> {
  const part = async <T extends object>(
    scope: string,
    asked: () => Promise<Result<T, OmniError>>,
  ): Promise<T | Unseen> => {
    if (allows(scopes, scope) === 'no') return { unseen: scope };
    const answer = await asked();
    return answer.ok ? answer.value : { unseen: scope };
  };
  const [stays, holder, rules, routes, agents] = await Promise.all([
    side(omni, input.stays),
    holderOfPhone(input, omni),
    part('access:read', () => listAccessRules(omni)),
    allows(scopes, 'routes:read') === 'no' ? { unseen: 'routes:read' } : routesOfUnmerge(input, omni),
    part('agents:read', () => listAgents(omni)),
  ]);
  if (!stays.ok) return stays;
  if (!holder.ok) return holder;
  const may = {
    rules: allows(scopes, 'access:write'),
    routes: allows(scopes, 'routes:write'),
    agents: allows(scopes, 'agents:write'),
  };
  return ok({ stays: stays.value, phoneHolder: holder.value, rules, routes, agents, may, now: Date.now() });
}

async function holderOfPhone(input: UnmergeInput, omni: Omni): Promise<Result<UnmergeWorld['phoneHolder'], OmniError>> {
  const phone = input.goes.fields.primaryPhone;
  if (typeof phone !== 'string') return ok(null);
  const hits = await searchPersons(omni, { search: phone, limit: 100 });
  if (!hits.ok) return hits;
  const other = hits.value.items.find(({ id, primaryPhone }) => primaryPhone === phone && id !== input.stays);
  return ok(other ? { id: other.id, name: other.displayName } : null);
}

/** The routes of the instances this is about; those that do not answer are named. */
async function routesOfUnmerge(input: UnmergeInput, omni: Omni): Promise<UnmergeWorld['routes']> {
  const ids = new Set([
    ...input.routes.map(({ route }) => route.instanceId),
    ...input.replaced.map((one) => one.instanceId),
  ]);
  const answers = await fanOut(omni, [...ids], { concurrency: 8 }, (id, signal) => listRoutes(omni, id, signal));
  return {
    items: answers.flatMap((answer) => (answer.state === 'ok' ? answer.value : [])),
    missing: answers.flatMap((answer) => (answer.state === 'ok' ? [] : [answer.item])),
  };
}

type Context = StepContext<unknown, unknown>;
const back = ({ results }: Context) => made(results, FIRST);

/** Take a merge back: a person comes back with the fields, identities, rules and routes of who went, under a new id. */
export const unmergePersons = defineOperation<UnmergeInput, UnmergeWorld>({
  name: 'persons.unmerge',
  scopes: ['persons:write'],
  input: unmergeInput,
  subjects: ({ was, stays, goes }) => [
    `person:${stays}`,
    `person:${was}`,
    ...goes.identities.map(({ id }) => `identity:${id}`),
  ],
  contacts: ({ goes }, { stays }) => [
    ...contactsOfSide(stays),
    goes.fields.primaryPhone as string,
    goes.fields.primaryEmail as string,
    ...goes.identities.map(({ platformUserId }) => platformUserId),
  ],
  read,
  plan: planUnmerge,
  steps: {
    ...identitySteps,
    rule: ruleCreation(back),
    'drop-rule': ruleRemoval,
    route: routeCreation(back),
    clear: routeChange(() => ({ agentId: null })),
    activate: routeChange(() => ({ isActive: true })),
    'drop-route': routeRemoval,
    replace: routeChange(({ args }) => (args as { patch: { [key: string]: Json } }).patch),
    owner: {
      async run(context) {
        const answer = await patchAgentOwner(
          context.omni,
          (context.args as { agentId: string }).agentId,
          back(context),
        );
        return answer.ok ? ok(undefined) : answer;
      },
      async done(context) {
        const agent = await getAgent(context.omni, (context.args as { agentId: string }).agentId);
        if (!agent.ok) return { is: 'unknown' };
        return { is: agent.value.ownerId === back(context) ? 'yes' : 'no' };
      },
    },
  },
  verify,
  undo: ({ input, before, results }) => {
    if (!before.stays) return { impossible: { key: 'merge.no-undo' } };
    const { survivor } = unmergeOutcome(input, { ...before, stays: before.stays });
    const fields = Object.fromEntries(Object.keys(survivor).map((field) => [field, 'goes']));
    return {
      operation: 'persons.merge',
      input: { goes: made(results, FIRST), stays: input.stays, reason: 'Joined again', fields, routes: {} },
    };
  },
});

async function verify({
  input,
  before,
  omni,
  results,
}: Omit<StepContext<UnmergeInput, UnmergeWorld>, 'args'>): Promise<Check[]> {
  if (!before.stays) return [];
  const outcome = unmergeOutcome(input, { ...before, stays: before.stays });
  const id = made(results, FIRST);
  const [fresh, stays] = await Promise.all([side(omni, id), side(omni, input.stays)]);
  const others = before.stays.identities.filter((one) => !outcome.identities.some((each) => each.id === one.id));
  const holdsAll = (person: Side | null, all: readonly { id: string }[]) => all.every((one) => holds(person, one));
  return [
    {
      text: { key: 'unmerge.checked-identities', values: { count: outcome.identities.length, id } },
      held: fresh.ok
        ? holdsAll(fresh.value, outcome.identities) && fresh.value?.identities.length === outcome.identities.length
        : null,
    },
    {
      text: { key: 'unmerge.checked-fields' },
      held: fresh.ok ? fresh.value !== null && hasFields(fresh.value.person, outcome.fields) : null,
    },
    {
      text: { key: 'unmerge.checked-survivor' },
      held: stays.ok
        ? stays.value !== null && holdsAll(stays.value, others) && hasFields(stays.value.person, outcome.survivor)
        : null,
    },
    ...(await checkRules(outcome, id, omni)),
    ...(await checkRoutes(outcome, results, omni)),
  ];
}

async function checkRules({ rules }: UnmergeOutcome, personId: string, omni: Omni): Promise<Check[]> {
  if (rules.length === 0) return [];
  const now = await listAccessRules(omni);
  const held = now.ok
    ? rules.every(({ rule }) => now.value.some((one) => one.personId === personId && sameRule(one, rule)))
    : null;
  return [{ text: { key: 'merge.checked-rules', values: { count: rules.length } }, held }];
}

async function checkRoutes({ routes }: UnmergeOutcome, results: Context['results'], omni: Omni): Promise<Check[]> {
  if (routes.length === 0) return [];
  const held = await Promise.all(
    routes.map(async ({ route }) => {
      const now = await listRoutes(omni, route.instanceId);
      if (!now.ok) return null;
      const match = now.value.find(({ id }) => id === results[`route:${route.id}`]);
      return match !== undefined && canonical(routeContent(match)) === canonical(routeContent(route));
    }),
  );
  return [
    {
      text: { key: 'merge.checked-routes', values: { count: routes.length } },
      held: held.includes(false) ? false : held.includes(null) ? null : true,
    },
  ];
}
