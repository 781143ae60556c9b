import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openStore, type Store } from '#lib/store/database.ts';
import { readEntry } from '#lib/operations/journal/journal.ts';
import { preview, type Runner } from '#lib/operations/plan/preview.ts';
import { start } from '#lib/operations/run/run.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { carryOut, handleFor, personRows, runnerOfPersons, takeBack } from '#lib/persons/testing/bed.ts';
import { side } from '#lib/persons/merge/merge-read.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
let sandbox: Sandbox;
let control: Control;
let db: Store;
let runner: Runner;

beforeAll(async () => {
  vi.stubEnv('STORE_KEYS', `1:${'k'.repeat(32)}`);
  sandbox = await startSandbox({ port: 0, persons: 120 });
  control = createControl(sandbox.url);
  await control.rateLimit(1_000_000);
  db = await openStore({ file: ':memory:' });
  runner = runnerOfPersons(db, sandbox.url, sandbox.keys.admin);
});
afterAll(async () => {
  await db.destroy();
  await sandbox.stop();
});

async function people(...counts: number[]) {
  const all = counts.map((count, index) =>
    personRows(
      { displayName: `Pessoa ${index} ${randomUUID().slice(0, 4)}` },
      Array.from({ length: count }, () => ({ instanceId: WHATSAPP, messageCount: 3 })),
    ),
  );
  await control.rows({
    persons: all.map(({ person }) => person),
    platform_identities: all.flatMap(({ rows }) => rows),
  });
  return all;
}

async function identitiesOf(id: string): Promise<string[] | null> {
  const answer = await side(handleFor(sandbox.url, sandbox.keys.admin), id);
  if (!answer.ok) throw new Error(answer.error.kind);
  return answer.value?.identities.map((one) => one.id).sort() ?? null;
}

function one<T>(list: readonly T[], at = 0): T {
  const found = list[at];
  if (found === undefined) throw new Error('not there');
  return found;
}

test('an identity is separated, its person filled in, and put back', async () => {
  const [ana] = await people(2);
  if (!ana) throw new Error('nobody');
  const identityId = one(ana.identities);
  const entry = await carryOut(runner, 'persons.unlink', {
    personId: ana.id.toUpperCase(),
    identityId,
    reason: ' ',
    fill: { displayName: 'Nova Pessoa', primaryPhone: '(11) 98123-0001' },
  });
  expect(entry.status).toBe('done');
  expect(entry.body.input).toMatchObject({ reason: 'Manual unlink', personId: ana.id });
  const fresh = String(entry.steps[0]?.result);
  expect(await identitiesOf(fresh)).toEqual([identityId]);
  const [row] = await control.sql('SELECT display_name, primary_phone FROM persons WHERE id = ?', [fresh]);
  expect(row).toEqual({ display_name: 'Nova Pessoa', primary_phone: '+5511981230001' });

  const back = await takeBack(runner, entry.id);
  expect(back.status).toBe('done');
  expect(await identitiesOf(ana.id)).toEqual([...ana.identities].sort());
  expect(await identitiesOf(fresh)).toBeNull();
});

test('the last identity is warned about, and a separation of it can be taken back too', async () => {
  const [bia] = await people(1);
  if (!bia) throw new Error('nobody');
  const input = { personId: bia.id, identityId: one(bia.identities) };
  const seen = await preview(runner, 'persons.unlink', input);
  expect(seen.ok && seen.plan.warnings.map(({ key }) => key)).toEqual([
    'unlink.new-person',
    'unlink.last',
    'unlink.history',
  ]);
  const entry = await carryOut(runner, 'persons.unlink', input);
  expect(await identitiesOf(bia.id)).toEqual([]);
  expect((await takeBack(runner, entry.id)).status).toBe('done');
  expect(await identitiesOf(bia.id)).toEqual(bia.identities);
});

test('who could not take a separation back is told so before it', async () => {
  const [ana] = await people(2);
  if (!ana) throw new Error('nobody');
  const input = { personId: ana.id, identityId: one(ana.identities) };
  const warned = async (scopes: string[]) => {
    const seen = await preview({ ...runner, session: { ...runner.session, scopes } }, 'persons.unlink', input);
    return seen.ok && seen.plan.warnings.some(({ key }) => key === 'unlink.no-undo');
  };
  expect(await warned(['persons:read', 'persons:write'])).toBe(true);
  expect(await warned(['persons:read', 'persons:write', 'access:read'])).toBe(false);
});

test('a separation is not put back when the new person has become more', async () => {
  const [ana, other] = await people(2, 2);
  if (!ana || !other) throw new Error('nobody');
  const entry = await carryOut(runner, 'persons.unlink', { personId: ana.id, identityId: one(ana.identities) });
  await control.write('UPDATE platform_identities SET person_id = ? WHERE id = ?', [
    String(entry.steps[0]?.result),
    one(other.identities),
  ]);
  await expect(takeBack(runner, entry.id)).rejects.toThrow('put-back.refused-changed');
});

test('only one identity moves, nobody is left over, and it moves back', async () => {
  const [ana, bia] = await people(3, 1);
  if (!ana || !bia) throw new Error('nobody');
  const identityId = one(ana.identities, 1);
  await control.snapshot('move');
  const entry = await carryOut(runner, 'persons.move-identity', {
    identityId,
    fromPersonId: ana.id,
    toPersonId: bia.id,
  });
  expect(entry.status).toBe('done');
  const diff = await control.diff('move');
  expect(Object.keys(diff)).toEqual(['platform_identities']);
  expect(diff.platform_identities?.changed.map(({ after }) => [after.id, after.person_id])).toEqual([
    [identityId, bia.id],
  ]);
  expect((await takeBack(runner, entry.id)).status).toBe('done');
  expect(await identitiesOf(ana.id)).toEqual([...ana.identities].sort());
});

test('somebody without identities can get one, and a move of the last one is taken back', async () => {
  const [ana, bia] = await people(1, 0);
  if (!ana || !bia) throw new Error('nobody');
  const entry = await carryOut(runner, 'persons.move-identity', {
    identityId: one(ana.identities),
    fromPersonId: ana.id,
    toPersonId: bia.id,
    reason: 'wrong person',
  });
  expect(entry.status).toBe('done');
  expect(await identitiesOf(bia.id)).toEqual(ana.identities);
  expect((await takeBack(runner, entry.id)).status).toBe('done');
  expect(await identitiesOf(ana.id)).toEqual(ana.identities);
});

test('what cannot be is refused with a sentence', async () => {
  const [ana, bia] = await people(1, 1);
  if (!ana || !bia) throw new Error('nobody');
  const refusal = async (name: string, input: object) => {
    const seen = await preview(runner, name, input);
    return seen.ok ? seen.plan.refusal?.key : seen.problem.code;
  };
  const [a, b] = [one(ana.identities), one(bia.identities)];
  const move = { identityId: a, fromPersonId: ana.id, toPersonId: bia.id };
  expect(await refusal('persons.move-identity', { ...move, toPersonId: ana.id.toUpperCase() })).toBe('move.same');
  expect(await refusal('persons.move-identity', { ...move, toPersonId: randomUUID() })).toBe('move.nobody');
  expect(await refusal('persons.move-identity', { ...move, identityId: b })).toBe('move.already');
  expect(await refusal('persons.move-identity', { ...move, identityId: randomUUID() })).toBe('unlink.not-theirs');
  expect(await refusal('persons.unlink', { personId: ana.id, identityId: b })).toBe('unlink.not-theirs');
  expect(await refusal('persons.unlink', { personId: randomUUID(), identityId: b })).toBe('unlink.nobody');
  const fill = { displayName: null, primaryPhone: '12' };
  expect(await refusal('persons.unlink', { personId: ana.id, identityId: a, fill })).toMatch(/^edit\.phone-/);
  expect(await refusal('persons.unlink', { personId: 'x', identityId: a })).toBe('invalid');
});

test.each(['before', 'after', 'unlink:created'])('an unlink cut %s is neither lost nor done twice', async (when) => {
  const [ana, bia] = await people(2, 1);
  if (!ana || !bia) throw new Error('nobody');
  const identityId = one(ana.identities);
  await control.fault({ kind: 'cut', when, method: 'POST', path: '/persons/unlink$' } as never);
  const input = { identityId, fromPersonId: ana.id, toPersonId: bia.id };
  const entry = await carryOut(runner, 'persons.move-identity', input);
  await control.clearFaults();
  if (when === 'after') {
    expect(entry.status).toBe('done');
    expect(await identitiesOf(bia.id)).toEqual([...bia.identities, identityId].sort());
  } else {
    expect(entry.status).toBe('failed');
    expect(await identitiesOf(ana.id)).toEqual([...ana.identities].sort());
  }
});

test.each(['before', 'after', 'merge:moved'])('a link cut %s is settled by looking', async (when) => {
  const [ana, bia] = await people(2, 1);
  if (!ana || !bia) throw new Error('nobody');
  const identityId = one(ana.identities);
  await control.fault({ kind: 'cut', when, method: 'POST', path: '/persons/link$' } as never);
  const entry = await carryOut(runner, 'persons.move-identity', {
    identityId,
    fromPersonId: ana.id,
    toPersonId: bia.id,
  });
  await control.clearFaults();
  const arrived = await identitiesOf(bia.id);
  expect(arrived?.includes(identityId)).toBe(entry.status !== 'failed');
});

test('a move against a merge of the same person, many times: one runs, the other is told who', async () => {
  const outcomes: string[] = [];
  for (let round = 0; round < (process.env.SOAK ? 50 : 8); round += 1) {
    const [ana, bia, carla] = await people(2, 1, 1);
    if (!ana || !bia || !carla) throw new Error('nobody');
    const move = { identityId: one(ana.identities), fromPersonId: ana.id, toPersonId: bia.id };
    const merge = { goes: ana.id, stays: carla.id, reason: '', fields: {}, routes: {} };
    const seen = await Promise.all([
      preview(runner, 'persons.move-identity', move),
      preview(runner, 'persons.merge', merge),
    ]);
    const tokens = seen.map((each) => (each.ok ? each.token : ''));
    await control.fault({ kind: 'latency', ms: 60, path: '/persons/(merge|unlink)$', times: null } as never);
    const ran = await Promise.all((round % 2 ? tokens : tokens.toReversed()).map((token) => start(runner, token)));
    await Promise.all(ran.map((each) => (each.is === 'started' ? each.job : undefined)));
    await control.clearFaults();
    outcomes.push(
      ran
        .map(({ is }) => is)
        .sort()
        .join('+'),
    );
    const holders = await control.sql(
      'SELECT DISTINCT person_id FROM platform_identities WHERE id IN (?, ?)',
      ana.identities,
    );
    const winner = ran.find((each) => each.is === 'started');
    const entry = winner?.is === 'started' ? await readEntry(db, winner.entryId) : null;
    expect(entry?.status).toBe('done');
    expect(holders.map(({ person_id: id }) => id).sort()).toEqual(
      entry?.operation === 'persons.merge' ? [carla.id] : [ana.id, bia.id].sort(),
    );
  }
  expect(new Set(outcomes)).toEqual(new Set(['busy+started']));
  process.stderr.write(`move against merge: ${outcomes.length} races, one ran each time\n`);
});
