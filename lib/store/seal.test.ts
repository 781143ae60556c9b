import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyedHash, keyedHashes, newestKeyId, openText, Sealer, sealText } from './seal.ts';

const secret = (letter: string) => letter.repeat(32);
const sealer = new Sealer({ 1: secret('a') });
const rotated = new Sealer({ 1: secret('a'), 2: secret('b'), 10: secret('c') });
const context = 'sessions/your_name/1';

test('Sealer: any text opens again, and never has the same bytes twice', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const sealed = sealer.seal(context, text);
      expect(sealer.open(context, sealed)).toEqual({ ok: true, value: text });
      expect(sealer.seal(context, text)).not.toBe(sealed);
      if (text.length > 3) expect(sealed).not.toContain(text);
    }),
  );
});

test('Sealer: the format is v1.<key id>.<iv>.<data>.<tag>', () => {
  expect(sealer.seal(context, 'Ana')).toMatch(/^v1\.1\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/);
});

test('Sealer: the highest id seals, by number and not by text; all open', () => {
  expect(rotated.newestKeyId).toBe('10');
  expect(rotated.seal(context, 'x')).toMatch(/^v1\.10\./);
  expect(rotated.open(context, sealer.seal(context, 'x'))).toEqual({ ok: true, value: 'x' });
});

test('Sealer: a key that is not configured any more is named', () => {
  const error = { kind: 'missing_key', keyId: '10' };
  expect(sealer.open(context, rotated.seal(context, 'x'))).toEqual({ ok: false, error });
});

describe('Sealer: refuses', () => {
  const sealed = sealer.seal(context, 'Ana Souza');
  const damaged = { ok: false, error: { kind: 'damaged' } };

  test('another row, column or table', () => {
    for (const other of ['sessions/your_name/2', 'sessions/key_name/1', 'operations/your_name/1', '']) {
      expect(sealer.open(other, sealed)).toEqual(damaged);
    }
  });

  test('any changed character', () => {
    for (let at = 5; at < sealed.length; at += 1) {
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'Q' : 'A') + sealed.slice(at + 1);
      // The last character of 16 bytes carries four bits that mean nothing.
      if (
        Buffer.from(changed.split('.').at(-1) ?? '', 'base64url').equals(
          Buffer.from(sealed.split('.').at(-1) ?? '', 'base64url'),
        ) &&
        at === sealed.length - 1
      )
        continue;
      expect(sealer.open(context, changed), `changed at ${at}`).toEqual(damaged);
    }
  });

  test('a cut tag, another secret under the same id, another key id, and what is no seal', () => {
    expect(sealer.open(context, sealed.slice(0, -2))).toEqual(damaged);
    expect(new Sealer({ 1: secret('z') }).open(context, sealed)).toEqual(damaged);
    expect(rotated.open(context, sealed.replace('v1.1.', 'v1.2.'))).toEqual(damaged);
    for (const text of ['', 'Ana', 'v1', 'v2.1.a.b.c', 'v1.1....', '__proto__']) {
      expect(sealer.open(context, text)).toEqual(damaged);
    }
  });
});

test('Sealer: hashes are stable, apart by purpose and key, and show nothing', () => {
  const [hash] = sealer.hashes('phone', '+5511987654321');
  expect(hash).toMatch(/^1\.[\w-]{43}$/);
  expect(sealer.hashes('phone', '+5511987654321')).toEqual([hash]);
  expect(sealer.hashes('email', '+5511987654321')).not.toContain(hash);
  expect(sealer.hashes('phone', '+5511987654322')).not.toContain(hash);
  const all = rotated.hashes('phone', '+5511987654321');
  expect(all).toHaveLength(3);
  expect(all[0]).toMatch(/^10\./);
  expect(all).toContain(hash);
});

test('Sealer: no key at all is a bug', () => {
  expect(() => new Sealer({}).seal(context, 'x')).toThrow('STORE_KEYS');
});

test('Sealer: the functions of the process use STORE_KEYS', () => {
  process.env.STORE_KEYS = `1:${secret('a')},2:${secret('b')}`;
  process.env.SESSION_PASSWORDS = `1:${secret('p')}`;
  expect(newestKeyId()).toBe('2');
  expect(openText(context, sealText(context, 'Ana'))).toEqual({ ok: true, value: 'Ana' });
  expect(openText(context, sealer.seal(context, 'Ana'))).toEqual({ ok: true, value: 'Ana' });
  expect(keyedHash('phone', 'x')).toBe(keyedHashes('phone', 'x')[0]);
  expect(keyedHashes('phone', 'x')).toContain(sealer.hashes('phone', 'x')[0]);
});
