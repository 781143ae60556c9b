import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { rulesThatFitNobody } from '#lib/access/rules/fits-nobody.ts';
import { listRules } from '#lib/access/rules/listed-rule.ts';
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
    const { people, texts, allowlists } = await blockedPeople(omni(), await read());
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
    const { people } = await blockedPeople(omni(), await read());
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
      (await blockedPeople(omni(), await read())).texts.map(({ by, text, whom }) => `${by} ${text} ${whom}`).toSorted();
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
    const { ids, unchecked } = await rulesThatFitNobody(omni(), ['*'], lines);
    const said = lines.filter(({ id }) => ids.has(id)).map(({ handle, phone }) => handle ?? phone);
    expect(said.toSorted()).toEqual(['+5511000000888*', '5511000000999']);
    expect(unchecked).toBe(0);
    const without = await rulesThatFitNobody(omni(), ['access:read'], lines);
    expect([without.ids.size, without.unchecked > 0]).toEqual([0, true]);
  });
});
