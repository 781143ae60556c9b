import { expect, test } from 'vitest';
import { calledAmong, tellingFact } from './called.ts';

const rosa = (id: string, ...facts: string[]) => ({ id, name: 'Rosa Quispe', facts });

test('names: two of one name are told apart, by what the other has not', () => {
  const [a, b] = [rosa('aaaaaaaa-1', '+51 976 543 219', 'rosa@quispe.pe'), rosa('bbbbbbbb-2', '(51) 97654-3219')];
  expect([calledAmong(a, [a, b], ''), calledAmong(b, [a, b], '')]).toEqual([
    'Rosa Quispe · +51 976 543 219',
    'Rosa Quispe · (51) 97654-3219',
  ]);
});

test('names: a shared phone tells nobody apart; where no fact does, the id begins to', () => {
  const [a, b] = [rosa('aaaaaaaa-1', '1', 'a@b.co'), rosa('bbbbbbbb-2', '1')];
  expect([tellingFact(a, [a, b]), tellingFact(b, [a, b])]).toEqual(['a@b.co', 'bbbbbbbb…']);
});

test('names: two without a name are told apart too, and another spelling is no other name', () => {
  const none = { id: 'cccccccc-3', name: null, facts: ['Telegram 700'] };
  const other = { id: 'dddddddd-4', name: null, facts: [] };
  expect(calledAmong(none, [none, other], 'No name')).toBe('No name · Telegram 700');
  const [a, b] = [rosa('aaaaaaaa-1', '1'), { ...rosa('bbbbbbbb-2', '2'), name: 'ROSA  QUÍSPE' }];
  expect(calledAmong(b, [a, b], '')).toBe('ROSA  QUÍSPE · 2');
});

test('names: one of a name is called by it', () => {
  const [a, b] = [rosa('aaaaaaaa-1', '1'), { ...rosa('bbbbbbbb-2', '2'), name: 'Ana' }];
  expect(calledAmong(a, [a, b], '')).toBe('Rosa Quispe');
});
