import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Person } from '#lib/omni/schemas/persons.ts';
import { fieldChoices, isEmpty, type FieldChoice } from './merge-fields.ts';
import { PERSON_FIELDS, type PersonField } from './merge-facts.ts';

const nobody = { displayName: null, primaryPhone: null, primaryEmail: null, avatarUrl: null, metadata: null };

const person = (fields: Partial<Person>) => ({ id: '', createdAt: '', updatedAt: '', ...nobody, ...fields }) as Person;

function of(
  field: PersonField,
  survivor: unknown,
  duplicate: unknown,
  chosen?: 'survivor' | 'duplicate',
): FieldChoice | undefined {
  return fieldChoices(
    person({ [field]: survivor } as Partial<Person>),
    person({ [field]: duplicate } as Partial<Person>),
    chosen ? { [field]: chosen } : {},
  ).find((choice) => choice.field === field);
}

test.each([
  ['displayName', 'Ana', null, { keep: 'survivor', lost: null, kind: 'only' }],
  ['displayName', null, 'Ana', { keep: 'duplicate', lost: null, kind: 'only' }],
  ['displayName', '  ', 'Ana', { keep: 'duplicate', lost: null, kind: 'only' }],
  ['displayName', 'Ana', 'Bia', { keep: 'survivor', lost: 'Bia', kind: 'conflict' }],
  ['displayName', 'João', 'JOAO', { keep: 'survivor', lost: null, kind: 'spelling' }],
  ['displayName', 'JOAO  SILVA', 'João Silva', { keep: 'duplicate', lost: null, kind: 'spelling' }],
  ['displayName', 'Ana\u200dPaula', 'AnaPaula', { keep: 'survivor', lost: null, kind: 'same' }],
  ['displayName', '\u3164', 'Ana', { keep: 'duplicate', lost: null, kind: 'only' }],
  ['displayName', 'Ana', '\u3164', { keep: 'survivor', lost: null, kind: 'only' }],
  ['primaryEmail', 'a@b.co', 'A@B.CO', { keep: 'survivor', lost: null, kind: 'spelling' }],
  ['primaryEmail', 'a@b.co', 'not an email', { keep: 'survivor', lost: 'not an email', kind: 'conflict' }],
  ['metadata', {}, { plano: 'ouro' }, { keep: 'duplicate', lost: null, kind: 'only' }],
  ['metadata', { a: 1 }, { a: 2 }, { keep: 'survivor', lost: { a: 2 }, kind: 'conflict' }],
  ['metadata', { a: 1, b: 2 }, { a: 1 }, { keep: 'survivor', lost: null, kind: 'conflict' }],
  ['metadata', { a: 1 }, { a: 1, b: 2 }, { keep: 'duplicate', lost: null, kind: 'conflict' }],
  ['metadata', { a: 1, b: 2 }, { b: 2, a: 1 }, { keep: 'survivor', lost: null, kind: 'same' }],
  ['primaryPhone', '+5511987654321', '98765-4321', { keep: 'survivor', lost: '98765-4321' }],
  ['primaryPhone', '+5511987654321', '(11) 98765-4321', { keep: 'survivor', lost: null }],
  ['primaryPhone', '+51976543219', '+5551976543219', { keep: 'survivor', lost: '+5551976543219' }],
  ['primaryPhone', '(11) 8765-4321', '+5511987654321', { keep: 'duplicate', lost: null, result: '+5511987654321' }],
  ['primaryPhone', '+551187654321', '+5511987654321', { keep: 'duplicate', lost: null }],
  ['primaryPhone', '+5511987654321', '+5511911112222', { keep: 'survivor', lost: '+5511911112222' }],
] as const)('persons.merge, %s: %j kept, %j of the duplicate', (field, survivor, duplicate, expected) => {
  expect(of(field, survivor, duplicate)).toMatchObject(expected);
});

test('persons.merge: keeping the shorter spelling of a number loses what only the fuller one says', () => {
  expect(of('primaryPhone', '(11) 8765-4321', '+5511987654321', 'survivor')).toMatchObject({ lost: '+5511987654321' });
  expect(of('primaryPhone', '+5511987654321', '(11) 8765-4321', 'duplicate')).toMatchObject({ lost: '+5511987654321' });
});

test('persons.merge: a value nobody has afterwards is named, and only such a one', () => {
  const text = fc.option(fc.constantFrom('', ' ', 'Ana', 'Bia', 'ana', '98765-4321', '+5511987654321'), { nil: null });
  const wanted = fc.option(fc.constantFrom('survivor' as const, 'duplicate' as const), { nil: undefined });
  fc.assert(
    fc.property(fc.constantFrom(...PERSON_FIELDS), text, text, wanted, (field, survivor, duplicate, chosen) => {
      const choice = of(field, survivor, duplicate, chosen);
      if (!choice) throw new Error('every field has a choice');
      expect([survivor, duplicate]).toContain(choice.result);
      const dropped = choice.keep === 'survivor' ? duplicate : survivor;
      if (choice.lost !== null) expect(choice.lost).toBe(dropped);
      if (isEmpty(choice.result)) expect([isEmpty(survivor), isEmpty(duplicate)]).toContain(true);
    }),
  );
});
