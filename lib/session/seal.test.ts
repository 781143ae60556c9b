import { inspect } from 'node:util';
import { unsealData } from 'iron-session';
import { afterEach, expect, test, vi } from 'vitest';
import { Credential } from '#lib/omni/door/credential.ts';
import { cookieAttributes, cookieName, openCookie, sealCookie, sealSession } from './seal.ts';

const secret = (letter: string) => letter.repeat(32);
const configured = (passwords: Record<string, string>, minutes = 720) => ({
  SESSION_PASSWORDS: passwords,
  SESSION_MAX_MINUTES: minutes,
});
const one = configured({ 1: secret('a') });
const content = { sid: '6a3cbb4c-3b4e-4f39-9d2e-0a8a2f3c9c11', server: 'local', key: `omni_sk_${'K'.repeat(32)}` };

const local = { id: 'local', name: 'Local', url: 'http://127.0.0.1' };

/** What a cookie opens to, with its key in the open. */
async function opened(value: string, secrets: ReturnType<typeof configured>) {
  const cookie = await openCookie(value, secrets);
  if (!cookie.ok) return cookie;
  return { ok: true, content: { sid: cookie.sid, server: cookie.server, key: cookie.credentialAt(local).reveal() } };
}

afterEach(() => void vi.useRealTimers());

test('session cookie: opens as it was sealed, reveals nothing, and is short enough', async () => {
  const value = await sealCookie(content, one);
  expect(await opened(value, one)).toEqual({ ok: true, content });
  expect(value).not.toContain('KKKK');
  expect(Buffer.from(value).length).toBeLessThan(800);
});

test('session cookie: holds the key of a credential', async () => {
  const credential = new Credential(local, content.key);
  const value = await sealSession({ sid: content.sid, credential }, one);
  expect(await opened(value, one)).toEqual({ ok: true, content });
});

test('session cookie: no promise holds the key, since React’s development tools send the values of promises to the browser', async () => {
  const value = await sealCookie(content, one);
  const promised = await openCookie(value, one);
  const inside = await unsealData(value, { password: one.SESSION_PASSWORDS });
  expect(inspect([promised, inside], { depth: 9, showHidden: true })).not.toContain('KKKK');
  expect(JSON.stringify([promised, inside])).not.toContain('KKKK');
});

test('session cookie: a tampered one is invalid, wherever it was changed', async () => {
  const value = await sealCookie(content, one);
  for (let at = 0; at < value.length - 2; at += 7) {
    const changed = value.slice(0, at) + (value[at] === 'x' ? 'y' : 'x') + value.slice(at + 1);
    expect((await openCookie(changed, one)).ok, `changed at ${at}`).toBe(false);
  }
});

test.each(['', '~2', 'hello', 'Fe26.2**', 'a*'.repeat(50)])('session cookie: %j is none', async (value) => {
  expect(await openCookie(value, one)).toEqual({ ok: false, reason: 'invalid' });
});

test('session cookie: an older password still opens; a removed one is told from tampering', async () => {
  const value = await sealCookie(content, one);
  const both = configured({ 1: secret('a'), 2: secret('b') });
  expect(await opened(value, both)).toEqual({ ok: true, content });
  const newer = await sealCookie(content, both);
  expect(await opened(newer, configured({ 2: secret('b') }))).toEqual({ ok: true, content });
  expect(await openCookie(value, configured({ 2: secret('b') }))).toEqual({ ok: false, reason: 'unknown-password' });
});

test('session cookie: another password under the same id opens nothing', async () => {
  expect(await openCookie(await sealCookie(content, one), configured({ 1: secret('z') }))).toEqual({
    ok: false,
    reason: 'invalid',
  });
});

test('session cookie: cannot be opened after the time limit of a session', async () => {
  vi.useFakeTimers({ now: Date.now(), toFake: ['Date'] });
  const value = await sealCookie(content, configured({ 1: secret('a') }, 10));
  vi.setSystemTime(Date.now() + 9 * 60_000);
  expect((await openCookie(value, one)).ok).toBe(true);
  vi.setSystemTime(Date.now() + 3 * 60_000);
  expect(await openCookie(value, one)).toEqual({ ok: false, reason: 'expired' });
});

test('session cookie: a sealed value that is no session is refused', async () => {
  const value = await sealCookie({ ...content, sid: 'not-an-id' }, one);
  expect((await openCookie(value, one)).ok).toBe(false);
});

test('session cookie names: one a server; the port on plain http; __Host- on https', () => {
  expect(cookieName({ APP_ORIGIN: 'http://127.0.0.1:3000' }, 'local')).toBe('omni-3000-local');
  expect(cookieName({ APP_ORIGIN: 'http://127.0.0.1:3000' })).toBe('omni-3000');
  expect(cookieName({ APP_ORIGIN: 'http://console.lan' }, 'local')).toBe('omni-80-local');
  expect(cookieName({ APP_ORIGIN: 'https://console.example.com' }, 'sao-paulo')).toBe('__Host-omni-sao-paulo');
});

test('session cookie attributes: never read by scripts, sent on links, secure exactly on https, limited in time', () => {
  const http = cookieAttributes({ APP_ORIGIN: 'http://127.0.0.1:3000', ...one });
  expect(http).toEqual({ httpOnly: true, sameSite: 'lax', secure: false, path: '/', maxAge: 720 * 60 + 3600 });
  expect(cookieAttributes({ APP_ORIGIN: 'https://console.example.com', ...one }).secure).toBe(true);
  expect(cookieAttributes({ APP_ORIGIN: 'https://console.example.com', ...configured({}, 1) }).maxAge).toBe(60 + 3600);
});
