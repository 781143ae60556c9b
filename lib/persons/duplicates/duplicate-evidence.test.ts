import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evidenceFor, isLikely, plainHandle, type Candidate } from './duplicate-evidence.ts';

const someone = (person: Partial<Candidate['person']>, handles: [string, string][] = []): Candidate => ({
  person: { id: 'x', displayName: null, primaryPhone: null, primaryEmail: null, ...person },
  identities: handles.map(([channel, platformUserId]) => ({ channel, platformUserId })),
});
const told = (a: Candidate, b: Candidate) => evidenceFor(a, b).map(({ speaks, what }) => `${speaks} ${what}`);

describe('what speaks for two people being one', () => {
  test.each<[string, Candidate, Candidate, string[]]>([
    [
      'the same digits',
      someone({ primaryPhone: '+5511987654321' }),
      someone({ primaryPhone: '(11) 98765-4321' }),
      ['for phone-ninth'],
    ],
    [
      'equal numbers',
      someone({ primaryPhone: '+5511987654321' }),
      someone({ primaryPhone: '+55 11 98765-4321' }),
      ['for phone'],
    ],
    [
      'with and without the ninth',
      someone({ primaryPhone: '+551187654321' }),
      someone({ primaryPhone: '+5511987654321' }),
      ['for phone-ninth'],
    ],
    [
      'a handle that is the number',
      someone({}, [['whatsapp-baileys', '5511987654321@s.whatsapp.net']]),
      someone({ primaryPhone: '+5511987654321' }),
      ['for phone'],
    ],
    [
      'the same e-mail in another case',
      someone({ primaryEmail: 'Ana@Exemplo.com' }),
      someone({ primaryEmail: 'ana@exemplo.com' }),
      ['for email'],
    ],
    [
      'a handle spelt otherwise',
      someone({}, [['telegram', '@Joao.Silva']]),
      someone({}, [['discord', 'joao_silva']]),
      ['for handle'],
    ],
    [
      'two words of the name',
      someone({ displayName: 'João da Silva' }),
      someone({ displayName: 'Joao Silva' }),
      ['for name'],
    ],
  ])('%s', (_, a, b, expected) => {
    expect(told(a, b)).toEqual(expected);
    expect(told(b, a)).toEqual(expected);
  });
});

describe('what speaks against', () => {
  test.each<[string, Candidate, Candidate, string[]]>([
    [
      'other numbers',
      someone({ primaryPhone: '+5511987654321' }),
      someone({ primaryPhone: '+5511911112222' }),
      ['against other-phone'],
    ],
    [
      'a landline is not the mobile with a nine before it',
      someone({ primaryPhone: '+551132654321' }),
      someone({ primaryPhone: '+5511932654321' }),
      ['against other-phone'],
    ],
    [
      'another area',
      someone({ primaryPhone: '+5511987654321' }),
      someone({ primaryPhone: '+5521987654321' }),
      ['against other-phone'],
    ],
    [
      'no word in common',
      someone({ displayName: 'Ana Souza' }),
      someone({ displayName: 'Bia Reis' }),
      ['against other-name'],
    ],
    [
      'one first name in common says nothing',
      someone({ displayName: 'Ana Souza' }),
      someone({ displayName: 'Ana Reis' }),
      [],
    ],
    [
      'a @lid is no number',
      someone({}, [['whatsapp-baileys', '5511987654321@lid']]),
      someone({ primaryPhone: '+5511987654321' }),
      [],
    ],
    ['numbers are no handles', someone({}, [['telegram', '123456']]), someone({}, [['discord', '123456']]), []],
  ])('%s', (_, a, b, expected) => {
    expect(told(a, b)).toEqual(expected);
    expect(told(b, a)).toEqual(expected);
  });

  test('it stands after what speaks for', () => {
    const a = someone({ primaryPhone: '+5511987654321', displayName: 'Ana Souza' });
    const b = someone({ primaryPhone: '+5511987654321', displayName: 'Padaria' });
    expect(told(a, b)).toEqual(['for phone', 'against other-name']);
  });
});

test('what speaks for two people is the same whoever of them is looked at', () => {
  const numbers = ['+5511987654321', '5511987654321', '(11) 98765-4321', '+551187654321', '+5511911112222'];
  const handles = [
    '5511987654321@s.whatsapp.net',
    '551187654321@s.whatsapp.net',
    '@Joao.Silva',
    'joao_silva',
    'joaosilva',
  ];
  const person = fc
    .record({
      primaryPhone: fc.option(fc.constantFrom(...numbers), { nil: null }),
      displayName: fc.option(fc.constantFrom('João Silva', 'Silva Joao'), { nil: null }),
      handles: fc.uniqueArray(fc.constantFrom(...handles), { maxLength: 4 }),
    })
    .map(({ handles: own, ...fields }) =>
      someone(
        fields,
        own.map((handle) => ['whatsapp-baileys', handle]),
      ),
    );
  const reasons = (a: Candidate, b: Candidate) =>
    evidenceFor(a, b)
      .filter(({ speaks }) => speaks === 'for')
      .map(({ what, value }) => [what, ...value.split(' · ').sort()]);
  fc.assert(
    fc.property(person, person, (a, b) => {
      expect(reasons(a, b)).toEqual(reasons(b, a));
    }),
  );
});

test('a name alone does not make two people one', () => {
  const [a, b] = [someone({ displayName: 'Ana Souza' }), someone({ displayName: 'Ana Souza' })];
  expect(isLikely(evidenceFor(a, b))).toBe(false);
  expect(plainHandle('@João.Silva')).toBe('joaosilva');
});
