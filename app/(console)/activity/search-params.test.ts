import { expect, test } from 'vitest';
import { OLD_NAMES } from '#lib/operations/journal/old-names.ts';
import { activityParams, filterOf } from './search-params.ts';

test('activity: an operation in the address may have the name of an earlier release', () => {
  const renamed = Object.entries(OLD_NAMES).flatMap(([today, { was }]) => (was ? [[was, today] as const] : []));
  for (const [was, today] of renamed) expect(activityParams.parse({ kind: was }).kind).toBe(today);
  expect(activityParams.parse({ kind: 'persons.edit' }).kind).toBe('persons.edit');
  expect(activityParams.parse({}).kind).toBeUndefined();
});

test('activity: garbage in the address is ignored', () => {
  expect(activityParams.parse({ kind: '<script>', since: 'yesterday', before: '1' })).toEqual({});
});

const reader = { timeZone: 'UTC', operations: ['routes.edit', 'keys.edit'], called: 'Bia' };
const filter = (raw: object) => filterOf(activityParams.parse(raw), reader);

test.each([
  ['a kind of thing', { type: 'route' }, { operations: ['routes.edit'], omni: { type: 'route' } }],
  ['a thing that the console never changes', { type: 'agent' }, { origin: 'omni', omni: { type: 'agent' } }],
  ['people, whom Omni’s record has not', { type: 'person' }, { omni: null }],
  ['an operation of the console', { kind: 'keys.edit' }, { operation: 'keys.edit', omni: null }],
  ['what was refused', { status: 'failed' }, { status: 'failed', omni: { refused: true } }],
  ['an outcome that only the console knows', { status: 'interrupted' }, { omni: null }],
  ['less than a phone', { subject: '55' }, { contact: '55', omni: null }],
  ['a phone', { subject: '+55 11 98765-4321' }, { contact: '+55 11 98765-4321', omni: null }],
  ['somebody', { who: 'demo:bia' }, { actor: 'demo:bia', omni: { actor: 'Bia' } }],
])('activity: %s narrows both records, or leaves out the one that has no such thing', (_, raw, expected) => {
  expect(filter(raw)).toMatchObject(expected);
});

test('activity: somebody who is called nothing in Omni’s record is in the console’s entries only', () => {
  expect(filterOf(activityParams.parse({ who: 'demo' }), { ...reader, called: null }).omni).toBeNull();
});
