import 'server-only';
import { listAccessRules } from '#lib/omni/resources/access.ts';
import { getAgent, listAgents, patchAgentOwner } from '#lib/omni/resources/agents.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { searchPersons } from '#lib/omni/resources/persons.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import type { Check, Json, StepContext } from '#lib/operations/plan/define.ts';
import { defineOperation } from '#lib/operations/plan/define.ts';
import { canonical } from '#lib/operations/plan/canonical.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { routeContent } from '#lib/routes/editor/content.ts';
import { hasFields, holds, identitySteps, made } from '#lib/persons/identities/identity-steps.ts';
import { side } from '#lib/persons/merge/merge-read.ts';
import { sameRule } from '#lib/persons/merge/merge-rules.ts';
import { type Side, type Unseen } from '#lib/persons/merge/merge-facts.ts';
import { routeChange, routeCreation, routeRemoval } from './route-steps.ts';
import { ruleCreation, ruleRemoval } from './rule-steps.ts';
import { contactsOfSide } from '#lib/persons/identities/unlink.ts';
import { planUnmerge, unmergeOutcome, type ComesBack, type UnmergeWorld } from './merge-undo-plan.ts';
import { unmergeInput, type UnmergeInput } from './merge-undo-input.ts';
import { firstStep } from './merge-undo-steps.ts';

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
  const [stays, taken, rules, routes, agents] = await Promise.all([
    side(omni, input.stays),
    phonesTaken(input, omni),
    part('access:read', () => listAccessRules(omni)),
    allows(scopes, 'routes:read') === 'no' ? { unseen: 'routes:read' } : routesOfUnmerge(input, omni),
    part('agents:read', () => listAgents(omni)),
  ]);
  if (!stays.ok) return stays;
  if (!taken.ok) return taken;
  const may = {
    rules: allows(scopes, 'access:write'),
    routes: allows(scopes, 'routes:write'),
    agents: allows(scopes, 'agents:write'),
  };
  return ok({ stays: stays.value, phonesTaken: taken.value, rules, routes, agents, may, now: Date.now() });
}

/** Those of the phones to come back that somebody other than who stays has now. */
async function phonesTaken({ people, stays }: UnmergeInput, omni: Omni): Promise<Result<string[], OmniError>> {
  const phones = people.flatMap(({ fields }) => (typeof fields.primaryPhone === 'string' ? fields.primaryPhone : []));
  const taken: string[] = [];
  for (const phone of phones) {
    const hits = await searchPersons(omni, { search: phone, limit: 100 });
    if (!hits.ok) return hits;
    if (hits.value.items.some(({ id, primaryPhone }) => primaryPhone === phone && id !== stays)) taken.push(phone);
  }
  return ok(taken);
}

/** The routes of the instances this is about; those that do not answer are named. */
async function routesOfUnmerge(input: UnmergeInput, omni: Omni): Promise<UnmergeWorld['routes']> {
  const ids = new Set([
    ...input.people.flatMap(({ routes }) => routes.map(({ route }) => route.instanceId)),
    ...input.replaced.map((one) => one.instanceId),
  ]);
  const answers = await fanOut(omni, [...ids], { concurrency: 8 }, (id, signal) => listRoutes(omni, id, signal));
  return {
    items: answers.flatMap((answer) => (answer.state === 'ok' ? answer.value : [])),
    missing: answers.flatMap((answer) => (answer.state === 'ok' ? [] : [answer.item])),
  };
}

type Context = StepContext<unknown, unknown>;
const back = ({ args, results }: Context) => made(results, (args as { first: string }).first);

/** Take a merge back: a person comes back with the fields, identities, rules and routes of who went, under a new id. */
export const unmergePersons = defineOperation<UnmergeInput, UnmergeWorld>({
  name: 'persons.unmerge',
  scopes: ['persons:write'],
  input: unmergeInput,
  subjects: ({ stays, people }) => [
    `person:${stays}`,
    ...people.flatMap(({ was, identities }) => [`person:${was}`, ...identities.map(({ id }) => `identity:${id}`)]),
  ],
  contacts: ({ people }, { stays }) => [
    ...contactsOfSide(stays),
    ...people.flatMap(({ fields, identities }) => [
      fields.primaryPhone as string,
      fields.primaryEmail as string,
      ...identities.map(({ platformUserId }) => platformUserId),
    ]),
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
    const { survivor, people } = unmergeOutcome(input, { ...before, stays: before.stays });
    const goes = people.map(({ was }) => made(results, firstStep(was)));
    const again = { stays: input.stays, reason: 'Joined again' };
    if (goes.length > 1) return { operation: 'persons.merge-many', input: { ...again, goes: goes.toReversed() } };
    const fields = Object.fromEntries(Object.keys(survivor).map((field) => [field, 'goes']));
    return { operation: 'persons.merge', input: { ...again, goes: goes[0] ?? '', fields, routes: {} } };
  },
});

type After = Omit<StepContext<UnmergeInput, UnmergeWorld>, 'args'>;

async function verify({ input, before, omni, results }: After): Promise<Check[]> {
  if (!before.stays) return [];
  const outcome = unmergeOutcome(input, { ...before, stays: before.stays });
  const stays = await side(omni, input.stays);
  const left = new Set(outcome.people.flatMap(({ identities }) => identities.map(({ id }) => id)));
  const others = before.stays.identities.filter(({ id }) => !left.has(id));
  const checks = await Promise.all(outcome.people.map((person) => checkPerson(person, results, omni)));
  return [
    ...checks.flat(),
    {
      text: { key: 'unmerge.checked-survivor' },
      held: stays.ok
        ? stays.value !== null && holdsAll(stays.value, others) && hasFields(stays.value.person, outcome.survivor)
        : null,
    },
  ];
}

async function checkPerson(person: ComesBack, results: Context['results'], omni: Omni): Promise<Check[]> {
  const id = made(results, firstStep(person.was));
  const fresh = await side(omni, id);
  const { identities } = person;
  return [
    {
      text: { key: 'unmerge.checked-identities', values: { count: identities.length, id } },
      held: fresh.ok ? holdsAll(fresh.value, identities) && fresh.value?.identities.length === identities.length : null,
    },
    {
      text: { key: 'unmerge.checked-fields' },
      held: fresh.ok ? fresh.value !== null && hasFields(fresh.value.person, person.fields) : null,
    },
    ...(await checkRules(person, id, omni)),
    ...(await checkRoutes(person, results, omni)),
  ];
}

const holdsAll = (person: Side | null, all: readonly { id: string }[]) => all.every((one) => holds(person, one));

async function checkRules({ rules }: ComesBack, personId: string, omni: Omni): Promise<Check[]> {
  if (rules.length === 0) return [];
  const now = await listAccessRules(omni);
  const held = now.ok
    ? rules.every(({ rule }) => now.value.some((one) => one.personId === personId && sameRule(one, rule)))
    : null;
  return [{ text: { key: 'merge.checked-rules', values: { count: rules.length } }, held }];
}

async function checkRoutes({ routes }: ComesBack, results: Context['results'], omni: Omni): Promise<Check[]> {
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
