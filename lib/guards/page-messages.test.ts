import { expect, test } from 'vitest';
import { BASE } from '#lib/i18n/message-sets.ts';
import { namespaces } from '#lib/i18n/messages.ts';
import { code, importsOf, isTest, sources, type Source } from './source.ts';

type Files = ReadonlyMap<string, Source>;

const OF = /<WithMessages\s+of=\{\[([^\]]*)\]\}/g;
const USES = /\buseTranslations\(\s*'([\w-]+)'/g;

/** The namespaces a file gives what it renders; none where it says none. */
function given({ text }: Source): string[] {
  return [...code(text).matchAll(OF)].flatMap(([, list = '']) =>
    [...list.matchAll(/'([\w-]+)'/g)].map(([, one = '']) => one),
  );
}

/** The namespaces that what a file shows in a browser opens; what a file with a list of its own shows is that list's. */
function needed(start: Source, files: Files): Set<string> {
  const seen = new Set([start.path]);
  const used = new Set<string>();
  const waiting = [start];
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    for (const [, one = ''] of code(file.text).matchAll(USES)) used.add(one);
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
  const missing = [...used].filter((one) => !listed.includes(one) && !BASE.some((base) => base === one));
  // A part of a page shows what the page hands it, too.
  const unused = (isPage ? listed : []).filter((one) => !used.has(one) && !BASE.some((base) => base === one));
  const unknown = listed.filter((one) => !namespaces.some((name) => name === one));
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
])('%s over %s has %d problems', (page, part, count) => {
  const files = asFiles([
    { path: 'app/a/page.tsx', text: `import { A } from '#components/a.tsx';\n${page}` },
    { path: 'components/a.tsx', text: `import { b } from './b.ts';` },
    { path: 'components/b.ts', text: part },
  ]);
  expect([...files.values()].flatMap((file) => problems(file, files))).toHaveLength(count);
});
