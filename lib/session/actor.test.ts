import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Credential } from '#lib/omni/door/credential.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { Sealer } from '#lib/store/seal.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import { actorsOf } from './actor.ts';
import { formersOf, noteSuccession } from '#lib/store/actors.ts';

const engines = await testEngines();

const key = (letter: string) =>
  new Credential({ id: 'demo', name: 'Demo', url: 'http://127.0.0.1:1' }, `omni_sk_${letter.repeat(32)}`);

describe.each(engines)('actors: a key that replaced another on $name', ({ newPlace }) => {
  let db: Store;
  beforeAll(async () => {
    db = await openStore(await newPlace());
    await noteSuccession(db, 'demo', { fresh: key('b').hash(), old: key('a').hash() });
  });
  afterAll(() => db.destroy());

  test('has the replaced key as former actor; the replaced key has none', async () => {
    expect(await formersOf(db, actorsOf(key('b')))).toEqual(actorsOf(key('a')));
    expect(await formersOf(db, actorsOf(key('a')))).toEqual([]);
    expect(await formersOf(db, actorsOf(key('z')))).toEqual([]);
  });

  test('rotated again, has both as former actors, each once', async () => {
    await noteSuccession(db, 'demo', { fresh: key('c').hash(), old: key('b').hash() });
    await noteSuccession(db, 'demo', { fresh: key('c').hash(), old: key('b').hash() });
    expect(await formersOf(db, actorsOf(key('c')))).toEqual([...actorsOf(key('b')), ...actorsOf(key('a'))]);
  });

  test('has no former actor on another server', async () => {
    const elsewhere = new Credential({ id: 'other', name: 'Other', url: 'http://127.0.0.1:2' }, key('b').reveal());
    expect(await formersOf(db, actorsOf(elsewhere))).toEqual([]);
  });

  test('a cycle of keys ends', async () => {
    await noteSuccession(db, 'demo', { fresh: key('d').hash(), old: key('e').hash() });
    await noteSuccession(db, 'demo', { fresh: key('e').hash(), old: key('d').hash() });
    expect(await formersOf(db, actorsOf(key('d')))).toEqual(actorsOf(key('e')));
  });

  test('has its newer and older names after STORE_KEYS changed', async () => {
    const both = new Sealer({ 1: 'k'.repeat(32), 2: 'n'.repeat(32) });
    await noteSuccession(db, 'demo', { fresh: key('g').hash(), old: key('f').hash() }, both);
    const formers = await formersOf(db, actorsOf(key('g'), both));
    expect(formers.toSorted()).toEqual([...actorsOf(key('f'), both)].toSorted());
    expect(formers).toContain(actorsOf(key('f'))[0]);
  });
});
