import { expect, test } from 'vitest';
import { createOldIds } from './old-ids.ts';

const step = (id: string, state = 'done', result?: string) =>
  ({ index: 0, id, state, actor: null, who: null, result, problem: null, startedAt: 0, finishedAt: 0 }) as never;
const merge = (goes: string, stays: string, state = 'done') => ({
  operation: 'persons.merge',
  body: { input: { goes, stays } },
  steps: [step('merge', state)],
});

test('ids are followed through what happened later, newest entry first', () => {
  const follow = createOldIds();
  expect(follow(merge('b', 'c'))).toEqual([{ was: 'b', now: 'c', today: 'c' }]);
  expect(follow(merge('a', 'b'))).toEqual([{ was: 'a', now: 'b', today: 'c' }]);
});

test('a join that was taken back leads to the person who came back', () => {
  const follow = createOldIds();
  const back = {
    operation: 'persons.unmerge',
    body: { input: {} },
    steps: [step('first:a', 'done', 'new-a'), step('survivor')],
  };
  expect(follow(back)).toEqual([{ was: 'a', now: 'new-a', today: 'new-a' }]);
  expect(follow(merge('a', 'b'))).toEqual([{ was: 'a', now: 'b', today: 'new-a' }]);
});

test('only what happened counts', () => {
  const follow = createOldIds();
  expect(follow(merge('a', 'b', 'failed'))).toEqual([]);
  const many = {
    operation: 'persons.merge-many',
    body: { input: { goes: ['a', 'b', 'c'], stays: 'x' } },
    steps: [step('0/merge'), step('1/merge', 'failed'), step('2/merge', 'planned')],
  };
  expect(follow(many)).toEqual([{ was: 'a', now: 'x', today: 'x' }]);
  const back = {
    operation: 'persons.put-back',
    body: { input: { fromPersonId: 'n', toPersonId: 'o' } },
    steps: [step('merge')],
  };
  expect(follow(back)).toEqual([{ was: 'n', now: 'o', today: 'o' }]);
  expect(follow({ operation: 'persons.edit', body: { input: {} }, steps: [step('patch')] })).toEqual([]);
});
