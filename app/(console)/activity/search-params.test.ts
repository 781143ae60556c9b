import { expect, test } from 'vitest';
import { OLD_NAMES } from '#lib/operations/journal/old-names.ts';
import { activityParams } from './search-params.ts';

test('activity: an operation in the address may have the name of an earlier release', () => {
  const renamed = Object.entries(OLD_NAMES).flatMap(([today, { was }]) => (was ? [[was, today] as const] : []));
  for (const [was, today] of renamed) expect(activityParams.parse({ kind: was }).kind).toBe(today);
  expect(activityParams.parse({ kind: 'persons.edit' }).kind).toBe('persons.edit');
  expect(activityParams.parse({}).kind).toBeUndefined();
});

test('activity: garbage in the address is ignored', () => {
  expect(activityParams.parse({ kind: '<script>', since: 'yesterday', before: '1' })).toEqual({});
});
