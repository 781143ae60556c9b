import { validateHeaderValue } from 'node:http';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actorHeader, callHeaders, cleanClientIp, entryStartOf, isSendableKey, newRequestId } from './headers.ts';
import { VERSION } from '#lib/omni/version.ts';

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string({ minLength: 200 }));

test('callHeaders: no context can make a header that can’t be sent', () => {
  fc.assert(
    fc.property(anyText, anyText, anyText, (actor, clientIp, entryId) => {
      const headers = callHeaders('omni_sk_1', 'id', { actor, clientIp, entryId }, undefined);
      for (const [name, value] of Object.entries(headers)) validateHeaderValue(name, value);
    }),
  );
});

test('callHeaders: an actor is ASCII of at most 255 characters and starts the name it was made of', () => {
  fc.assert(
    fc.property(anyText, (name) => {
      const header = actorHeader(name);
      expect(header).toMatch(/^[\x21-\x7e]{0,255}$/);
      expect(name.trim().toWellFormed().startsWith(decodeURIComponent(header))).toBe(true);
    }),
  );
});

test('callHeaders: a long actor is cut between characters', () => {
  expect(actorHeader('🎉'.repeat(100))).toBe('%F0%9F%8E%89'.repeat(21));
  expect(actorHeader('a'.repeat(300))).toBe('a'.repeat(255));
  expect(actorHeader(`${'a'.repeat(253)}é`)).toBe('a'.repeat(253));
  expect(actorHeader('half \ud83c')).toBe('half%20%EF%BF%BD');
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  [' 203.0.113.7 ', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['ABCD:ABCD:ABCD:ABCD:ABCD:ABCD:192.168.158.190', 'ABCD:ABCD:ABCD:ABCD:ABCD:ABCD:192.168.158.190'],
  ['203.0.113.7, 10.0.0.1', undefined],
  ['203.0.113.7:443', undefined],
  ['unknown', undefined],
  ['1.2.3.4\r\nx-evil: 1', undefined],
  ['', undefined],
  [undefined, undefined],
])('callHeaders: the client address %s is sent as %s', (given, sent) => {
  expect(cleanClientIp(given)).toBe(sent);
  expect((sent ?? '').length).toBeLessThanOrEqual(45);
});

test('callHeaders: what isn’t known isn’t sent', () => {
  const names = Object.keys(callHeaders('k', 'id', { actor: '  ', entryId: 'no spaces' }, undefined));
  expect(names).toEqual(['accept', 'accept-encoding', 'user-agent', 'x-api-key', 'x-request-id']);
});

test('callHeaders: the length of a body counts bytes', () => {
  expect(callHeaders('k', 'id', {}, '"é"')).toMatchObject({
    'content-type': 'application/json',
    'content-length': '4',
  });
});

test.each(['', ' ', 'a b', 'a\n', 'ä', '🎉', 'x'.repeat(513)])('%j can’t be a key', (key) => {
  expect(isSendableKey(key)).toBe(false);
});

test('callHeaders: the version is that of package.json', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(VERSION).toBe(version);
});

test('newRequestId: an entry’s starts as its id does, is a UUID like any other and different each time', () => {
  const entry = '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b';
  const ids = [newRequestId(entry), newRequestId(entry)];
  expect(new Set(ids).size).toBe(2);
  for (const id of ids) {
    expect(id).toMatch(/^1b4e28ba-2fa1-4d3b-[0-9a-f]{4}-[0-9a-f]{12}$/);
    expect(entryStartOf(id)).toBe(entryStartOf(entry));
  }
  for (const other of [undefined, '', 'not-an-id', `${entry}x`]) {
    expect(newRequestId(other)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  }
  expect([entryStartOf(null), entryStartOf('req_1')]).toEqual([null, null]);
});
