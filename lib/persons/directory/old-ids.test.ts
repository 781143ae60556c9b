import { expect, test } from 'vitest';
import { OPERATIONS } from '#app/operations.ts';
import { createOldIds, ID_OPERATIONS } from './old-ids.ts';

const step = (id: string, state = 'done', result?: string) =>
  ({ index: 0, id, state, actor: null, who: null, result, problem: null, startedAt: 0, finishedAt: 0 }) as never;
const merge = (duplicate: string, survivor: string, state = 'done') => ({
  operation: 'persons.merge',
  body: { input: { duplicate, survivor } },
  steps: [step('merge', state)],
});

test('old ids are followed through what happened later, newest entry first', () => {
  const follow = createOldIds();
  expect(follow(merge('b', 'c'))).toEqual([{ was: 'b', now: 'c', today: 'c' }]);
  expect(follow(merge('a', 'b'))).toEqual([{ was: 'a', now: 'b', today: 'c' }]);
});

test('old ids: an undone merge leads to the new id', () => {
  const follow = createOldIds();
  const back = {
    operation: 'persons.merge-undo',
    body: { input: {} },
    steps: [step('new-person:a', 'done', 'new-a'), step('survivor')],
  };
  expect(follow(back)).toEqual([{ was: 'a', now: 'new-a', today: 'new-a' }]);
  expect(follow(merge('a', 'b'))).toEqual([{ was: 'a', now: 'b', today: 'new-a' }]);
});

test('old ids: only done steps count', () => {
  const follow = createOldIds();
  expect(follow(merge('a', 'b', 'failed'))).toEqual([]);
  const many = {
    operation: 'persons.merge-many',
    body: { input: { duplicates: ['a', 'b', 'c'], survivor: 'x' } },
    steps: [step('0/merge'), step('1/merge', 'failed'), step('2/merge', 'planned')],
  };
  expect(follow(many)).toEqual([{ was: 'a', now: 'x', today: 'x' }]);
  const back = {
    operation: 'persons.unlink-undo',
    body: { input: { fromPersonId: 'n', toPersonId: 'o' } },
    steps: [step('merge')],
  };
  expect(follow(back)).toEqual([{ was: 'n', now: 'o', today: 'o' }]);
  expect(follow({ operation: 'persons.edit', body: { input: {} }, steps: [step('patch')] })).toEqual([]);
});

test('old ids: those of every group of several merges, and of their undo', () => {
  const many = {
    operation: 'persons.merge-many',
    body: {
      input: { survivor: 'x', duplicates: ['a', 'b'], also: [{ survivor: 'y', duplicates: ['c', 'd'] }], reason: '' },
    },
    steps: [step('0/merge'), step('1/merge', 'failed'), step('2/merge'), step('3/merge')],
  };
  expect(createOldIds()(many)).toEqual([
    { was: 'a', now: 'x', today: 'x' },
    { was: 'c', now: 'y', today: 'y' },
    { was: 'd', now: 'y', today: 'y' },
  ]);
  const back = {
    operation: 'persons.merge-many-undo',
    body: { input: { groups: [] } },
    steps: [step('0/new-person:d', 'done', 'new-d'), step('0/survivor'), step('1/new-person:a', 'failed')],
  };
  const follow = createOldIds();
  expect(follow(back)).toEqual([{ was: 'd', now: 'new-d', today: 'new-d' }]);
  expect(follow(many)).toContainEqual({ was: 'd', now: 'y', today: 'new-d' });
});

test('old ids: every operation that merges, or brings somebody back, is followed', () => {
  const names = [...OPERATIONS.keys()].filter((name) => /merge|unlink-undo/.test(name));
  expect([...ID_OPERATIONS].sort()).toEqual(names.sort());
});
