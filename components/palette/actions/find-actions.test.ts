import { expect, test } from 'vitest';
import en from '#messages/en.json' with { type: 'json' };
import ptBR from '#messages/pt-BR.json' with { type: 'json' };
import { fold } from '#lib/text/fold.ts';
import { actionsOf, SECTIONS } from './actions.ts';
import { findActions, MOST_ACTIONS } from './find-actions.ts';

const LABELS: Record<string, Record<string, string>> = { en: en.palette.actions, 'pt-BR': ptBR.palette.actions };
const ALL = SECTIONS.flatMap(({ actions }) => actions);
const labelIn = (locale: string) => (id: string) => LABELS[locale]?.[id] ?? '';

test.each(['en', 'pt-BR'])(
  'palette: every action is found by its label in %s, whichever language is shown',
  (locale) => {
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
  },
);

test.each([
  ['rotate', 'rotate'],
  ['trocar chave', 'rotate'],
  ['quem responde', 'test'],
  ['join', 'merge'],
  ['unir', 'merge'],
  ['tema escuro', 'theme-dark'],
  ['sair', 'sign-out'],
  ['log off', 'sign-out'],
  ['chave vazou', 'leak'],
  ['vazamento', 'leak'],
  ['revogar uma chave', 'revoke'],
  ['rotas com problema', 'route-health'],
  ['cobertura das rotas', 'route-coverage'],
  ['situacao', 'status'],
  ['nova rota', 'new-route'],
  ['criar chave', 'create-key'],
  ['new key', 'create-key'],
])('palette: “%s” finds %s first, in both languages', (query, id) => {
  for (const locale of ['en', 'pt-BR']) expect(findActions(query, labelIn(locale))[0]?.id).toBe(id);
});

const THEMES = ['theme-light', 'theme-dark', 'theme-system'];
const LANGUAGES = ['language-en', 'language-pt-BR'];
const EXPORTS = ['export-people', 'export-old-ids', 'export-routes', 'export-keys', 'export-activity'];

/** The words people type, and the actions that each finds, before all others. */
const TYPED: Record<string, string[]> = {
  merge: ['merge'],
  unmerge: ['undo'],
  dedupe: ['duplicates'],
  duplicates: ['duplicates'],
  link: ['link'],
  unlink: ['unlink'],
  split: ['unlink'],
  undo: ['undo'],
  activate: ['switch-route'],
  deactivate: ['switch-route'],
  enable: ['switch-route'],
  disable: ['switch-route'],
  pause: ['switch-route'],
  simulate: ['test'],
  test: ['test'],
  permissions: ['key-permissions'],
  scopes: ['key-permissions'],
  regenerate: ['rotate'],
  rotate: ['rotate'],
  renew: ['rotate'],
  extend: ['extend-key'],
  revoke: ['revoke'],
  block: ['block', 'access-rules'],
  unblock: ['access-rules'],
  'access rules': ['access-rules'],
  docs: ['shortcuts'],
  help: ['shortcuts'],
  export: EXPORTS,
  language: LANGUAGES,
  theme: THEMES,
  mesclar: ['merge'],
  juntar: ['merge'],
  duplicados: ['duplicates'],
  vincular: ['link'],
  desvincular: ['unlink'],
  desfazer: ['undo'],
  ativar: ['switch-route'],
  desativar: ['switch-route'],
  simular: ['test'],
  testar: ['test'],
  permissões: ['key-permissions'],
  permissoes: ['key-permissions'],
  girar: ['rotate'],
  rotacionar: ['rotate'],
  renovar: ['rotate'],
  revogar: ['revoke'],
  bloquear: ['block', 'access-rules'],
  desbloquear: ['access-rules'],
  'regras de acesso': ['access-rules'],
  ajuda: ['shortcuts'],
  exportar: EXPORTS,
  idioma: LANGUAGES,
  tema: THEMES,
};

test.each(Object.entries(TYPED))('palette: “%s” finds %j before all other actions, in both languages', (query, ids) => {
  for (const locale of ['en', 'pt-BR'])
    for (const typed of [query, query.toUpperCase()]) {
      const found = findActions(typed, labelIn(locale)).map(({ id }) => id);
      expect([locale, typed, found.slice(0, ids.length)]).toEqual([locale, typed, ids]);
    }
});

test('palette: a search shows at most a few actions, and none for nonsense', () => {
  expect(findActions('key', labelIn('en')).length).toBeLessThanOrEqual(MOST_ACTIONS);
  expect(findActions('xyzzy', labelIn('en'))).toEqual([]);
  expect(findActions('', labelIn('en'))).toEqual([]);
});

test('palette: no action changes anything at Omni: each opens a page, saves a file or changes this browser', () => {
  for (const { does } of ALL) expect(Object.keys(does)[0]).toMatch(/^(go|save|run|pick)$/);
});

test('palette: an item offers the actions of its kind and state', () => {
  const ids = (item: Parameters<typeof actionsOf>[0]) => actionsOf(item).map(({ id }) => id);
  expect(ids({ kind: 'person', id: 'p', name: 'Ana' })).toEqual([
    'merge',
    'duplicates',
    'edit-person',
    'unlink',
    'link',
    'block',
    'access-rules',
    'test-person',
    'route-person',
    'activity-person',
  ]);
  expect(ids({ kind: 'key', id: 'k', name: 'Suporte' })).toEqual([
    'rotate',
    'leak',
    'revoke',
    'edit-key',
    'key-permissions',
    'extend-key',
    'key-requests',
  ]);
  expect(ids({ kind: 'key', id: 'k', name: 'Velha', state: 'revoked' })).toEqual(['delete-key', 'key-requests']);
  const test = actionsOf({
    kind: 'route',
    id: 'r',
    name: null,
    instanceId: 'i',
    target: { scope: 'user', id: 'p' },
  }).find(({ id }) => id === 'test-route');
  expect(test?.does).toEqual({ go: '/routes/test?instance=i&person=p' });
});

test.each([
  ['merge', '/persons/merge?into=p'],
  ['duplicates', '/persons/p#duplicates'],
  ['unlink', '/persons/p#identities'],
  ['link', '/persons/link?from=p'],
  ['block', '/persons/p?block=all'],
  ['access-rules', '/persons/p#rules'],
])('palette: %s of a person leads to %s', (id, go) => {
  expect(actionsOf({ kind: 'person', id: 'p', name: 'Ana' }).find((one) => one.id === id)?.does).toEqual({ go });
});

test.each(['en', 'pt-BR'] as const)('palette: every action of an item has a label in %s', (locale) => {
  const labels: Record<string, string> = { en: en.palette.of, 'pt-BR': ptBR.palette.of }[locale];
  const picking = ALL.flatMap(({ id, does }) => ('pick' in does ? [id] : []));
  expect(picking.filter((id) => !labels[id])).toEqual([]);
});
