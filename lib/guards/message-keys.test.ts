import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isUsed, said } from './message-keys.ts';
import { code, isTest, ROOT, sources, type Source } from './source.ts';

type Tree = { [key: string]: string | Tree };

function keysOf(tree: Tree, path = ''): string[] {
  return Object.entries(tree).flatMap(([key, below]) => {
    const whole = path ? `${path}.${key}` : key;
    return typeof below === 'string' ? [whole] : keysOf(below, whole);
  });
}

const messages: Record<string, Tree> = JSON.parse(readFileSync(join(ROOT, 'messages', 'en.json'), 'utf8'));
const ours = sources().filter(({ path }) => /^(app|components|lib)\//.test(path) && !isTest(path));

/** Sentences an operation names by a whole key: nothing checks their types. */
function textKeys(file: Source): string[] {
  if (!/^lib\/(operations|persons|routes|keys|access)\//.test(file.path) || isTest(file.path)) return [];
  return [...code(file.text).matchAll(/\bkey: '([\w.-]+)'/g)].map(([, key = '']) => key);
}

test('every message is used somewhere', () => {
  const files = ours.map(said);
  const unused = Object.entries(messages).flatMap(([namespace, tree]) =>
    keysOf(tree).flatMap((key) => (isUsed(files, namespace, key) ? [] : [`${namespace}.${key}`])),
  );
  expect(unused).toEqual([]);
});

test('every sentence an operation names is written', () => {
  const written = new Set(keysOf(messages.operations ?? {}));
  const missing = ours.flatMap((file) =>
    textKeys(file).flatMap((key) =>
      written.has(`texts.${key.replaceAll('.', '-')}`)
        ? []
        : [`${file.path}: ${key} is no sentence of operations.texts`],
    ),
  );
  expect(missing).toEqual([]);
});

const page = (text: string) => said({ path: 'components/a.tsx', text });

test.each([
  ["const t = useTranslations('persons'); t('title');", 'persons', 'title', true],
  ["const t = await translations('persons'); t('title');", 'persons', 'lead', false],
  ["const t = await translations('person'); t('title');", 'persons', 'title', false],
  ["const t = useTranslations('activity'); t(`statuses.${status}`);", 'activity', 'statuses.done', true],
  ["const t = useTranslations('activity'); t(`statuses.${status}`);", 'activity', 'kinds.done', false],
  ["const t = useTranslations('shell'); const all = [{ id: 'people' }]; t(id);", 'shell', 'people', true],
  ["return { code: 'wrong_key' };", 'problems', 'wrong_key.title', true],
  ['return { code: `store_${kind}` };', 'problems', 'store_full.help', true],
  ["why: { key: 'merge.stuck-half' }", 'operations', 'texts.merge-stuck-half', true],
  ['title: { key: `edit.${field}-title` }', 'operations', 'texts.edit-name-title', true],
  ["// t('title')\nconst t = useTranslations('persons');", 'persons', 'title', false],
])('%s uses %s.%s: %s', (text, namespace, key, used) => {
  expect(isUsed([page(text)], namespace, key)).toBe(used);
});

test('a named sentence is seen', () => {
  expect(textKeys({ path: 'lib/persons/merge/merge.ts', text: "why: { key: 'merge.stuck-half' }" })).toEqual([
    'merge.stuck-half',
  ]);
});
