import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { rulesThatFitNobody } from '#lib/access/rules/fits-nobody.ts';
import { listRules } from '#lib/access/rules/listed-rule.ts';
import { readAccess } from '#lib/access/rules/read-access.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { listAccessRules } from '#lib/omni/resources/access.ts';
import { listAllInstances } from '#lib/omni/resources/instances.ts';
import { credentialFor } from '#lib/omni/testing/fixture-server.ts';
import { blockedPeople } from './blocked-people.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';

const { sandbox, control } = await ownSandbox({ persons: 60 });
beforeAll(async () => {
  await control.write('DELETE FROM access_rules', []);
});

const omni = () => omniAs(credentialFor(sandbox.url, sandbox.keys.admin), {});

async function somebody(displayName: string, platformUserId: string): Promise<string> {
  const id = randomUUID();
  await control.rows({
    persons: [{ id, displayName }],
    platform_identities: [{ personId: id, instanceId: WHATSAPP, platformUserId }],
  });
  return id;
}

async function read() {
  const [rules, instances] = await Promise.all([listAccessRules(omni()), listAllInstances(omni())]);
  if (!rules.ok || !instances.ok) throw new Error('not read');
  return { rules: rules.value, instances: instances.value, matchers: ['exact' as const], now: Date.now() };
}

const rule = (fields: object) =>
  control.rows({ access_rules: [{ instanceId: WHATSAPP, ruleType: 'deny', enabled: true, ...fields }] });

describe('people: blocked', () => {
  it('names whom rules block by handle, by phone and by pattern, and nobody who only resembles them', async () => {
    const ana = await somebody('Ana Bloqueada', '5511955501001');
    const bia = await somebody('Bia Bloqueada', '5511955502001@s.whatsapp.net');
    const rui = await somebody('Rui Livre', '5511955501001999@s.whatsapp.net');
    const lia = await somebody('Lia Liberada', '5511955503001');
    await rule({ platformUserId: '5511955501001' });
    await rule({ phonePattern: '+5511955502*' });
    await rule({ platformUserId: '5511955503001' });
    await rule({ platformUserId: '5511955503001', ruleType: 'allow', priority: 5 });
    const { people, texts, allowlists } = await blockedPeople(omni(), await read(), 'current');
    const ids = [...people.values()].map(({ id }) => id);
    expect([ids.includes(ana), ids.includes(bia), ids.includes(rui), ids.includes(lia)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(texts).toEqual([]);
    expect(allowlists).toEqual(
      (await read()).instances.filter((one) => one.accessMode === 'allowlist').map((one) => one.name),
    );
  });

  it('does not name who is blocked only by the mode of an instance, which is said of the instance', async () => {
    const closed = (await read()).instances.find((one) => one.accessMode === 'allowlist')?.id ?? '';
    const personId = randomUUID();
    const platformUserId = `9${String(Date.now()).slice(-8)}`;
    await control.rows({
      persons: [{ id: personId, displayName: 'Davi de Fora' }],
      platform_identities: [{ personId, instanceId: closed, platformUserId }],
    });
    await rule({ platformUserId: `${platformUserId}0000`, personId });
    const { people } = await blockedPeople(omni(), await read(), 'current');
    expect(people.get(personId)).toBeUndefined();
    await control.write('DELETE FROM access_rules WHERE person_id = ?', [personId]);
  });

  it('names phones and handles that no person has, and those whose people could not all be found', async () => {
    await control.write('DELETE FROM access_rules', []);
    await somebody('Gil Parecido', '551195551100123@s.whatsapp.net');
    await rule({ platformUserId: '5511955511001@s.whatsapp.net' });
    await rule({ platformUserId: '5511955511002' });
    await rule({ platformUserId: 'ninguem.aqui' });
    await rule({ phonePattern: '+5521955511*' });
    await rule({ phonePattern: '*', priority: -1 });
    // One that another comes before blocks nothing, nor does one that names only a person.
    await rule({ platformUserId: '5511955511009' });
    await rule({ platformUserId: '5511955511009', ruleType: 'allow', priority: 5 });
    const said = async () =>
      (await blockedPeople(omni(), await read(), 'current')).texts
        .map(({ by, text, whom }) => `${by} ${text} ${whom}`)
        .toSorted();
    expect(await said()).toEqual([
      'handle ninguem.aqui nobody',
      'phone (11) 95551-1001 nobody',
      'phone (11) 95551-1002 nobody',
      'phone * not-all',
      'phone +5521955511* nobody',
    ]);
    await control.fault({ kind: 'status', status: 500, path: '/persons', times: null });
    expect(await said()).toEqual([
      'handle ninguem.aqui not-all',
      'phone (11) 95551-1001 not-all',
      'phone (11) 95551-1002 not-all',
      'phone * not-all',
      'phone +5521955511* not-all',
    ]);
    await control.clearFaults();
    await control.write('DELETE FROM access_rules', []);
  });
});

describe('access rules: matches nobody', () => {
  it('is said only where no handle of Omni holds what a rule names', async () => {
    await somebody('Eva', '5511955509001@s.whatsapp.net');
    await rule({ platformUserId: '5511955509001@s.whatsapp.net', priority: 1 });
    await rule({ platformUserId: '5511000000999' });
    await rule({ phonePattern: '+5511000000888*' });
    await rule({ phonePattern: '*9' });
    const { rules, instances, now } = await read();
    const lines = listRules(rules, instances, now);
    const { ids, unchecked } = await rulesThatFitNobody(omni(), { scopes: ['*'], generation: 'current' }, lines);
    const said = lines.filter(({ id }) => ids.has(id)).map(({ handle, phone }) => handle ?? phone);
    expect(said.toSorted()).toEqual(['+5511000000888*', '5511000000999']);
    expect(unchecked).toBe(0);
    const without = await rulesThatFitNobody(omni(), { scopes: ['access:read'], generation: 'current' }, lines);
    expect([without.ids.size, without.unchecked > 0]).toEqual([0, true]);
  });
});

it('readAccess: rules expire by Omni’s clock, whatever this machine’s says', async () => {
  await rule({ platformUserId: '5511955509901', expiresAt: new Date(Date.now() + 3_600_000).toISOString() });
  const states = async () => {
    const access = await readAccess(readingFresh(omni()), { scopes: ['*'], capabilities: { generation: 'current' } });
    if (access.is !== 'read') throw new Error(access.part);
    const { rules, instances, now } = access.read;
    return listRules(rules, instances, now).find(({ handle }) => handle === '5511955509901')?.state;
  };
  expect(await states()).toBe('decides');
  await control.moveClock(2 * 3_600_000);
  expect(await states()).toBe('expired');
  await control.moveClock(-2 * 3_600_000);
});

const { sandbox: february, control: old } = await ownSandbox({ persons: 60, generation: 'feb' });

describe('February’s server, whose search finds no handles', () => {
  it('never says of a handle that nobody has it', async () => {
    await old.write('DELETE FROM access_rules', []);
    const [{ platform_user_id: handle } = { platform_user_id: '' }] = await old.sql<{ platform_user_id: string }>(
      "SELECT platform_user_id FROM platform_identities WHERE platform_user_id LIKE '%@lid' AND person_id IS NOT NULL LIMIT 1",
    );
    expect(handle).toMatch(/@lid$/);
    await old.rows({
      access_rules: [{ instanceId: WHATSAPP, ruleType: 'deny', enabled: true, platformUserId: handle }],
    });
    const handleOfFebruary = omniAs(credentialFor(february.url, february.keys.admin), {});
    const [rules, instances] = await Promise.all([
      listAccessRules(handleOfFebruary),
      listAllInstances(handleOfFebruary),
    ]);
    if (!rules.ok || !instances.ok) throw new Error('not read');
    const access = { rules: rules.value, instances: instances.value, matchers: ['exact' as const], now: Date.now() };
    const lines = listRules(rules.value, instances.value, Date.now());
    const about = { scopes: ['*'], generation: 'february' as const };
    expect(await rulesThatFitNobody(handleOfFebruary, about, lines)).toEqual({ ids: new Set(), unchecked: 1 });
    const { texts } = await blockedPeople(handleOfFebruary, access, 'february');
    expect(texts.map(({ whom }) => whom)).toEqual(['not-all']);
    // As any other server it would have been said that nobody has it.
    const wrong = await blockedPeople(handleOfFebruary, access, 'current');
    expect(wrong.texts.map(({ whom }) => whom)).toEqual(['nobody']);
  });
});
