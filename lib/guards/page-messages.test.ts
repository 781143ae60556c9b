import { expect, test } from 'vitest';
import { BASE } from '#lib/i18n/message-sets.ts';
import { PLAN_MESSAGES } from '#lib/i18n/plan-messages.ts';
import { namespaces } from '#lib/i18n/messages.ts';
import { code, importsOf, isTest, sources, type Source } from './source.ts';

type Files = ReadonlyMap<string, Source>;

const OF = /<WithMessages\s+of=\{\[([^\]]*)\]\}/g;
const STARTS = /\bstarts=(?:"(all)"|\{\[([^\]]*)\]\})/g;
const USES = /\buseTranslations\(\s*'([\w-]+)'/g;
const NAMES = /'((?:persons|access|routes|keys)\.[a-z-]+)'/g;

/** What shows an entry of any operation, and starts whatever undoes it. */
const SHOWS_ALL: ReadonlySet<string> = new Set([
  'app/(console)/activity/[id]/page.tsx',
  'components/activity/activity-list.tsx',
]);

/** The namespaces a file gives what it renders, and the operations (`all`: any) that can be started there; none where it says none. */
function given({ text }: Source): string[] {
  const bare = code(text);
  return [
    ...[...bare.matchAll(OF)].flatMap(([, list = '']) => [...list.matchAll(/'([\w-]+)'/g)].map(([, one = '']) => one)),
    ...[...bare.matchAll(STARTS)].flatMap(([, all, list = '']) =>
      all ? [all] : [...list.matchAll(NAMES)].map(([, one = '']) => one),
    ),
  ];
}

/** The namespaces and operations that what a file shows in a browser opens; what a file with a list of its own shows is that list's. */
function needed(start: Source, files: Files): Set<string> {
  const seen = new Set([start.path]);
  const used = new Set<string>();
  const waiting = [start];
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    const bare = code(file.text);
    for (const [, one = ''] of bare.matchAll(USES)) used.add(one);
    if (file.path.startsWith('components/'))
      for (const [, one = ''] of bare.matchAll(NAMES)) if (one in PLAN_MESSAGES) used.add(one);
    if (SHOWS_ALL.has(file.path)) used.add('all');
    for (const { target, typeOnly } of importsOf(file)) {
      const next = typeOnly || seen.has(target) ? undefined : files.get(target);
      if (!next || given(next).length > 0) continue;
      seen.add(target);
      waiting.push(next);
    }
  }
  return used;
}

function problems(file: Source, files: Files): string[] {
  const listed = given(file);
  const isPage = /^app\/.*\/(page|layout|forbidden|not-found)\.tsx$/.test(file.path);
  if (listed.length === 0 && !isPage) return [];
  const used = needed(file, files);
  const startsAny = listed.includes('all');
  const isGiven = (one: string) =>
    listed.includes(one) ||
    BASE.some((base) => base === one) ||
    (one in PLAN_MESSAGES && startsAny) ||
    (one === 'operations' && listed.some((name) => name in PLAN_MESSAGES || name === 'all'));
  const missing = [...used].filter((one) => !isGiven(one));
  // A part of a page shows what the page hands it, too; `plan-…` are read by the sentences that entries hold.
  const unused = (isPage ? listed : []).filter(
    (one) => !used.has(one) && !BASE.some((base) => base === one) && !one.startsWith('plan-'),
  );
  const unknown = listed.filter(
    (one) => one !== 'all' && !(one in PLAN_MESSAGES) && !namespaces.some((name) => name === one),
  );
  return [
    ...missing.map((one) => `${file.path} shows what needs ${one}`),
    ...[...unused, ...unknown].map((one) => `${file.path} lists ${one}, which nothing on it uses`),
  ];
}

const asFiles = (all: readonly Source[]): Files => new Map(all.map((file) => [file.path, file]));

test('every page gives its parts the messages they use, and no others', () => {
  const ours = asFiles(sources().filter(({ path }) => /^(app|components|lib)\//.test(path) && !isTest(path)));
  expect([...ours.values()].flatMap((file) => problems(file, ours))).toEqual([]);
});

test.each([
  ["<WithMessages of={['persons']}>", "useTranslations('persons')", 0],
  ["<WithMessages of={['persons', 'ui']}>", "useTranslations('routing')", 2],
  ['<main>', "useTranslations('persons')", 1],
  ['<main>', "useTranslations('ui')", 0],
  [
    "<WithMessages of={['persons']} starts={['persons.edit']}>",
    "useTranslations('persons'); change('persons.edit')",
    0,
  ],
  ["<WithMessages of={['persons']}>", "useTranslations('persons'); change('persons.edit')", 1],
  ["<WithMessages of={['persons']} starts={['persons.edit']}>", "useTranslations('persons')", 1],
])('%s over %s has %d problems', (page, part, count) => {
  const files = asFiles([
    { path: 'app/a/page.tsx', text: `import { A } from '#components/a.tsx';\n${page}` },
    { path: 'components/a.tsx', text: `import { b } from './b.ts';` },
    { path: 'components/b.ts', text: part },
  ]);
  expect([...files.values()].flatMap((file) => problems(file, files))).toHaveLength(count);
});
