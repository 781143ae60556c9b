import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberIn, personIdIn } from './pasted.ts';
import { searchPatterns } from './search-patterns.ts';
import { explain, rankHits } from './search-rank.ts';

/** Omni's ILIKE: case-insensitive, accents matter, `%` and `_` live, `\` literal (behaviour B8). */
function ilike(value: string, pattern: string): boolean {
  const source = [...`%${pattern}%`]
    .map((c) => (c === '%' ? '[^]*' : c === '_' ? '[^]' : c.replaceAll(/[$()*+./?[\\\]^{|}]/g, String.raw`\$&`)))
    .join('');
  return new RegExp(`^${source}$`, 'iu').test(value);
}

const people = [
  { id: '1', displayName: 'João Silva', primaryPhone: '+5511987654321', primaryEmail: 'joao.silva@example.com' },
  { id: '2', displayName: 'Joao Silva', primaryPhone: '5511987654321', primaryEmail: null },
  { id: '3', displayName: 'JOAO  SILVA', primaryPhone: '+55 (11) 98765-4321', primaryEmail: null },
  { id: '4', displayName: 'joão da silva', primaryPhone: '+551187654321', primaryEmail: null },
  { id: '5', displayName: "Maria D'Ávila", primaryPhone: '+5511934567890', primaryEmail: 'maria@example.com' },
  { id: '6', displayName: '100% Barbearia', primaryPhone: '+551134567890', primaryEmail: null },
  { id: '7', displayName: 'José Müller', primaryPhone: null, primaryEmail: 'jose_mueller@example.com' },
  { id: '8', displayName: 'Conceição Nuñez', primaryPhone: null, primaryEmail: null },
  { id: '9', displayName: 'Antônio Araújo Gonçalves', primaryPhone: '+5521999990001', primaryEmail: null },
  { id: '10', displayName: null, primaryPhone: '+5541912345678', primaryEmail: null },
  { id: '11', displayName: 'Marcia Lima', primaryPhone: null, primaryEmail: null },
  { id: '12', displayName: 'Kim Lee', primaryPhone: '+14155552671', primaryEmail: null },
];

function found(query: string): string[] {
  const answers = searchPatterns(query).patterns.map(({ text, keep }) => ({
    keep,
    hits: people.filter((p) =>
      [p.displayName, p.primaryPhone, p.primaryEmail].some((value) => value !== null && ilike(value, text)),
    ),
  }));
  return rankHits(query, answers).map(({ id }) => id);
}

describe('people search', () => {
  it.each([
    ['joao silva', ['1', '2', '3', '4']],
    ['silva joao', ['1', '2', '3', '4']],
    ['JOÃO', ['1', '2', '3', '4']],
    ['joao', ['1', '2', '3', '4']],
    ['João'.normalize('NFD'), ['1', '2', '3', '4']],
    ['(11) 98765-4321', ['1', '2', '3', '4']],
    ['11 8765-4321', ['1', '2', '3', '4']],
    ['+55 11 98765-4321', ['1', '2', '3', '4']],
    ['98765-4321', ['1', '2', '3', '4']],
    ['(11) 3456-7890', ['6']],
    ['11 93456-7890', ['5']],
    ['joao.silva', ['1']],
    ['100%', ['6']],
    ['_', ['7']],
    ['%', ['6']],
    ["D'Ávila", ['5']],
    ['d’avila', ['5']],
    ['davila maria', ['5']],
    ['maria davila', ['5']],
    ['davila', ['5']],
    ['jose muller', ['7']],
    ['muller', ['7']],
    ['conceicao', ['8']],
    ['nunez conceicao', ['8']],
    ['goncalves araujo antonio', ['9']],
    ['marcia', ['11']],
    ['Márcia', ['11']],
    ['Silva, João', ['1', '2', '3', '4']],
    ['(11) 98765-4', ['1', '2', '3']],
    ['(11) 98765-432', ['1', '2', '3']],
    ['(11) 8765-43', ['1', '2', '3', '4']],
    ['(415) 555-2671', ['12']],
    ['415-555-26', ['12']],
    ['J. Silva', ['1', '2', '3', '4']],
    ['Silva, J.', ['1', '2', '3', '4']],
    ['joao-silva', ['1', '2', '3', '4']],
    ['Conceição-Nuñez', ['8']],
    ['-', ['3']],
    ['<joao.silva@example.com>', ['1']],
    ['José Müller jose_mueller@example.com', ['7']],
    ['https://wa.me/5511987654321', ['1', '2', '3', '4']],
    ['João +55 11 98765-4321', ['1', '2', '3', '4']],
    ['+55 (11) 3456-7890 (fixo)', ['6']],
    ['xyzzy', []],
  ])('%s finds what a person expects and nothing else', (query, expected) =>
    expect(found(query).sort()).toEqual([...expected].sort()),
  );

  it('ranks the exact name first, a phone match first, a mere part last', () => {
    expect(found('joão silva')[0]).toBe('1');
    expect(
      explain('silva', { id: '', displayName: 'Silvana', primaryPhone: null, primaryEmail: null })?.rank,
    ).toBeLessThan(
      explain('silva', { id: '', displayName: 'Da Silva', primaryPhone: null, primaryEmail: null })?.rank ?? 0,
    );
  });

  it('keeps a handle hit of the text as typed, and says so', () => {
    const hit = { id: 'h', displayName: 'Ana', primaryPhone: null, primaryEmail: null };
    expect(rankHits('486510234418746863', [{ keep: true, hits: [hit] }])).toEqual([{ ...hit, matchedBy: 'handle' }]);
    expect(rankHits('486510234418746863', [{ keep: false, hits: [hit] }])).toEqual([]);
  });

  it('sends at most three searches, never an empty or all-wild one, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (query) => {
        const { patterns } = searchPatterns(query);
        expect(patterns.length).toBeLessThanOrEqual(3);
        for (const { text, keep } of patterns) {
          expect(text).not.toBe('');
          expect(text).not.toContain('\u0000');
          if (!keep && text !== patterns[0]?.text)
            expect(text.replaceAll(/[%_]/g, '').length).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps at least half of a word, and four letters of several words', () => {
    for (const [query, least] of [
      ['joana', 3],
      ['ze', 1],
      ['leo', 1],
      ['joao silva', 4],
      ['conceicao nunez', 4],
    ] as const) {
      const open = searchPatterns(query).patterns[1];
      if (open) expect(open.text.replaceAll(/[%_]/g, '').length).toBeGreaterThanOrEqual(least);
    }
  });
});

it.each([
  ['DDDDDD01-0000-4000-8000-000000000001', true],
  [' dddddd01-0000-4000-8000-000000000001\n', true],
  ['"dddddd01-0000-4000-8000-000000000001",', true],
  ['https://console.example/persons/dddddd01-0000-4000-8000-000000000001?receipt=x#y', true],
  ['/persons/dddddd01-0000-4000-8000-000000000001', true],
  ['https://console.example/routes/x/dddddd01-0000-4000-8000-000000000001', false],
  ['Ana dddddd01-0000-4000-8000-000000000001', false],
  ['dddddd01-0000-4000-8000-00000000000', false],
  ['urn:uuid:DDDDDD01-0000-4000-8000-000000000001', true],
  ['{dddddd01-0000-4000-8000-000000000001}', true],
  ['"id": "dddddd01-0000-4000-8000-000000000001",', true],
  ['personId=dddddd01-0000-4000-8000-000000000001', true],
  ['person_id : dddddd01-0000-4000-8000-000000000001', true],
  ['`dddddd01-0000-4000-8000-000000000001`', true],
  ['“dddddd01-0000-4000-8000-000000000001”…', true],
  ['dddddd01\u20110000\u20114000\u20118000\u2011000000000001\u200b', true],
  ['https://console.example/persons/merge?into=dddddd01-0000-4000-8000-000000000001&from=x', true],
  ['https://console.example/routes/test?instance=x&person=dddddd01-0000-4000-8000-000000000001', true],
  ['https://console.example/persons?q=dddddd01-0000-4000-8000-000000000001', true],
  ['[Ana](https://console.example/persons/dddddd01-0000-4000-8000-000000000001)', true],
  ['chatId=dddddd01-0000-4000-8000-000000000001', false],
  ['https://console.example/keys/dddddd01-0000-4000-8000-000000000001', false],
])('search: %j is the id of a person: %s', (query, is) => {
  expect(personIdIn(query)).toBe(is ? 'dddddd01-0000-4000-8000-000000000001' : null);
});

it.each([
  ['tel:+55-11-98765-4321', '+55-11-98765-4321'],
  ['TEL: (11) 98765-4321;ext=3', '(11) 98765-4321'],
  ['whatsapp:+5511987654321', '+5511987654321'],
  ['https://wa.me/5511987654321?text=oi', '+5511987654321'],
  ['wa.me/+51976543219', '+51976543219'],
  ['https://api.whatsapp.com/send?text=oi&phone=5511987654321', '+5511987654321'],
  ['5511987654321:12@s.whatsapp.net', '+5511987654321'],
  ['51976543219@c.us', '+51976543219'],
  ['Ana Souza +55 11 98765-4321', '+55 11 98765-4321'],
  ['Ligar para (11) 98765-4321 amanhã', '(11) 98765-4321'],
  [
    'BEGIN:VCARD\nVERSION:3.0\nFN:Ana Souza\nTEL;type=CELL;waid=5511987654321:+55 11 98765-4321\nEND:VCARD',
    '+55 11 98765-4321',
  ],
  ['BEGIN:VCARDVERSION:3.0FN:Ana SouzaTEL;TYPE=CELL:+5511987654321END:VCARD', '+5511987654321'],
  ['BEGIN:VCARDVERSION:3.0FN:Ana SouzaEMAIL;TYPE=WORK:ana@exemplo.comEND:VCARD', 'ana@exemplo.com'],
  ['BEGIN:VCARD\nVERSION:3.0\nFN:Ana Souza\nEND:VCARD', 'Ana Souza'],
  ['mailto:ana@exemplo.com?subject=oi', 'ana@exemplo.com'],
  ['"Souza, Ana" <ana.souza@exemplo.com>,', 'ana.souza@exemplo.com'],
  ['<ana@exemplo.com>', 'ana@exemplo.com'],
  ['Ana ana+loja@exemplo.com.br;', 'ana+loja@exemplo.com.br'],
  ['ana@exemplo.com.', 'ana@exemplo.com'],
  ['ana@münchen.de', 'ana@xn--mnchen-3ya.de'],
  ['https://t.me/helenaprado', '@helenaprado'],
  ['instagram.com/helena.prado/?hl=pt', '@helena.prado'],
  ['https://console.example/persons?q=ana%20souza&limit=20', 'ana souza'],
])('search: of %j only what was meant is searched for: %s', (query, meant) => expect(numberIn(query)).toBe(meant));

it.each([
  '5511987654321@lid',
  'ana@exemplo.com, bia@exemplo.com',
  'Loja 24 horas 1234-5678',
  'Ana 11 98765-4321 e 11 91234-5678',
  'Hotel: quarto 12',
  'tel aviv',
  '@helenaprado',
  'https://console.example/persons?limit=20',
  'https://t.me/',
  'ana',
])('search: %j is searched for as it is', (query) => expect(numberIn(query)).toBe(query));
