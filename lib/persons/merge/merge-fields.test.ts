import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Person } from '#lib/omni/schemas/persons.ts';
import { fieldChoices, isEmpty, type FieldChoice } from './merge-fields.ts';
import { PERSON_FIELDS, type PersonField } from './merge-facts.ts';

const nobody = { displayName: null, primaryPhone: null, primaryEmail: null, avatarUrl: null, metadata: null };

const person = (fields: Partial<Person>) => ({ id: '', createdAt: '', updatedAt: '', ...nobody, ...fields }) as Person;

function of(field: PersonField, stays: unknown, goes: unknown, wish?: 'stays' | 'goes'): FieldChoice | undefined {
  return fieldChoices(
    person({ [field]: stays } as Partial<Person>),
    person({ [field]: goes } as Partial<Person>),
    wish ? { [field]: wish } : {},
  ).find((choice) => choice.field === field);
}

test.each([
  ['displayName', 'Ana', null, { keep: 'stays', lost: null, kind: 'only' }],
  ['displayName', null, 'Ana', { keep: 'goes', lost: null, kind: 'only' }],
  ['displayName', '  ', 'Ana', { keep: 'goes', lost: null, kind: 'only' }],
  ['displayName', 'Ana', 'Bia', { keep: 'stays', lost: 'Bia', kind: 'conflict' }],
  ['displayName', 'João', 'JOAO', { keep: 'stays', lost: null, kind: 'conflict' }],
  ['primaryEmail', 'a@b.co', 'A@B.CO', { keep: 'stays', lost: null, kind: 'conflict' }],
  ['primaryEmail', 'a@b.co', 'not an e-mail', { keep: 'stays', lost: 'not an e-mail', kind: 'conflict' }],
  ['metadata', {}, { plano: 'ouro' }, { keep: 'goes', lost: null, kind: 'only' }],
  ['metadata', { a: 1 }, { a: 2 }, { keep: 'stays', lost: { a: 2 }, kind: 'conflict' }],
  ['metadata', { a: 1, b: 2 }, { b: 2, a: 1 }, { keep: 'stays', lost: null, kind: 'same' }],
  ['primaryPhone', '+5511987654321', '98765-4321', { keep: 'stays', lost: null }],
  ['primaryPhone', '98765-4321', '+5511987654321', { keep: 'goes', lost: null, result: '+5511987654321' }],
  ['primaryPhone', '+551187654321', '+5511987654321', { keep: 'goes', lost: null }],
  ['primaryPhone', '+5511987654321', '+5511911112222', { keep: 'stays', lost: '+5511911112222' }],
] as const)('%s: %j stays, %j goes', (field, stays, goes, expected) => {
  expect(of(field, stays, goes)).toMatchObject(expected);
});

test('keeping the shorter writing of a number loses what only the fuller one says', () => {
  expect(of('primaryPhone', '98765-4321', '+5511987654321', 'stays')).toMatchObject({ lost: '+5511987654321' });
  expect(of('primaryPhone', '+5511987654321', '98765-4321', 'goes')).toMatchObject({ lost: '+5511987654321' });
});

test('a value nobody has afterwards is named, and only such a one', () => {
  const text = fc.option(fc.constantFrom('', ' ', 'Ana', 'Bia', 'ana', '98765-4321', '+5511987654321'), { nil: null });
  const wish = fc.option(fc.constantFrom('stays' as const, 'goes' as const), { nil: undefined });
  fc.assert(
    fc.property(fc.constantFrom(...PERSON_FIELDS), text, text, wish, (field, stays, goes, chosen) => {
      const choice = of(field, stays, goes, chosen);
      if (!choice) throw new Error('every field has a choice');
      expect([stays, goes]).toContain(choice.result);
      const dropped = choice.keep === 'stays' ? goes : stays;
      if (choice.lost !== null) expect(choice.lost).toBe(dropped);
      if (isEmpty(choice.result)) expect([isEmpty(stays), isEmpty(goes)]).toContain(true);
    }),
  );
});
