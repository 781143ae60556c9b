import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Credential } from '#lib/omni/door/credential.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import { UNKNOWN_CAPABILITIES } from './capabilities.ts';
import { hasFreshProof, PROOF_LASTS, prove, requireFreshProof } from './proof.ts';
import { createSession, readSessionRow } from '#lib/session/sessions.ts';

process.env.SESSION_PASSWORDS = `1:${'p'.repeat(32)}`;

const engines = await testEngines();

const NOW = 1_795_458_429_123;
const KEY = `omni_sk_${'Aa1'.repeat(10)}Aa`;
const OTHER = `omni_sk_${'Bb2'.repeat(10)}Bb`;
const credential = new Credential({ id: 'demo', name: 'Demo', url: 'http://127.0.0.1:1' }, KEY);

test('proof: lasts fifteen minutes', () => {
  expect(hasFreshProof({ lastProofAt: NOW }, NOW + PROOF_LASTS - 1)).toBe(true);
  expect(requireFreshProof({ lastProofAt: NOW }, NOW + PROOF_LASTS - 1)).toBeNull();
  expect(requireFreshProof({ lastProofAt: NOW }, NOW + PROOF_LASTS)).toEqual({ ok: false, code: 'proof_needed' });
});

describe.each(engines)('prove on $name', ({ newPlace }) => {
  let db: Store;
  beforeAll(async () => {
    db = await openStore(await newPlace());
  });
  afterAll(() => db.destroy());

  const open = () =>
    createSession(
      db,
      {
        server: 'demo',
        actor: 'demo/1.a',
        actorKeyId: null,
        keyName: 'a',
        yourName: null,
        scopes: null,
        instances: 'all',
        capabilities: UNKNOWN_CAPABILITIES,
      },
      NOW,
    );

  test('the right key is recorded, with blanks around it too', async () => {
    const sid = await open();
    expect(await prove(db, { session: { sid }, credential }, ` ${KEY}\n`, NOW + 1000)).toBe('proved');
    expect((await readSessionRow(db, sid))?.lastProofAt).toBe(NOW + 1000);
  });

  test('another key, a part of it and nothing are not recorded', async () => {
    const sid = await open();
    for (const typed of [OTHER, KEY.slice(0, -1), '', credential.hash()])
      expect(await prove(db, { session: { sid }, credential }, typed, NOW + 1000)).toBe('not_your_key');
    expect((await readSessionRow(db, sid))?.lastProofAt).toBe(NOW);
  });

  test('after five wrong keys the right one is not compared, and proofs do not count as failures', async () => {
    const sid = await open();
    const type = (typed: string) => prove(db, { session: { sid }, credential }, typed, NOW);
    for (let count = 0; count < 8; count += 1) expect(await type(KEY)).toBe('proved');
    for (let count = 0; count < 5; count += 1) expect(await type(OTHER)).toBe('not_your_key');
    expect(await type(KEY)).toBe('too_many_tries');
  });

  test('forty guesses at once get no further than five', async () => {
    const sid = await open();
    const all = await Promise.all(
      Array.from({ length: 40 }, () => prove(db, { session: { sid }, credential }, OTHER, NOW)),
    );
    expect(all.filter((answer) => answer === 'not_your_key').length).toBeLessThanOrEqual(5);
  });
});
