import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evidenceFor, isLikely, plainHandle, type Candidate } from './duplicate-evidence.ts';

const candidate = (person: Partial<Candidate['person']>, handles: [string, string][] = []): Candidate => ({
  person: { id: 'x', displayName: null, primaryPhone: null, primaryEmail: null, ...person },
  identities: handles.map(([channel, platformUserId]) => ({ channel, platformUserId })),
});
const evidence = (a: Candidate, b: Candidate) => evidenceFor(a, b).map(({ speaks, what }) => `${speaks} ${what}`);

describe('duplicates: evidence for', () => {
  test.each<[string, Candidate, Candidate, string[]]>([
    [
      'the same digits',
      candidate({ primaryPhone: '+5511987654321' }),
      candidate({ primaryPhone: '(11) 98765-4321' }),
      ['for phone-ninth'],
    ],
    [
      'equal numbers',
      candidate({ primaryPhone: '+5511987654321' }),
      candidate({ primaryPhone: '+55 11 98765-4321' }),
      ['for phone'],
    ],
    [
      'with and without the ninth',
      candidate({ primaryPhone: '+551187654321' }),
      candidate({ primaryPhone: '+5511987654321' }),
      ['for phone-ninth'],
    ],
    [
      'a handle that is the number',
      candidate({}, [['whatsapp-baileys', '5511987654321@s.whatsapp.net']]),
      candidate({ primaryPhone: '+5511987654321' }),
      ['for phone'],
    ],
    [
      'the same email in another case',
      candidate({ primaryEmail: 'Ana@Exemplo.com' }),
      candidate({ primaryEmail: 'ana@exemplo.com' }),
      ['for email'],
    ],
    [
      'a handle spelt otherwise',
      candidate({}, [['telegram', '@Joao.Silva']]),
      candidate({}, [['discord', 'joao_silva']]),
      ['for handle'],
    ],
    [
      'two words of the name',
      candidate({ displayName: 'João da Silva' }),
      candidate({ displayName: 'Joao Silva' }),
      ['for name'],
    ],
  ])('%s', (_, a, b, expected) => {
    expect(evidence(a, b)).toEqual(expected);
    expect(evidence(b, a)).toEqual(expected);
  });
});

describe('duplicates: evidence against', () => {
  test.each<[string, Candidate, Candidate, string[]]>([
    [
      'other numbers',
      candidate({ primaryPhone: '+5511987654321' }),
      candidate({ primaryPhone: '+5511911112222' }),
      ['against other-phone'],
    ],
    [
      'a landline is not the mobile with a nine before it',
      candidate({ primaryPhone: '+551132654321' }),
      candidate({ primaryPhone: '+5511932654321' }),
      ['against other-phone'],
    ],
    [
      'another area',
      candidate({ primaryPhone: '+5511987654321' }),
      candidate({ primaryPhone: '+5521987654321' }),
      ['against other-phone'],
    ],
    [
      'no word in common',
      candidate({ displayName: 'Ana Souza' }),
      candidate({ displayName: 'Bia Reis' }),
      ['against other-name'],
    ],
    [
      'one first name in common says nothing',
      candidate({ displayName: 'Ana Souza' }),
      candidate({ displayName: 'Ana Reis' }),
      [],
    ],
    [
      'a @lid is no number',
      candidate({}, [['whatsapp-baileys', '5511987654321@lid']]),
      candidate({ primaryPhone: '+5511987654321' }),
      [],
    ],
    ['numbers are no handles', candidate({}, [['telegram', '123456']]), candidate({}, [['discord', '123456']]), []],
  ])('%s', (_, a, b, expected) => {
    expect(evidence(a, b)).toEqual(expected);
    expect(evidence(b, a)).toEqual(expected);
  });

  test('comes after evidence for', () => {
    const a = candidate({ primaryPhone: '+5511987654321', displayName: 'Ana Souza' });
    const b = candidate({ primaryPhone: '+5511987654321', displayName: 'Padaria' });
    expect(evidence(a, b)).toEqual(['for phone', 'against other-name']);
  });
});

test('duplicates: evidence for two people does not depend on their order', () => {
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
      candidate(
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

test('duplicates: a name alone is not enough', () => {
  const [a, b] = [candidate({ displayName: 'Ana Souza' }), candidate({ displayName: 'Ana Souza' })];
  expect(isLikely(evidenceFor(a, b))).toBe(false);
  expect(plainHandle('@João.Silva')).toBe('joaosilva');
});

test('duplicates: a hidden phone is evidence for its name on the same instance, and no more', () => {
  const on = (handle: string, instanceId = 'a', displayName = 'Luís Ítalo') => ({
    person: candidate({ displayName }).person,
    identities: [{ channel: 'whatsapp-baileys', platformUserId: handle, instanceId }],
  });
  const phone = on('5511987654321@s.whatsapp.net');
  for (const hidden of ['98124352875166@lid', '77124352875167@hosted.lid', 'PE.13491208655302741918', 'luis.italo']) {
    expect(evidence(on(hidden), phone)).toEqual(['for no-phone', 'for name']);
    expect(evidence(phone, on(hidden))).toEqual(['for no-phone', 'for name']);
    expect(evidence(on(hidden, 'b'), phone)).toEqual(['for name']);
    expect(evidence(on(hidden, 'a', 'Luís Souza'), phone)).toEqual([]);
  }
  expect(evidence(on('98124352875166@lid'), on('12124352875166@lid'))).toEqual(['for name']);
});
