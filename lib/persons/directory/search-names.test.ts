import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { askedFor } from '#components/operations/plan/typed-to-confirm.ts';
import { typedToMerge } from '#lib/persons/merge/merge-fields.ts';
import { fold } from '#lib/text/fold.ts';
import { visibleName } from '#lib/text/visible.ts';
import { personRow } from './row.ts';
import { searchPeople, type SearchProgress } from './search.ts';

/** First names with accents and letters of other alphabets' spelling, as people without an email have them. */
const ACCENTED = `
  Luís Inês Léo Zé Ítalo Josué João José André Antônio António Íris Érica Ângela Úrsula Otávio Márcia Márcio Mônica Mónica Cecília
  César Célia Cícero Cláudia Cláudio Conceição Débora Diógenes Dóris Édson Élcio Emília Estêvão Eugênia Fábio Fátima Félix Flávia
  Flávio Genésio Geórgia Glória Gonçalo Gláucia Heloísa Hélio Ícaro Inácio Jéssica Jônatas Júlia Júlio Kátia Kauê Cauã Laís Lázaro
  Letícia Lídia Lívia Lúcia Lúcio Luíza Mário Matías Nádia Natália Nélson Nicolás Noé Noël Patrícia Petrônio Raíssa Raúl
  Régis Renê René Róbson Rômulo Rosângela Rúbia Sâmia Sebastião Sérgio Sílvia Sílvio Simão Sônia Tainá Taís Tânia Tarcísio Thaís
  Tomás Valéria Vânia Verônica Vinícius Vitória Yasmín Zélia Zoé Zoë Ramón Martín Sofía Íñigo Begoña Iñaki Ángel Óscar Jesús
  Adrián Hélène Françoise Chloé Anaïs Benoît Jürgen Günther Björn Søren Łukasz Paweł Małgorzata Đorđe Weiß Țuțu Ștefan Ioniță Jiří
  Ondřej`
  .trim()
  .split(/\s+/);

/** Names that break a page: nothing seen, turned writing, joined and doubled marks, quotes of every kind, markup, very long. */
const HOSTILE = [
  'Ana\u200d Paula',
  'A\u202egnp.exe',
  '“Zé” d’Água',
  '\u200eMaria\u200e',
  '\u2066Rosa\u2069',
  'Pedro\u00ad Henrique',
  'Bia\ufeff',
  'Carla\u0000'.replace('\u0000', '\u2060'),
  '  Davi   Luca  ',
  'Elis\tRegina',
  'Nina\nSimone',
  '<b>Gil</b>',
  '"><script>alert(1)</script>',
  "'; DROP TABLE persons; --",
  '=HYPERLINK("x")',
  '100% Real',
  'under_score',
  'back\\slash',
  'Família 👩‍👩‍👧',
  'Bandeira 🇧🇷',
  '❤️ Amor',
  'Ṁ̈́ä̃̀r̈ç̌ō',
  'José Antônio'.normalize('NFD'),
  'ＡＮＡ ＷＩＤＥ',
  '王小明',
  'שלום כהן',
  'محمد علي',
  '{{name}}',
  'امیر\u200cحسین',
  'क्\u200dष',
  '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} Inglaterra',
  'Oto\ue000\ue001',
  'Nara\u0085Leão',
  `Longa ${'de Alcântara '.repeat(18)}Fim`.slice(0, 255),
  '~',
];

const UNSEEN = [
  '\u{e0041}\u{e0042}',
  '\u0301\u0302',
  '\u3164',
  '\u200b\u200b',
  '\u2800',
  ' \u00a0 ',
  '\u202e\u202c',
  '\u115f\u1160',
  '',
];

const ids = new Map<string, string>();

const { sandbox, control } = await ownSandbox({ persons: 30 });
beforeAll(async () => {
  for (const name of [...ACCENTED, ...HOSTILE]) ids.set(name, randomUUID());
  await control.rows({ persons: [...ids].map(([displayName, id]) => ({ id, displayName, primaryEmail: null })) });
});

async function search(query: string): Promise<SearchProgress | undefined> {
  let last: SearchProgress | undefined;
  for await (const progress of searchPeople(omniFor(sandbox.url, sandbox.keys.admin), query)) last = progress;
  return last;
}

test('search: 134 accented first names of people without an email are each found by their bare letters', async () => {
  expect(new Set(ACCENTED).size).toBe(134);
  const missed: string[] = [];
  for (const name of ACCENTED) {
    const found = await search(fold(name));
    if (!found?.hits.some(({ id }) => id === ids.get(name))) missed.push(`${fold(name)} (${name})`);
  }
  expect(missed).toEqual([]);
}, 60_000);

test.each(HOSTILE)('names: %j is seen, searched for and typed', async (name) => {
  const seen = visibleName(name);
  expect(seen).not.toBeNull();
  expect(seen).not.toMatch(/[\p{Cc}\u00ad\u2028-\u202e\u2060-\u2069\ufeff]/u);
  expect(personRow({ id: '', displayName: name, primaryPhone: null, primaryEmail: null, createdAt: '' }).name).toBe(
    seen,
  );
  expect((await search(seen ?? ''))?.hits.map(({ id }) => id)).toContain(ids.get(name));
  const asked = typedToMerge([], { displayName: name });
  expect(asked?.length).toBeLessThan(60);
  const confirm = askedFor({ text: asked ?? '' }, (verb) => verb);
  expect([confirm?.met(asked ?? ''), confirm?.met(fold(asked ?? '')), confirm?.met('')]).toEqual([true, true, false]);
});

test.each([
  ['🏴\u{e0067}\u{e0062}\u{e007f}', '🏴\u{e0067}\u{e0062}\u{e007f}'],
  ['Ana\u{e0067}\u{e007f}', 'Ana'],
  ['امیر\u200cحسین', 'امیر\u200cحسین'],
  ['A\u200cn\u200da', 'Ana'],
  ['Ana1\ufe0f', 'Ana1'],
  ['1\ufe0f\u20e3', '1\ufe0f\u20e3'],
  ['❤\ufe0f\u200d🔥\u200d', '❤\ufe0f\u200d🔥'],
  ['Ana\ue001', 'Ana\ue001'],
  ['Ana\u000bBia', 'Ana Bia'],
  ['Kaʻahumanu ‹K›', "Ka'ahumanu 'K'"],
])('names: of %j is seen %j', (name, seen) => expect(visibleName(name)).toBe(seen));

test.each(UNSEEN)('names: of %j nothing is seen, so it is none', (name) => {
  expect(visibleName(name)).toBeNull();
  expect(
    personRow({ id: '', displayName: name, primaryPhone: null, primaryEmail: null, createdAt: '' }).name,
  ).toBeNull();
});

test.each([
  ['joao', false],
  ['silva', false],
  ['ana', true],
])('search: %s may be incomplete: %s', async (query, incomplete) => {
  expect((await search(query))?.incomplete).toBe(incomplete);
});

test.each([
  ['Ənvər', 'enver'],
  ['Ŋgũgĩ', 'ngugi'],
  ['İpek Işıl', 'ipek isil'],
  ['Gal·la', 'galla'],
  ['امیر\u200cحسین', 'امیرحسین'],
  ['Αλέξης', 'αλεξης'],
  ['Кристиан Ковалёв', 'кристиан ковалев'],
])('search: %s is compared as %s', (name, plain) => expect(fold(name)).toBe(plain));
