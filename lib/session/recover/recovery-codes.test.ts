import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { openStore, type Store } from '#lib/store/database.ts';
import { Sealer } from '#lib/store/seal.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import { CODE_LASTS, createCode, useCode } from './recovery-codes.ts';

const engines = await testEngines();

const NOW = 1_795_458_429_123;
const sealer = new Sealer({ 1: 'k'.repeat(32) });
const wrongFor = (code: string) => String((Number(code) + 1) % 100_000_000).padStart(8, '0');

describe.each(engines)('recovery codes on $name', ({ newPlace }) => {
  let db: Store;
  const opened: Store[] = [];
  beforeEach(async () => {
    db = await openStore(await newPlace());
    opened.push(db);
  });
  afterAll(async () => {
    for (const one of opened) await one.destroy();
  });
  const make = async (now = NOW) => {
    const made = await createCode(db, { server: 'local', asker: 'here' }, now, sealer);
    if (!made) throw new Error('no code');
    return made;
  };
  const type = (id: string | undefined, code: string, now = NOW, server = 'local') =>
    useCode(db, { id, code, server }, now, sealer);

  test('eight digits, right once, however they are grouped', async () => {
    const { id, code } = await make();
    expect(code).toMatch(/^\d{8}$/);
    expect(await type(id, `${code.slice(0, 4)} ${code.slice(4)}`)).toBe('right');
    expect(await type(id, code)).toBe('expired');
  });

  test('after five wrong codes the right one is refused', async () => {
    const { id, code } = await make();
    for (let count = 0; count < 5; count += 1) expect(await type(id, wrongFor(code))).toBe('wrong');
    expect(await type(id, code)).toBe('worn_out');
  });

  test('fifty tries at once count as five', async () => {
    const { id, code } = await make();
    const all = await Promise.all(Array.from({ length: 50 }, () => type(id, wrongFor(code))));
    expect(all.filter((answer) => answer === 'wrong').length).toBe(5);
  });

  test('the right code used in two tabs at once is right in one', async () => {
    const { id, code } = await make();
    const both = await Promise.all([type(id, code), type(id, code)]);
    expect(both.filter((answer) => answer === 'right')).toHaveLength(1);
  });

  test('valid for five minutes, in the browser that requested it, for its server', async () => {
    const { id, code } = await make();
    const other = await make();
    expect(await type(id, code, NOW + CODE_LASTS)).toBe('expired');
    expect(await type(undefined, code)).toBe('other_browser');
    expect(await type('9'.repeat(36), code)).toBe('other_browser');
    expect(await type(id, code, NOW, 'elsewhere')).toBe('other_browser');
    expect(await type(other.id, code)).toBe('wrong');
    expect(await type(id, code, NOW + CODE_LASTS - 1)).toBe('right');
  });

  test('three an hour for each asker: strangers spend their own', async () => {
    const ask = (asker: string, now: number, server = 'local') => createCode(db, { server, asker }, now, sealer);
    for (let count = 0; count < 30; count += 1) await ask(`203.0.113.${count % 5}`, NOW + count);
    expect(await ask('203.0.113.1', NOW + 30)).toBeNull();
    expect(await ask('203.0.113.1', NOW + 30, 'other')).toBeNull();
    for (let count = 0; count < 3; count += 1) expect(await ask('here', NOW + 30 + count)).not.toBeNull();
    expect(await ask('here', NOW + 40)).toBeNull();
    expect(await ask('here', NOW + 3_600_040)).not.toBeNull();
  });

  test('an asker of many at once gets three', async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, at) => createCode(db, { server: 'local', asker: 'here' }, NOW + at, sealer)),
    );
    expect(all.filter((one) => one !== null).length).toBeLessThanOrEqual(3);
  });

  test('the store does not hold who asked', async () => {
    await createCode(db, { server: 'local', asker: '203.0.113.9' }, NOW, sealer);
    expect(JSON.stringify(await db.selectFrom('recovery_codes').selectAll().execute())).not.toContain('203.0.113');
  });

  test('the store does not hold the code', async () => {
    const { code } = await make();
    expect(JSON.stringify(await db.selectFrom('recovery_codes').selectAll().execute())).not.toContain(code);
  });
});
