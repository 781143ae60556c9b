import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OPERATIONS } from '#app/operations.ts';
import { PLAN_MESSAGES } from '#lib/i18n/plan-messages.ts';
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

/** The keys of the sentences that operations say: of `operations.texts` and of the namespaces `plan-…`. */
function sentences(): string[] {
  const { operations = {}, ...rest } = messages;
  const plans = Object.entries(rest).filter(([namespace]) => namespace.startsWith('plan-'));
  const shared = operations.texts;
  return [shared, ...plans.map(([, tree]) => tree)].flatMap((tree) => (typeof tree === 'object' ? keysOf(tree) : []));
}

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

test('a sentence of an operation stands in one place', () => {
  const all = sentences();
  expect(all.filter((key, index) => all.indexOf(key) !== index)).toEqual([]);
});

test('every operation has its sentences: the console knows them by name', () => {
  expect(Object.keys(PLAN_MESSAGES).toSorted()).toEqual([...OPERATIONS.keys()].toSorted());
});

test('every sentence an operation names is written', () => {
  const written = new Set(sentences());
  const missing = ours.flatMap((file) =>
    textKeys(file).flatMap((key) =>
      written.has(key.replaceAll('.', '-')) ? [] : [`${file.path}: ${key} is no sentence of an operation`],
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
  ['title: { key: `edit.${field}-title` }', 'plan-edit', 'edit-name-title', true],
  ["happens('route-left')", 'plan-merge', 'effect-route-left', true],
  ["happens('route-left')", 'plan-merge', 'effect-route-right', false],
  ["// t('title')\nconst t = useTranslations('persons');", 'persons', 'title', false],
])('%s uses %s.%s: %s', (text, namespace, key, used) => {
  expect(isUsed([page(text)], namespace, key)).toBe(used);
});

test('a named sentence is seen', () => {
  expect(textKeys({ path: 'lib/persons/merge/merge.ts', text: "why: { key: 'merge.stuck-half' }" })).toEqual([
    'merge.stuck-half',
  ]);
});
