import { expect, test } from 'vitest';
import { mergeTableOf } from './merge-table.ts';
import { DUPLICATE, effect, facts, input, planMerge, record, SURVIVOR } from '#lib/persons/testing/merge-case.ts';

test('persons.merge: the table of its page is the plan’s: what is kept unless chosen, and what can’t be chosen', () => {
  const duplicate = record(DUPLICATE, {
    displayName: 'Ana',
    primaryEmail: 'not an email',
    primaryPhone: '+5511987654321',
  });
  const survivor = record(SURVIVOR, { displayName: 'Bia', primaryEmail: 'b@b.co' });
  const rows = mergeTableOf(planMerge(input({ fields: { displayName: 'duplicate' } }), facts({ duplicate, survivor })));
  expect(rows?.fields.filter(({ open }) => open).map(({ field, keep, fixed }) => [field, keep, fixed])).toEqual([
    ['displayName', 'duplicate', false],
    ['primaryEmail', 'survivor', true],
    ['primaryPhone', 'duplicate', false],
  ]);
});

test('persons.merge: of names that say the same the better spelling is kept, and the other is no loss', () => {
  const survivor = record(SURVIVOR, { displayName: 'JOAO  SILVA' });
  const duplicate = record(DUPLICATE, { displayName: 'João Silva' });
  const plan = planMerge(input(), facts({ duplicate, survivor }));
  expect(mergeTableOf(plan)?.fields[0]).toMatchObject({ field: 'displayName', kind: 'spelling', keep: 'duplicate' });
  expect(effect(plan, 'set')).toMatchObject({ kept: 'yes', to: { text: 'João Silva' } });
  const other = planMerge(input({ fields: { displayName: 'survivor' } }), facts({ duplicate, survivor }));
  expect(mergeTableOf(other)?.fields[0]).toMatchObject({ keep: 'survivor' });
  expect(other.changes?.filter(({ kept, history }) => kept === 'no' && !history)).toEqual([]);
});

test('persons.merge: phones of two countries stand with their country codes, in the table and in the review', () => {
  const survivor = record(SURVIVOR, { primaryPhone: '+5551976543219' });
  const duplicate = record(DUPLICATE, { primaryPhone: '+51976543219' });
  const plan = planMerge(input(), facts({ duplicate, survivor }));
  expect(mergeTableOf(plan)?.fields[0]).toMatchObject({
    field: 'primaryPhone',
    survivor: '+55 51 97654 3219',
    duplicate: '+51 976 543 219',
    countries: ['BR', 'PE'],
  });
  expect(effect(plan, 'field-not-kept')).toMatchObject({ from: { text: '+51 976 543 219' } });
});

test('persons.merge: two spellings of one phone stand as they are stored, since they read alike', () => {
  const survivor = record(SURVIVOR, { primaryPhone: '+5511987654321' });
  const duplicate = record(DUPLICATE, { primaryPhone: '(11) 98765-4321' });
  expect(mergeTableOf(planMerge(input(), facts({ duplicate, survivor })))?.fields[0]).toMatchObject({
    kind: 'spelling',
    survivor: '+5511987654321',
    duplicate: '(11) 98765-4321',
  });
});

test('persons.merge: of metadata the table has what differs, and says how much is the same', () => {
  const survivor = record(SURVIVOR, { metadata: { plano: 'ouro', cidade: 'Recife' } });
  const duplicate = record(DUPLICATE, { metadata: { plano: 'prata', cidade: 'Recife' } });
  const [row] = mergeTableOf(planMerge(input(), facts({ duplicate, survivor })))?.fields ?? [];
  expect(row).toMatchObject({ field: 'metadata', survivor: 'plano: ouro', duplicate: 'plano: prata', alike: 1 });
});
