import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { carryOut, undoEntry } from '#lib/operations/testing/runs.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { readEntry } from '#lib/operations/journal/journal.ts';
import { preview, type Runner } from '#lib/operations/plan/preview.ts';
import { start } from '#lib/operations/run/run.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { personRows, runnerOfPersons } from '#lib/persons/testing/bed.ts';
import { readPersonRecord } from '#lib/persons/record/person-record.ts';

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
  const answer = await readPersonRecord(omniFor(sandbox.url, sandbox.keys.admin), id);
  if (!answer.ok) throw new Error(answer.error.kind);
  return answer.value?.identities.map((one) => one.id).sort() ?? null;
}

function one<T>(list: readonly T[], at = 0): T {
  const found = list[at];
  if (found === undefined) throw new Error('not there');
  return found;
}

test('persons.unlink: the new person gets a name and a phone; undo merges it back', async () => {
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

  const back = await undoEntry(runner, entry.id);
  expect(back.status).toBe('done');
  expect(await identitiesOf(ana.id)).toEqual([...ana.identities].sort());
  expect(await identitiesOf(fresh)).toBeNull();
});

test('persons.unlink: the last identity is warned about, and undone too', async () => {
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
  expect((await undoEntry(runner, entry.id)).status).toBe('done');
  expect(await identitiesOf(bia.id)).toEqual(bia.identities);
});

test('persons.unlink: a key that could not undo it is warned before', async () => {
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

test('persons.unlink-undo: refused when the new person has other identities by now', async () => {
  const [ana, other] = await people(2, 2);
  if (!ana || !other) throw new Error('nobody');
  const entry = await carryOut(runner, 'persons.unlink', { personId: ana.id, identityId: one(ana.identities) });
  await control.write('UPDATE platform_identities SET person_id = ? WHERE id = ?', [
    String(entry.steps[0]?.result),
    one(other.identities),
  ]);
  await expect(undoEntry(runner, entry.id)).rejects.toThrow('unlink-undo.refused-changed');
});

test('persons.link: only one identity moves, no empty person is left, and undo moves it back', async () => {
  const [ana, bia] = await people(3, 1);
  if (!ana || !bia) throw new Error('nobody');
  const identityId = one(ana.identities, 1);
  await control.snapshot('link');
  const entry = await carryOut(runner, 'persons.link', {
    identityId,
    fromPersonId: ana.id,
    toPersonId: bia.id,
  });
  expect(entry.status).toBe('done');
  const diff = await control.diff('link');
  expect(Object.keys(diff)).toEqual(['platform_identities']);
  expect(diff.platform_identities?.changed.map(({ after }) => [after.id, after.person_id])).toEqual([
    [identityId, bia.id],
  ]);
  expect((await undoEntry(runner, entry.id)).status).toBe('done');
  expect(await identitiesOf(ana.id)).toEqual([...ana.identities].sort());
});

test('persons.link: a person without identities can get one, and a link of the last one is undone', async () => {
  const [ana, bia] = await people(1, 0);
  if (!ana || !bia) throw new Error('nobody');
  const entry = await carryOut(runner, 'persons.link', {
    identityId: one(ana.identities),
    fromPersonId: ana.id,
    toPersonId: bia.id,
    reason: 'wrong person',
  });
  expect(entry.status).toBe('done');
  expect(await identitiesOf(bia.id)).toEqual(ana.identities);
  expect((await undoEntry(runner, entry.id)).status).toBe('done');
  expect(await identitiesOf(ana.id)).toEqual(ana.identities);
});

test('persons.link and persons.unlink: what is impossible is refused with a reason', async () => {
  const [ana, bia] = await people(1, 1);
  if (!ana || !bia) throw new Error('nobody');
  const refusal = async (name: string, input: object) => {
    const seen = await preview(runner, name, input);
    return seen.ok ? seen.plan.refusal?.key : seen.problem.code;
  };
  const [a, b] = [one(ana.identities), one(bia.identities)];
  const link = { identityId: a, fromPersonId: ana.id, toPersonId: bia.id };
  expect(await refusal('persons.link', { ...link, toPersonId: ana.id.toUpperCase() })).toBe('link.same');
  expect(await refusal('persons.link', { ...link, toPersonId: randomUUID() })).toBe('link.nobody');
  expect(await refusal('persons.link', { ...link, identityId: b })).toBe('link.already');
  expect(await refusal('persons.link', { ...link, identityId: randomUUID() })).toBe('unlink.not-theirs');
  expect(await refusal('persons.unlink', { personId: ana.id, identityId: b })).toBe('unlink.not-theirs');
  expect(await refusal('persons.unlink', { personId: randomUUID(), identityId: b })).toBe('unlink.nobody');
  const fill = { displayName: null, primaryPhone: '12' };
  expect(await refusal('persons.unlink', { personId: ana.id, identityId: a, fill })).toMatch(/^edit\.phone-/);
  expect(await refusal('persons.unlink', { personId: 'x', identityId: a })).toBe('invalid');
});

test.each(['before', 'after', 'unlink:created'])(
  'persons.link: an unlink cut %s is neither lost nor done twice',
  async (when) => {
    const [ana, bia] = await people(2, 1);
    if (!ana || !bia) throw new Error('nobody');
    const identityId = one(ana.identities);
    await control.fault({ kind: 'cut', when, method: 'POST', path: '/persons/unlink$' });
    const input = { identityId, fromPersonId: ana.id, toPersonId: bia.id };
    const entry = await carryOut(runner, 'persons.link', input);
    await control.clearFaults();
    if (when === 'after') {
      expect(entry.status).toBe('done');
      expect(await identitiesOf(bia.id)).toEqual([...bia.identities, identityId].sort());
    } else {
      expect(entry.status).toBe('unconfirmed');
      expect(await identitiesOf(ana.id)).toEqual([...ana.identities].sort());
    }
  },
);

test.each(['before', 'after', 'merge:moved'])(
  'persons.link: after a link cut %s, reading again decides',
  async (when) => {
    const [ana, bia] = await people(2, 1);
    if (!ana || !bia) throw new Error('nobody');
    const identityId = one(ana.identities);
    await control.fault({ kind: 'cut', when, method: 'POST', path: '/persons/link$' });
    const entry = await carryOut(runner, 'persons.link', {
      identityId,
      fromPersonId: ana.id,
      toPersonId: bia.id,
    });
    await control.clearFaults();
    const arrived = await identitiesOf(bia.id);
    expect(entry.status === 'unconfirmed').toBe(!arrived?.includes(identityId));
  },
);

test('persons.link against persons.merge of the same person, many times: one runs, the other is busy', async () => {
  const outcomes: string[] = [];
  for (let round = 0; round < (process.env.SOAK ? 50 : 8); round += 1) {
    const [ana, bia, carla] = await people(2, 1, 1);
    if (!ana || !bia || !carla) throw new Error('nobody');
    const link = { identityId: one(ana.identities), fromPersonId: ana.id, toPersonId: bia.id };
    const merge = { duplicate: ana.id, survivor: carla.id, reason: '', fields: {}, routes: {} };
    const previews = await Promise.all([
      preview(runner, 'persons.link', link),
      preview(runner, 'persons.merge', merge),
    ]);
    const tokens = previews.map((each) => (each.ok ? each.token : ''));
    await control.fault({ kind: 'latency', ms: 60, path: '/persons/(merge|unlink)$', times: null });
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
  process.stderr.write(`link against merge: ${outcomes.length} races, one ran each time\n`);
});
