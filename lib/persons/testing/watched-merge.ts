import 'server-only';
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  checkAccess,
  createAccessRule,
  deleteAccessRule,
  listAccessRules,
  patchAccessRule,
} from '#lib/omni/resources/access.ts';
import { listAgents } from '#lib/omni/resources/agents.ts';
import { listAllInstances } from '#lib/omni/resources/instances.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { patchPerson } from '#lib/omni/resources/persons.ts';
import type { Result } from '#lib/omni/result.ts';
import { createRoute, listRoutes } from '#lib/omni/resources/routes.ts';
import type { AccessRuleBody } from '#lib/omni/schemas/access.ts';
import type { Identity, Person } from '#lib/omni/schemas/persons.ts';
import { allRoutesOf } from './routes-of.ts';
import { readPersonRecord } from '#lib/persons/record/person-record.ts';

/**
 * The blocked numbers: a pattern, so that each check asks for another handle (Omni keeps its answers, case Q10). No
 * telephone has area code 09, so that nobody is blocked by it on a real server.
 */
const BLOCKED = '5509987';

/** The reason and labels of the rules and routes created here. */
export const DRESSED = { reason: 'spam (scenario of a merge)', labels: ['uma', 'outra'] };

/** The answer, or what Omni said instead. */
export async function must<T>(asked: Promise<Result<T, unknown>>): Promise<T> {
  const answer = await asked;
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value;
}

const freshHandle = () => `${BLOCKED}${randomInt(1e9)}@s.whatsapp.net`;

/** A server with its own limit of calls is asked again when it says so. */
async function isAllowed(omni: Omni, instanceId: string, platformUserId: string): Promise<boolean> {
  const asked = await checkAccess(omni, { instanceId, platformUserId, channel: 'whatsapp-baileys' });
  if (asked.ok || asked.error.kind !== 'rate_limited') return (await must(Promise.resolve(asked))).allowed;
  await sleep(asked.error.retryAfterMs);
  return isAllowed(omni, instanceId, platformUserId);
}

/** One who is asked about again and again; a function gives another handle each time. */
type Asked = { instanceId: string; handle: string | (() => string) };
type Ground = { handle: string; first: string; second: string; allowlist: string | null };
type Shape = { rules: AccessRuleBody[]; asked: Asked[] };

/** What a rule of the duplicate can be, and whom it lets in or not. Null where the server has no instance for it. */
const RULE_SHAPES = {
  'a phone rule on an instance': ({ first }) => ({
    rules: [{ instanceId: first, ruleType: 'deny', phonePattern: `+${BLOCKED}*` }],
    asked: [{ instanceId: first, handle: freshHandle }],
  }),
  'a handle rule': ({ first, handle }) => ({
    rules: [{ instanceId: first, ruleType: 'deny', platformUserId: handle, priority: 4, action: 'silent_block' }],
    asked: [{ instanceId: first, handle }],
  }),
  'a global rule': ({ first, second, handle }) => ({
    rules: [{ instanceId: null, ruleType: 'deny', platformUserId: handle }],
    asked: [first, second].map((instanceId) => ({ instanceId, handle })),
  }),
  'an allow rule in an allowlist': ({ allowlist, handle }) =>
    allowlist === null
      ? null
      : {
          rules: [{ instanceId: allowlist, ruleType: 'allow', platformUserId: handle }],
          asked: [{ instanceId: allowlist, handle }],
        },
  'a rule with only a person': ({ first, handle }) => ({
    rules: [{ instanceId: first, ruleType: 'deny' }],
    asked: [{ instanceId: first, handle }],
  }),
  'a rule that is off': ({ first, handle }) => ({
    rules: [
      {
        instanceId: first,
        ruleType: 'deny',
        platformUserId: handle,
        enabled: false,
        expiresAt: '2020-01-01T00:00:00Z',
      },
    ],
    asked: [{ instanceId: first, handle }],
  }),
} satisfies Record<string, (ground: Ground) => Shape | null>;
export type RuleShape = keyof typeof RULE_SHAPES;
const shapeOf: Record<RuleShape, (ground: Ground) => Shape | null> = RULE_SHAPES;

export const ALL_SHAPES = Object.keys(RULE_SHAPES) as RuleShape[];

/** A person with all that a merge can lose: a phone, metadata, access rules of these shapes, a route on each of two instances. */
export async function dress(
  omni: Omni,
  duplicate: string,
  shapes: readonly RuleShape[] = ['a phone rule on an instance', 'a handle rule'],
) {
  const [instances, agents, person] = await Promise.all([
    must(listAllInstances(omni)),
    listAgents(omni),
    must(readPersonRecord(omni, duplicate)),
  ]);
  const handle = person?.identities[0]?.platformUserId;
  const agentId = agents.ok ? agents.value.find(({ isActive }) => isActive)?.id : undefined;
  const blocklists = instances.filter(({ accessMode }) => accessMode === 'blocklist');
  const open = await Promise.all(blocklists.map(({ id }) => isAllowed(omni, id, freshHandle())));
  const first = blocklists.find((_, index) => open[index]);
  const second = blocklists.find((each) => each !== first);
  if (!handle || !first || !second || (agents.ok && !agentId))
    throw new Error('needs two instances, an agent and an identity');
  if (!agents.ok) process.stderr.write('this release has no agents: nobody gets a route\n');
  await must(
    patchPerson(omni, duplicate, {
      displayName: 'Registro Duplicado',
      primaryPhone: `+5500${String(Date.now()).slice(-9)}`,
      metadata: { plano: 'ouro' },
    }),
  );
  const allowlist = instances.find(({ accessMode }) => accessMode === 'allowlist')?.id ?? null;
  const ground = { handle, first: first.id, second: second.id, allowlist };
  const worn = shapes.flatMap((name) => shapeOf[name](ground) ?? []);
  for (const rule of worn.flatMap(({ rules }) => rules))
    await must(createAccessRule(omni, { ...rule, personId: duplicate, reason: DRESSED.reason }));
  if (agentId) {
    const route = { scope: 'user', personId: duplicate, agentId } as const;
    await must(createRoute(omni, first.id, { ...route, label: 'uma', agentTimeout: 7, isActive: true }));
    await must(createRoute(omni, second.id, { ...route, label: 'outra', priority: 3, isActive: false }));
  }
  return { handle, instances: [first.id, second.id] as const, asked: worn.flatMap(({ asked }): Asked[] => asked) };
}

export type Dressed = Awaited<ReturnType<typeof dress>>;

/**
 * Asks every `pause` ms (20 unless told) whether each of those whom the rules are about is let in, until stopped, while a
 * foreign writer clears what Omni keeps.
 * Answers how often it asked, and how often the answer was another than at first.
 */
export async function watch(omni: Omni, { asked, instances }: Dressed, pause = 20) {
  const ask = ({ instanceId, handle }: Asked) =>
    isAllowed(omni, instanceId, typeof handle === 'string' ? handle : handle());
  const before = await Promise.all(asked.map(ask));
  const unrelated = await must(
    createAccessRule(omni, {
      instanceId: instances[0],
      ruleType: 'deny',
      platformUserId: `nobody-${randomInt(1e9)}`,
      reason: DRESSED.reason,
    }),
  );
  const state = { asked: 0, wrong: 0, over: false };
  const asking = (async () => {
    while (!state.over) {
      const now = await Promise.all(asked.map(ask));
      state.asked += now.length;
      state.wrong += now.filter((allowed, index) => allowed !== before[index]).length;
      await sleep(pause);
    }
  })();
  const writing = (async () => {
    while (!state.over) {
      await patchAccessRule(omni, unrelated.id, {});
      await sleep(pause * 0.75);
    }
  })();
  return {
    before,
    wrong: () => state.wrong,
    async stop() {
      state.over = true;
      await Promise.all([asking, writing]);
      await deleteAccessRule(omni, unrelated.id);
      return { asked: state.asked, wrong: state.wrong };
    },
  };
}

/** A person with the rules and routes that name them: rules keep their ids, routes don't. */
export async function portrait(omni: Omni, id: string, { instances }: Dressed) {
  const [record, rules, routes] = await Promise.all([
    must(readPersonRecord(omni, id)),
    must(listAccessRules(omni)),
    Promise.all(instances.map((instance) => must(listRoutes(omni, instance)))),
  ]);
  return {
    there: record !== null,
    fields: record && fieldsOf(record.person),
    identities: record ? ids(record.identities) : [],
    rules: rules
      .filter(({ personId }) => personId === id)
      .map(({ personId: _personId, updatedAt: _updatedAt, ...rule }) => rule)
      .sort((a, b) => a.id.localeCompare(b.id)),
    routes: allRoutesOf(routes.flat(), id),
  };
}

const ids = (identities: Identity[]) => identities.map((one) => one.id).sort();

function fieldsOf({ displayName, primaryPhone, primaryEmail, avatarUrl, metadata }: Person) {
  return { displayName, primaryPhone, primaryEmail, avatarUrl, metadata };
}
