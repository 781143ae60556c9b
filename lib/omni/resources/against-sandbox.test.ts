import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { checkAccess, createAccessRule, deleteAccessRule, listAccessRules, patchAccessRule } from './access.ts';
import { getAgent, listAgents } from './agents.ts';
import { listAudit } from './audit.ts';
import { validateKey } from './auth.ts';
import { listAutomationsNaming } from './automations.ts';
import { takeFromBudget } from '#lib/omni/paging/budget.ts';
import { getChat, listChats, listParticipants } from './chats.ts';
import { credentialFor } from '#lib/omni/testing/fixture-server.ts';
import { getHealth } from './health.ts';
import { getInstance, getInstanceStatus, listAllInstances } from './instances.ts';
import { createKey, deleteKey, getKey, listKeyAudit, listKeys, patchKey, revokeKey } from './keys.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { findOwnKey, isOwnKey } from './own-key.ts';
import {
  getPerson,
  getPresence,
  getTimeline,
  linkIdentities,
  listPersons,
  mergePersons,
  patchPerson,
  searchPersons,
  unlinkIdentity,
} from './persons.ts';
import { checkProvider, getProvider, listProviders } from './providers.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import type { Result } from '#lib/omni/result.ts';
import { createRoute, deleteRoute, getRoute, getRouteMetrics, listRoutes, patchRoute } from './routes.ts';
import { accessRulesSnapshot, agentsSnapshot, instancesSnapshot, routesSnapshot } from '#lib/omni/cache/snapshot.ts';

/** The value, or a failure that shows the error. */
async function value<T>(answer: Promise<Result<T, unknown>>): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new Error(`Omni answered ${JSON.stringify(result.error)}`);
  return result.value;
}

function first<T>(list: readonly T[]): T {
  const [one] = list;
  if (one === undefined) throw new Error('an empty list');
  return one;
}

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe.each(['measured', 'published', 'feb'] as const)('the %s generation', (generation) => {
  let sandbox: Sandbox;
  let omni: Omni;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, persons: 120, generation });
    omni = omniAs(credentialFor(sandbox.url, sandbox.keys.admin), { actor: 'Zé 🎉', clientIp: '203.0.113.9' });
  });
  afterAll(() => sandbox.stop());

  test('health and the key', async () => {
    expect(await value(getHealth(omni))).toMatchObject({ status: 'healthy' });
    expect(await value(validateKey(omni))).toMatchObject({ valid: true, scopes: ['*'] });
    const credential = credentialFor(sandbox.url, sandbox.keys.admin);
    const own = await value(findOwnKey(omni, credential));
    expect(own).toMatchObject({ name: '__primary__' });
    for (const { id, name } of await value(listKeys(omni))) {
      expect(await value(isOwnKey(omni, credential, id))).toBe(name === '__primary__');
    }
  });

  test('persons', async () => {
    const page = await value(listPersons(omni, { limit: 50 }));
    expect(page.items).toHaveLength(50);
    expect(page.meta).toMatchObject({ hasMore: true, cursor: expect.stringMatching(ISO) });
    const { items } = await value(searchPersons(omni, { search: 'Silva', limit: 10 }));
    for (const person of [...page.items, ...items]) expect(person.createdAt).toMatch(ISO);
    expect(await value(getPerson(omni, first(items).id))).toMatchObject({ id: first(items).id });
    for (const { id } of page.items.slice(0, 10)) {
      expect((await value(getPresence(omni, id))).person.id).toBe(id);
      await value(getTimeline(omni, id));
    }
  });

  test('instances, routes, chats, providers', async () => {
    const instances = await value(listAllInstances(omni));
    expect(await value(instancesSnapshot(omni))).toEqual(instances);
    let routes = 0;
    for (const { id } of instances) {
      expect(await value(getInstance(omni, id))).toMatchObject({ id });
      await value(getInstanceStatus(omni, id));
      const list = await value(listRoutes(omni, id));
      expect(await value(routesSnapshot(omni, id))).toEqual(list);
      for (const route of list) expect(await value(getRoute(omni, id, route.id))).toEqual(route);
      routes += list.length;
    }
    expect(routes).toBeGreaterThan(0);
    expect(await value(getRouteMetrics(omni))).toHaveProperty('cache.hitRate');
    const chats = await value(listChats(omni, { limit: 100 }));
    expect(await value(getChat(omni, first(chats.items).id))).toEqual(first(chats.items));
    await value(listParticipants(omni, first(chats.items).id));
    const provider = first(await value(listProviders(omni)));
    expect(await value(getProvider(omni, provider.id))).toEqual(provider);
    expect(await value(checkProvider(omni, provider.id))).toHaveProperty('healthy');
  });

  test('keys, access rules', async () => {
    const key = first(await value(listKeys(omni)));
    expect((await value(getKey(omni, key.id))).name).toBe(key.name);
    await value(listKeyAudit(omni, key.id));
    expect(await value(accessRulesSnapshot(omni))).toEqual(await value(listAccessRules(omni)));
    const check = { instanceId: WHATSAPP, platformUserId: '5511987654321@s.whatsapp.net', channel: 'whatsapp-baileys' };
    expect(await value(checkAccess(omni, check))).toHaveProperty('allowed');
  });

  test.skipIf(generation === 'feb')('agents, audit and automations', async () => {
    const agents = await value(listAgents(omni));
    expect(await value(getAgent(omni, first(agents).id))).toEqual(first(agents));
    expect(await value(agentsSnapshot(omni))).toEqual(agents);
    expect(await value(listAutomationsNaming(omni, [WHATSAPP]))).toBeInstanceOf(Array);
    expect((await value(listAudit(omni))).meta).toHaveProperty('hasMore');
  });

  test('the budget is known after one answer', async () => {
    await value(listPersons(omni, { limit: 1 }));
    expect(takeFromBudget(omni)).toBe(0);
  });
});

describe('omni resources: writes to the sandbox', () => {
  let sandbox: Sandbox;
  let omni: Omni;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, persons: 120 });
    omni = omniAs(credentialFor(sandbox.url, sandbox.keys.admin), { actor: 'Zé 🎉' });
  });
  afterAll(() => sandbox.stop());

  test('a person is changed, and kept apart from one with the same phone', async () => {
    const [one, two] = (await value(listPersons(omni, { limit: 100 }))).items.filter((person) => person.primaryPhone);
    expect(await value(patchPerson(omni, one?.id ?? '', { displayName: 'Nova Pessoa' }))).toMatchObject({
      displayName: 'Nova Pessoa',
    });
    expect(await patchPerson(omni, one?.id ?? '', { primaryPhone: two?.primaryPhone ?? '' })).toMatchObject({
      error: { kind: 'conflict', field: 'primary_phone' },
    });
  });

  test('identities are linked, unlinked and merged', async () => {
    const [a, b] = await Promise.all(
      (await value(listPersons(omni, { limit: 20 }))).items.map(({ id }) => value(getPresence(omni, id))),
    ).then((all) => all.filter(({ identities }) => identities.length > 0));
    const body = { identityA: a?.identities[0]?.id ?? '', identityB: b?.identities[0]?.id ?? '' };
    const linked = await value(linkIdentities(omni, body, { secondPersonHasOthers: true, planIsMerge: true }));
    expect(linked.id).toBe(a?.person.id);
    const apart = await value(unlinkIdentity(omni, { identityId: body.identityB, reason: 'wrong person' }));
    expect(apart.identity).toMatchObject({ linkReason: 'wrong person', personId: apart.person.id });
    const merged = await value(mergePersons(omni, { sourcePersonId: apart.person.id, targetPersonId: linked.id }));
    expect(merged).toMatchObject({ deletedPersonId: apart.person.id, mergedIdentityIds: [body.identityB] });
    expect(await getPerson(omni, apart.person.id)).toMatchObject({
      error: { kind: 'not_found', resource: 'Person', resourceId: apart.person.id },
    });
  });

  test('a route, a rule and a key are created, changed and deleted', async () => {
    const [agent, chats] = [first(await value(listAgents(omni))), await value(listChats(omni, { limit: 100 }))];
    const taken = new Set((await value(listRoutes(omni, WHATSAPP))).map(({ chatId }) => chatId));
    const chat = chats.items.find(({ id, instanceId }) => instanceId === WHATSAPP && !taken.has(id));
    const route = { scope: 'chat' as const, chatId: chat?.id ?? '', agentId: agent.id, label: 'via console' };
    const made = await value(createRoute(omni, WHATSAPP, route));
    expect(made).toMatchObject({ ...route, isActive: true });
    expect((await createRoute(omni, WHATSAPP, route)).ok).toBe(false);
    expect(await value(patchRoute(omni, WHATSAPP, made.id, { agentTimeout: 30, isActive: false }))).toMatchObject({
      agentTimeout: 30,
      isActive: false,
    });
    expect(await value(deleteRoute(omni, WHATSAPP, made.id))).toBeUndefined();

    const rule = await value(createAccessRule(omni, { ruleType: 'deny', phonePattern: '+5599*', reason: 'spam' }));
    expect(await value(patchAccessRule(omni, rule.id, { enabled: false }))).toMatchObject({ enabled: false });
    expect(await value(deleteAccessRule(omni, rule.id))).toBeUndefined();

    const key = await value(createKey(omni, { name: 'integration', scopes: ['persons:read'], instanceIds: [] }));
    expect(key.plainTextKey).toMatch(/^omni_sk_/);
    const theirs = omniAs(credentialFor(sandbox.url, key.plainTextKey));
    expect((await listPersons(theirs)).ok).toBe(true);
    expect(await listKeys(theirs)).toMatchObject({ error: { kind: 'forbidden', scope: 'keys:read' } });
    expect(await validateKey(theirs)).toMatchObject({ error: { kind: 'forbidden', scope: 'auth:validate' } });
    expect(await value(patchKey(omni, key.id, { description: 'for a test' }))).toMatchObject({ instanceIds: [] });
    expect(await value(revokeKey(omni, key.id, { reason: 'over' }))).toMatchObject({
      status: 'revoked',
      revokeReason: 'over',
    });
    expect(await listPersons(theirs)).toMatchObject({ error: { kind: 'unauthorized' } });
    expect(await value(deleteKey(omni, key.id))).toBeUndefined();
    expect(await getKey(omni, key.id)).toMatchObject({ error: { kind: 'not_found' } });
  });

  test('Omni’s audit holds the actor', async () => {
    const { items } = await value(listAudit(omni, { targetType: 'route' }));
    expect(decodeURIComponent(first(items).actor ?? '')).toBe('Zé 🎉');
  });

  test('a viewer gets the missing scope, and the key one is signed in with is guarded', async () => {
    const viewer = omniAs(credentialFor(sandbox.url, sandbox.keys.viewer));
    const { id } = first((await value(listPersons(viewer))).items);
    expect(await patchPerson(viewer, id, { displayName: 'x' })).toMatchObject({
      error: { kind: 'forbidden', scope: 'persons:write' },
    });
    const primary = (await value(listKeys(omni))).find(({ name }) => name === '__primary__');
    expect(await deleteKey(omni, primary?.id ?? '')).toMatchObject({
      error: { kind: 'invalid', code: 'own_key' },
    });
  });
});
