import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store } from '#lib/store/database.ts';
import { startFaultBed, type FaultBed } from '#lib/operations/testing/faults/fault-bed.ts';
import { entryOf, shown } from '#lib/operations/testing/runs.ts';
import { undoPreview } from '#lib/operations/receipt/undo.ts';
import { start } from '#lib/operations/run/run.ts';
import { personRows } from '#lib/persons/testing/bed.ts';

let db: Store;
let bed: FaultBed;

beforeAll(async () => {
  db = await openStore({ file: ':memory:' });
  bed = await startFaultBed(db);
});
afterAll(async () => {
  await bed.stop();
  await db.destroy();
});

async function newPerson(identities: number): Promise<{ id: string; identities: string[] }> {
  const { person, rows, ...made } = personRows(
    { displayName: 'Com nome' },
    Array.from({ length: identities }, () => ({})),
  );
  await bed.control.rows({ persons: [person], platform_identities: rows });
  return made;
}

async function ran(token: string) {
  const begun = await start(bed.runner, token);
  if (begun.is !== 'started') throw new Error(JSON.stringify(begun));
  await begun.job;
  return entryOf(bed.runner, begun.entryId);
}

/** Runs what is previewed while the network sends its first unlink twice. */
async function doubled(token: string) {
  bed.proxy.reset();
  bed.proxy.arm({ kind: 'resent' }, { nth: 1 });
  const entry = await ran(token);
  const left = await bed.control.sql<{ id: string }>(
    `SELECT id FROM persons WHERE display_name IS NULL AND primary_phone IS NULL AND primary_email IS NULL
     AND NOT EXISTS (SELECT 1 FROM platform_identities WHERE person_id = persons.id) ORDER BY created_at DESC LIMIT 1`,
  );
  const named = entry.body.receipt?.checks.filter(({ text }) => text.key === 'unlink.doubled') ?? [];
  expect([entry.status, named.map(({ subject, held }) => [subject, held])]).toEqual([
    'differs',
    [[`person:${left[0]?.id}`, false]],
  ]);
  return entry;
}

async function holderOf(identityId: string): Promise<string | undefined> {
  const found = await bed.control.sql<{ id: string }>('SELECT person_id AS id FROM platform_identities WHERE id = ?', [
    identityId,
  ]);
  return found[0]?.id;
}

test('persons.unlink that the network sent twice: the name goes to who has the identity, the empty person is named, and it is undone', async () => {
  const { id, identities } = await newPerson(2);
  const [identityId = ''] = identities;
  const input = { personId: id, identityId, reason: '', fill: { displayName: 'Nova', primaryPhone: null } };
  const entry = await doubled((await shown(bed.runner, 'persons.unlink', input)).token);
  const fresh = await holderOf(identityId);
  expect(entry.steps[0]?.result).toBe(fresh);
  expect(await bed.control.sql('SELECT display_name FROM persons WHERE id = ?', [String(fresh)])).toEqual([
    { display_name: 'Nova' },
  ]);
  const back = await undoPreview(bed.runner, entry.id);
  if (!back.ok) throw new Error(back.problem.code);
  await ran(back.token);
  expect(await holderOf(identityId)).toBe(id);
});

test('persons.link that the network unlinked twice: the identity arrives, and the empty person is named', async () => {
  const [from, to] = [await newPerson(2), await newPerson(1)];
  const [identityId = ''] = from.identities;
  const input = { identityId, fromPersonId: from.id, toPersonId: to.id };
  await doubled((await shown(bed.runner, 'persons.link', input)).token);
  expect(await holderOf(identityId)).toBe(to.id);
});

test('persons.merge-undo that the network unlinked twice: all identities come to one person, and the empty one is named', async () => {
  const [duplicate, survivor] = [await newPerson(2), await newPerson(1)];
  const input = { duplicate: duplicate.id, survivor: survivor.id, reason: '', fields: {}, routes: {} };
  const merged = await ran((await shown(bed.runner, 'persons.merge', input)).token);
  const back = await undoPreview(bed.runner, merged.id);
  if (!back.ok) throw new Error(back.problem.code);
  await doubled(back.token);
  const holders = new Set(await Promise.all(duplicate.identities.map(holderOf)));
  expect([holders.size, holders.has(survivor.id)]).toEqual([1, false]);
});
