import { expect, test } from 'vitest';
import en from '#messages/en.json' with { type: 'json' };
import ptBR from '#messages/pt-BR.json' with { type: 'json' };
import { fold } from '#lib/text/fold.ts';
import { actionsOf, SECTIONS } from './actions.ts';
import { findActions, MOST_ACTIONS } from './find-actions.ts';

const LABELS: Record<string, Record<string, string>> = { en: en.palette.actions, 'pt-BR': ptBR.palette.actions };
const ALL = SECTIONS.flatMap(({ actions }) => actions);
const labelIn = (locale: string) => (id: string) => LABELS[locale]?.[id] ?? '';

test.each(['en', 'pt-BR'])('every action is found by its words of %s, whichever language is shown', (locale) => {
  for (const shown of ['en', 'pt-BR']) {
    for (const { id } of ALL) {
      const words = fold(labelIn(locale)(id))
        .split(/[^\p{L}\p{N}]+/u)
        .filter(Boolean);
      for (const query of [words.join(' '), words.toReversed().join(' '), words.join(' ').toUpperCase()])
        expect([shown, query, findActions(query, labelIn(shown)).map((found) => found.id)]).toEqual([
          shown,
          query,
          expect.arrayContaining([id]),
        ]);
    }
  }
});

test.each([
  ['rotate', 'rotate'],
  ['trocar chave', 'rotate'],
  ['quem responde', 'test'],
  ['juntar', 'join'],
  ['merge', 'join'],
  ['desfazer', 'undo'],
  ['sair', 'sign-out'],
  ['log off', 'sign-out'],
  ['tema escuro', 'theme-dark'],
  ['chave vazou', 'leaked'],
  ['vazamento', 'leaked'],
  ['revogar', 'revoke'],
  ['higiene', 'hygiene'],
  ['situacao', 'status'],
  ['nova rota', 'new-route'],
  ['criar chave', 'new-key'],
])('“%s” means %s first, in both languages', (query, id) => {
  for (const locale of ['en', 'pt-BR']) expect(findActions(query, labelIn(locale))[0]?.id).toBe(id);
});

test('a search shows a few, and nonsense none', () => {
  expect(findActions('key', labelIn('en')).length).toBeLessThanOrEqual(MOST_ACTIONS);
  expect(findActions('xyzzy', labelIn('en'))).toEqual([]);
  expect(findActions('', labelIn('en'))).toEqual([]);
});

test('no action does anything at Omni: each opens a page, saves a file or changes this browser', () => {
  for (const { does } of ALL) expect(Object.keys(does)[0]).toMatch(/^(go|save|run|pick)$/);
});

test('a hit offers what its kind and state allow', () => {
  const ids = (hit: Parameters<typeof actionsOf>[0]) => actionsOf(hit).map(({ id }) => id);
  expect(ids({ kind: 'person', id: 'p', name: 'Ana' })).toContain('join');
  expect(ids({ kind: 'key', id: 'k', name: 'Suporte' })).toEqual(['rotate', 'leaked', 'revoke', 'edit-key', 'audit']);
  expect(ids({ kind: 'key', id: 'k', name: 'Velha', state: 'revoked' })).toEqual(['delete-key', 'audit']);
  const test = actionsOf({
    kind: 'route',
    id: 'r',
    name: null,
    instanceId: 'i',
    target: { scope: 'user', id: 'p' },
  }).find(({ id }) => id === 'test-route');
  expect(test?.does).toEqual({ go: '/routes/test?instance=i&person=p' });
});
