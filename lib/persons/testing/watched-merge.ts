import 'server-only';
import { randomInt } from 'node:crypto';
import { checkAccess, createAccessRule, listAccessRules } from '#lib/omni/resources/access.ts';
import { listAgents } from '#lib/omni/resources/agents.ts';
import { listAllInstances } from '#lib/omni/resources/instances.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { patchPerson } from '#lib/omni/resources/persons.ts';
import type { Result } from '#lib/omni/result.ts';
import { createRoute, listRoutes } from '#lib/omni/resources/routes.ts';
import type { Identity, Person } from '#lib/omni/schemas/persons.ts';
import { allRoutesOf } from './routes-of.ts';
import { readPersonRecord } from '#lib/persons/record/person-record.ts';

/**
 * The blocked numbers: a pattern, so that each check asks for another handle (Omni caches its answers, contract §1.9). No
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

async function isAllowed(omni: Omni, instanceId: string, platformUserId: string): Promise<boolean> {
  return (await must(checkAccess(omni, { instanceId, platformUserId, channel: 'whatsapp-baileys' }))).allowed;
}

/** A person with all that a merge can lose: a phone, metadata, two effective deny rules, a route on each of two instances. */
export async function dress(omni: Omni, duplicate: string) {
  const [instances, agents, person] = await Promise.all([
    must(listAllInstances(omni)),
    must(listAgents(omni)),
    must(readPersonRecord(omni, duplicate)),
  ]);
  const handle = person?.identities[0]?.platformUserId;
  const agentId = agents.find(({ isActive }) => isActive)?.id;
  const open = await Promise.all(instances.map(({ id }) => isAllowed(omni, id, freshHandle())));
  const first = instances.find((_, index) => open[index]);
  const second = instances.find((each) => each !== first);
  if (!handle || !agentId || !first || !second) throw new Error('needs two instances, an agent and an identity');
  await must(
    patchPerson(omni, duplicate, {
      displayName: 'Registro Duplicado',
      primaryPhone: `+5500${String(Date.now()).slice(-9)}`,
      metadata: { plano: 'ouro' },
    }),
  );
  const rule = { instanceId: first.id, ruleType: 'deny', personId: duplicate, reason: DRESSED.reason } as const;
  await must(createAccessRule(omni, { ...rule, phonePattern: `+${BLOCKED}*` }));
  await must(createAccessRule(omni, { ...rule, platformUserId: handle }));
  const route = { scope: 'user', personId: duplicate, agentId } as const;
  await must(createRoute(omni, first.id, { ...route, label: 'uma', agentTimeout: 7, isActive: true }));
  await must(createRoute(omni, second.id, { ...route, label: 'outra', priority: 3, isActive: false }));
  return { handle, instances: [first.id, second.id] as const };
}

export type Dressed = Awaited<ReturnType<typeof dress>>;

/** Checks all the time whether a blocked handle is allowed, until stopped. Answers how often it asked and how often it was allowed. */
export function watch(omni: Omni, { handle, instances }: Dressed) {
  const state = { asked: 0, allowed: 0, over: false };
  const ask = async (platformUserId: string) => {
    const allowed = await isAllowed(omni, instances[0], platformUserId);
    state.asked += 1;
    if (allowed) state.allowed += 1;
  };
  const loop = (async () => {
    while (!state.over) {
      await ask(freshHandle());
      await ask(handle);
    }
  })();
  return {
    allowed: () => state.allowed,
    async stop() {
      state.over = true;
      await loop;
      return { asked: state.asked, allowed: state.allowed };
    },
  };
}

/** A person with the rules and routes that name them, without the ids of these rows. */
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
      .map(({ ruleType, phonePattern, platformUserId, enabled }) => ({
        ruleType,
        phonePattern,
        platformUserId,
        enabled,
      }))
      .sort((a, b) => (a.phonePattern ?? '').localeCompare(b.phonePattern ?? '')),
    routes: allRoutesOf(routes.flat(), id),
  };
}

const ids = (identities: Identity[]) => identities.map((one) => one.id).sort();

function fieldsOf({ displayName, primaryPhone, primaryEmail, avatarUrl, metadata }: Person) {
  return { displayName, primaryPhone, primaryEmail, avatarUrl, metadata };
}
