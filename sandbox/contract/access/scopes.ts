import { expect } from 'vitest';
import type { Wire } from '../../world/tables.ts';
import { expectError } from '../suite/issues.ts';
import { at, data, NOBODY } from '../suite/omni.ts';
import { state } from '../suite/statements.ts';
import type { Trial } from '../suite/trial.ts';
import { accessGround } from './ground.ts';

const READ = 'Insufficient permissions. Required scope: access:read';
const WRITE = 'Insufficient permissions. Required scope: access:write';
const LOCK = 'Insufficient permissions. Lock instanceAllowlist does not include attempted target.';

/** What each call answers a key: list, that of its instance, of another, get; create elsewhere, at home, everywhere; change the person, with its instance; delete nothing; check at home, elsewhere; the bare path. */
const ALL = [200, 200, 200, 200, 201, 201, 201, 200, 200, 404, 200, 200, 403];
const READS = [200, 200, 200, 200, 403, 403, 403, 403, 403, 403, 200, 200, 403];
const WRITES = [403, 403, 403, 403, 201, 201, 201, 200, 200, 404, 403, 403, 403];
const NONE = ALL.map(() => 403);
const LOCKED = [403, 403, 403, 403, 403, 201, 403, 403, 200, 403, 200, 403, 403];
/** February asked no scope here, whatever the key (contract §1.3). */
const FEBRUARY = [...ALL.slice(0, 12), 500];

const KEYS: [id: string, title: string, key: (own: string) => Wire, statuses: number[]][] = [
  ['R1', 'access:read', () => ({ scopes: ['access:read'] }), READS],
  ['R2', 'access:write alone', () => ({ scopes: ['access:write'] }), WRITES],
  ['R3', 'persons:read and persons:write', () => ({ scopes: ['persons:read', 'persons:write'] }), NONE],
  ['R4', 'persons and access:read', () => ({ scopes: ['persons:read', 'persons:write', 'access:read'] }), READS],
  ['R5', 'access:*', () => ({ scopes: ['access:*'] }), ALL],
  ['R6', 'access:* and instanceIds', (own) => ({ scopes: ['access:*'], instanceIds: [own] }), ALL],
  ['R7', 'access:* and a lock', (own) => ({ scopes: ['access:*'], instanceAllowlist: [own] }), LOCKED],
  ['R8', '* and a lock', (own) => ({ scopes: ['*'], instanceAllowlist: [own] }), LOCKED],
];

/** The API locks only keys of a profile, whose scopes are the profile's: these were written past it. */
async function lockedKey(trial: Trial, key: Wire, instance: string): Promise<string> {
  if (trial.target.release === 'feb') trial.skip('February has no locks');
  const { id, secret } = await trial.key(key);
  const change = 'UPDATE api_keys SET instance_allowlist = ? WHERE id = ?';
  await trial.inside().write(change, [JSON.stringify([instance]), id]);
  return secret;
}

for (const [id, title, keyOf, statuses] of KEYS) {
  state(id, `a key with ${title}`, async (trial) => {
    const ground = await accessGround(trial);
    const [own = '', , , other = ''] = ground.instances;
    const { instanceAllowlist, ...key } = keyOf(own);
    const locked = instanceAllowlist !== undefined;
    const secret = locked ? await lockedKey(trial, key, own) : (await trial.key(key)).secret;
    const { id: personId } = await trial.person();
    const denied = { ruleType: 'deny', platformUserId: `acc-${id}` };
    const rule = (reason: string, instanceId: string | null) => ({ ...denied, instanceId, reason });
    await ground.withRules([rule('s1', own), rule('s2', other)], async ([first]) => {
      const path = `/access/rules/${String(first?.id)}`;
      const asked = { platformUserId: 'acc-r', channel: 'whatsapp-baileys' };
      const calls: [method: string, path: string, body?: Wire][] = [
        ['GET', '/access/rules'],
        ['GET', `/access/rules?instanceId=${own}`],
        ['GET', `/access/rules?instanceId=${other}`],
        ['GET', path],
        ['POST', '/access/rules', rule('c1', other)],
        ['POST', '/access/rules', rule('c2', own)],
        ['POST', '/access/rules', rule('c3', null)],
        ['PATCH', path, { personId }],
        ['PATCH', path, { personId, instanceId: own }],
        ['DELETE', `/access/rules/${NOBODY}`],
        ['POST', '/access/check', { instanceId: own, ...asked }],
        ['POST', '/access/check', { instanceId: other, ...asked }],
        ['GET', '/access'],
      ];
      const answers = [];
      for (const [method, to, body] of calls) answers.push(await trial.call(method, to, body, { key: secret }));
      const made = answers.flatMap((answer) => (answer.status === 201 ? [data(answer).id] : []));
      const wanted = ground.release === 'feb' ? FEBRUARY : statuses;
      // A key with `*` is not asked for scopes: the bare path is only locked.
      expect(answers.map(({ status }) => status)).toEqual(wanted);
      const words = new Set(
        answers.slice(0, 12).flatMap((answer) => (answer.status === 403 ? [at(answer, 'error.message')] : [])),
      );
      if (ground.release !== 'feb')
        expect([...words].filter((text) => ![READ, WRITE, LOCK].includes(String(text)))).toEqual([]);
      if (locked) expect(at(answers[0] ?? fail(), 'error')).toMatchObject({ lock: 'instanceAllowlist', attempted: '' });
      if (locked)
        expect(at(answers[4] ?? fail(), 'error')).toMatchObject({ lock: 'instanceAllowlist', attempted: other });
      return made;
    });
  });
}

function fail(): never {
  throw new Error('no answer');
}

state('R9', 'no key', async ({ call }: Trial) => {
  const message = 'API key required. Provide via x-api-key header or api_key query parameter.';
  expectError(await call('GET', '/access/rules', undefined, { key: null }), 401, 'UNAUTHORIZED', message);
});

state('R10', 'a locked key takes a deny rule from an instance it may not touch', async (trial) => {
  const { instances, withRules, check } = await accessGround(trial);
  const [own = '', , , other = ''] = instances;
  const secret = await lockedKey(trial, { scopes: ['access:*'] }, own);
  await withRules([{ instanceId: other, ruleType: 'deny', platformUserId: 'acc-r10' }], async ([rule]) => {
    expect(await check('acc-r10', other)).toMatchObject({ allowed: false });
    const answer = await trial.call('PATCH', `/access/rules/${String(rule?.id)}`, { instanceId: own }, { key: secret });
    expect([answer.status, at(answer, 'data.instanceId')]).toEqual([200, own]);
    expect(await check('acc-r10', other)).toMatchObject({ allowed: true });
  });
});
