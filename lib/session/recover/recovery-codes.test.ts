import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { openStore, type Store } from '#lib/store/database.ts';
import { Sealer } from '#lib/store/seal.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import { CODE_LASTS, createCode, useCode } from './recovery-codes.ts';

const { engines, stop } = await testEngines();
afterAll(stop);

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
    const made = await createCode(db, 'local', now, sealer);
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

  test('three an hour, for everybody together', async () => {
    for (let count = 0; count < 3; count += 1) await make(NOW + count);
    expect(await createCode(db, 'local', NOW + 10, sealer)).toBeNull();
    expect(await createCode(db, 'other', NOW + 10, sealer)).toBeNull();
    expect(await createCode(db, 'local', NOW + 3_600_000, sealer)).not.toBeNull();
  });

  test('the store does not hold the code', async () => {
    const { code } = await make();
    expect(JSON.stringify(await db.selectFrom('recovery_codes').selectAll().execute())).not.toContain(code);
  });
});
