import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { openStore, type Store } from '#lib/store/database.ts';
import { Sealer } from '#lib/store/seal.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import { FLOOD_WAIT, tryProof, trySignIn, WINDOW } from './throttle.ts';

const engines = await testEngines();

const NOW = 1_795_458_429_123;
const TRIES = 3;
const sealer = new Sealer({ 1: 'k'.repeat(32) });

describe.each(engines)('throttle on $name', ({ newPlace }) => {
  let db: Store;
  const opened: Store[] = [];
  beforeEach(async () => {
    db = await openStore(await newPlace());
    opened.push(db);
  });
  afterAll(async () => {
    for (const one of opened) await one.destroy();
  });

  let waited: number[] = [];
  const wait = async (ms: number) => void waited.push(ms);
  beforeEach(() => void (waited = []));

  const sign = (clientIp: string | undefined, now = NOW, server = 'demo', by = sealer) =>
    trySignIn(db, { server, clientIp }, now, { sealer: by, tries: TRIES, wait });
  const fail = async (clientIp: string | undefined, times = TRIES, now = NOW) => {
    for (let count = 0; count < times; count += 1) await (await sign(clientIp, now))?.end('failed');
  };

  test('an address may fail a number of times, and again after the window', async () => {
    await fail('203.0.113.9');
    expect(await sign('203.0.113.9')).toBeNull();
    expect(await sign('203.0.113.9', NOW + WINDOW - 1)).toBeNull();
    expect(await sign('203.0.113.10')).not.toBeNull();
    expect(await sign('203.0.113.9', NOW + WINDOW)).not.toBeNull();
  });

  test('refused tries do not extend the window', async () => {
    await fail('203.0.113.9');
    for (let count = 0; count < 20; count += 1) expect(await sign('203.0.113.9', NOW + WINDOW - 1)).toBeNull();
    expect(await sign('203.0.113.9', NOW + WINDOW)).not.toBeNull();
  });

  test('good and void tries do not count, and do not erase failures', async () => {
    await fail('203.0.113.9', TRIES - 1);
    await (await sign('203.0.113.9'))?.end('good');
    await (await sign('203.0.113.9'))?.end('void');
    await fail('203.0.113.9', 1);
    expect(await sign('203.0.113.9')).toBeNull();
  });

  test('a hundred tries at once get no further than one after the other', async () => {
    const all = await Promise.all(Array.from({ length: 100 }, () => sign('203.0.113.9')));
    expect(all.filter((one) => one !== null).length).toBeLessThanOrEqual(TRIES);
  });

  test('one IPv6 network is one address, however it is written', async () => {
    await fail('2001:db8:0:1::1');
    expect(await sign('2001:0db8:0:1:ffff::9')).toBeNull();
    expect(await sign('2001:db8::1:1:2:3:4')).toBeNull();
    expect(await sign('2001:db8:0:2::1')).not.toBeNull();
  });

  test('requests without an address share one', async () => {
    await fail(undefined);
    expect(await sign(undefined)).toBeNull();
  });

  test('strangers together use up a server’s tries: a new address waits, a known one does not', async () => {
    await (await sign('198.51.100.7', NOW - 86_400_000))?.end('good');
    for (let address = 0; address < TRIES * 7; address += 1) await fail(`203.0.113.${address}`);
    waited = [];
    expect(await sign('192.0.2.1', NOW, 'other')).not.toBeNull();
    expect(await sign('198.51.100.7')).not.toBeNull();
    expect(waited).toEqual([]);
    expect(await sign('192.0.2.1')).not.toBeNull();
    expect(waited).toEqual([FLOOD_WAIT]);
  });

  test('a flood does not free an address of its own failures', async () => {
    for (let address = 0; address < TRIES * 7; address += 1) await fail(`203.0.113.${address}`);
    await fail('192.0.2.1');
    waited = [];
    expect(await sign('192.0.2.1')).toBeNull();
    expect(waited).toEqual([]);
  });

  test.each<[string, (net: number) => string, wrong: number]>([
    ['20 /64 of one /48', (net) => `2001:db8:7:${net.toString(16)}::`, 50],
    ['20 /64 of as many /48', (net) => `2001:db8:${net.toString(16)}:1::`, 200],
  ])(
    '200 wrong keys from %s: a right key from a new address waits at most once and gets in',
    async (_name, base, wrong) => {
      let checked = 0;
      for (let count = 0; count < 201; count += 1) {
        const clientIp = `${base(count % 20)}${(count + 1).toString(16)}`;
        const attempt = await trySignIn(db, { server: 'demo', clientIp }, NOW + count, { sealer, tries: 10, wait });
        if (attempt) checked += 1;
        await attempt?.end('failed');
      }
      expect(checked).toBe(wrong);
      waited = [];
      const where = { server: 'demo', clientIp: '2001:db8:ffff:1::1' };
      expect(await trySignIn(db, where, NOW + 201, { sealer, tries: 10, wait })).not.toBeNull();
      expect(waited).toEqual(wrong === 200 ? [FLOOD_WAIT] : []);
    },
  );

  test('an IPv6 /48 has five times the tries of one address, and a known address in it its own', async () => {
    await (await sign('2001:db8:7:ff::1', NOW - 86_400_000))?.end('good');
    for (let at = 0; at < 5; at += 1) await fail(`2001:db8:7:${at}::1`);
    expect(await sign('2001:db8:7:20::1')).toBeNull();
    expect(await sign('2001:0db8:0007:30::1')).toBeNull();
    expect(await sign('2001:db8:8:20::1')).not.toBeNull();
    expect(await sign('2001:db8:7:ff::2')).not.toBeNull();
    expect(await sign('2001:db8:7:20::1', NOW + WINDOW)).not.toBeNull();
  });

  test('new STORE_KEYS keep known addresses', async () => {
    await fail('203.0.113.9');
    expect(await sign('203.0.113.9', NOW, 'demo', new Sealer({ 1: 'k'.repeat(32), 2: 'n'.repeat(32) }))).toBeNull();
  });

  test('the store holds no address', async () => {
    await fail('203.0.113.9');
    expect(JSON.stringify(await db.selectFrom('attempts').selectAll().execute())).not.toContain('203.0.113');
  });

  test('a session has five wrong proofs, each session its own', async () => {
    for (let count = 0; count < 5; count += 1) await (await tryProof(db, 'one', 'demo', NOW))?.end('failed');
    expect(await tryProof(db, 'one', 'demo', NOW)).toBeNull();
    expect(await tryProof(db, 'two', 'demo', NOW)).not.toBeNull();
    expect(await tryProof(db, 'one', 'demo', NOW + WINDOW)).not.toBeNull();
  });
});
