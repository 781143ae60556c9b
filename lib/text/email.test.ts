import { expect, it } from 'vitest';
import { plainEmail, sameEmail } from './email.ts';

it.each([
  [' ana@example.com\n', 'ana@example.com'],
  ['ana@münchen.de', 'ana@xn--mnchen-3ya.de'],
  ['\u200bana@example.com\u202c', 'ana@example.com'],
  ['ana@exa\u200bmple.com', 'ana@example.com'],
  ['ana＠example.com', 'ana@example.com'],
  ['ANA@Example.com', 'ANA@Example.com'],
  ['ana@exämple.com/x', 'ana@exämple.com/x'],
  ['"ana maria"@example.com', '"ana maria"@example.com'],
  ['\u200b', ''],
])('emails: %j is stored as %j', (typed, stored) => expect(plainEmail(typed)).toBe(stored));

it.each([
  ['ana@example.com', 'ANA@EXAMPLE.COM', true],
  ['ana@münchen.de', 'ana@xn--mnchen-3ya.de', true],
  ['José@example.com', 'josé@example.com', true],
  ['josé@example.com', 'jose@example.com', false],
  ['ana.b@example.com', 'anab@example.com', false],
  ['ana+x@example.com', 'ana@example.com', false],
  ['', '', false],
  [null, undefined, false],
])('emails: %j and %j, same: %s', (a, b, same) => expect(sameEmail(a, b)).toBe(same));
