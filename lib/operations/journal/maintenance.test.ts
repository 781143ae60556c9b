import { describe, expect, test, vi } from 'vitest';
import type { Store, StorePlace } from '#lib/store/database.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import { BED_ENV } from '#lib/operations/testing/bed.ts';
import { countingBed } from '#lib/operations/testing/counting-bed.ts';

/** Modules as a process with these keys would have them: the environment is read once. */
async function processWith(keys: string) {
  Object.assign(process.env, { ...BED_ENV, STORE_KEYS: keys });
  vi.resetModules();
  const [database, reseal, run, list, bed, runs, upkeep] = await Promise.all([
    import('#lib/store/database.ts'),
    import('#lib/store/reseal.ts'),
    import('#lib/operations/run/run.ts'),
    import('./list.ts'),
    import('#lib/operations/testing/bed.ts'),
    import('#lib/operations/testing/runs.ts'),
    import('./maintenance.ts'),
  ]);
  return { ...database, ...reseal, ...run, ...list, ...bed, ...runs, ...upkeep };
}

const OLD = `1:${'o'.repeat(32)}`;
const BOTH = `2:${'n'.repeat(32)},${OLD}`;
const NEW = `2:${'n'.repeat(32)}`;

const engines = await testEngines();
const bed = await countingBed();

describe.each(engines)('maintainJournal after a rotation of STORE_KEYS, on $name', ({ newPlace }) => {
  test('seals and hashes everything with the new key; the old key is needed until then, and not afterwards', async () => {
    const place: StorePlace = await newPlace();
    const personId = await bed.person(1, { primaryEmail: 'rotina@example.com' });
    const reader = { server: 'demo', actor: '', scopes: ['*'] };

    const before = await processWith(OLD);
    let db: Store = await before.openStore(place);
    const runner = before.runnerFor(db, bed.at);
    const edit = await before.carryOut(runner, 'persons.edit', { id: personId, changes: { displayName: 'Nova' } });
    const five = await before.carryOut(runner, 'testing.five', await bed.five());
    await db
      .insertInto('sessions')
      .values({ ...SESSION, your_name: (await import('#lib/store/seal.ts')).sealText('sessions/your_name/s', 'Ana') })
      .execute();
    expect(await before.missingStoreKey(db)).toBeNull();
    expect(await before.maintainJournal(db, Date.now(), 90)).toEqual({ purged: 0, resealed: 0, rehashed: 0 });
    await db.destroy();

    const without = await processWith(NEW);
    db = await without.openStore(place);
    expect(await without.missingStoreKey(db)).toBe('1');
    expect(await without.resealStore(db)).toBe(0);
    await db.destroy();

    const during = await processWith(BOTH);
    db = await during.openStore(place);
    expect(await during.missingStoreKey(db)).toBeNull();
    const found = await during.listEntries(db, reader, { contact: 'rotina@example.com' }, 10);
    expect(found.map(({ id }) => id)).toEqual([edit.id]);
    // Two bodies, six outcomes, one name; two entries that are found by a contact.
    expect(await during.maintainJournal(db, Date.now(), 90)).toEqual({ purged: 0, resealed: 9, rehashed: 2 });
    expect(await during.maintainJournal(db, Date.now(), 90)).toEqual({ purged: 0, resealed: 0, rehashed: 0 });
    await db.destroy();

    const after = await processWith(NEW);
    db = await after.openStore(place);
    expect(await after.missingStoreKey(db)).toBeNull();
    const entries = await after.listEntries(db, reader, {}, 10);
    expect(entries.map(({ body }) => body.plan)).toEqual([five.body.plan, edit.body.plan]);
    expect(entries[0]?.steps.map(({ who }) => who)).toEqual(['Ana', 'Ana', 'Ana', 'Ana', 'Ana']);
    const again = await after.listEntries(db, reader, { contact: 'rotina@example.com' }, 10);
    expect(again.map(({ id }) => id)).toEqual([edit.id]);
    await db.destroy();
  });

  test('does not overwrite a row that changes meanwhile', async () => {
    const { openStore, resealStore } = await processWith(BOTH);
    const { Sealer } = await import('#lib/store/seal.ts');
    const db = await openStore(await newPlace());
    const old = new Sealer({ 1: 'o'.repeat(32) }).seal('sessions/your_name/s', 'Ana');
    await db
      .insertInto('sessions')
      .values({ ...SESSION, your_name: old })
      .execute();
    const sealer = new Sealer({ 1: 'o'.repeat(32), 2: 'n'.repeat(32) });
    const seal = sealer.seal.bind(sealer);
    let changing: Promise<unknown> = Promise.resolve();
    vi.spyOn(sealer, 'seal').mockImplementation((context, text) => {
      changing = db.updateTable('sessions').set({ your_name: null }).execute();
      return seal(context, text);
    });
    await resealStore(db, sealer);
    await changing;
    expect(await db.selectFrom('sessions').select('your_name').execute()).toEqual([{ your_name: null }]);
    await db.destroy();
  });
});

const SESSION = {
  id: 's',
  server: 'demo',
  actor: 'a',
  actor_key_id: null,
  key_name: 'key',
  scopes: null,
  instances: '"all"',
  capabilities: '{}',
  created_at: 1,
  last_seen_at: 1,
  last_proof_at: 1,
  ended_at: null,
  end_reason: null,
};
