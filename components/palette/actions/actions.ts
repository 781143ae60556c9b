import type { WORDS } from './action-words.ts';
import { pathOf, type PaletteItem, type ItemKind } from '#components/palette/palette-item.ts';

/** What this browser does by itself, without a page. */
export type Run =
  | 'theme-system'
  | 'theme-light'
  | 'theme-dark'
  | 'density-comfortable'
  | 'density-compact'
  | 'language-en'
  | 'language-pt-BR'
  | 'single-keys'
  | 'shortcuts'
  | 'sign-out';

/** `go` opens a page, `save` downloads a file, `pick` asks for an item first. None of them changes anything at Omni. */
export type Does =
  | { go: string }
  | { save: string }
  | { run: Run }
  | { pick: ItemKind; to: (item: PaletteItem) => string };

/** `keys`: its shortcut. */
export type Action = { id: keyof typeof WORDS; does: Does; scope?: string; keys?: string };

export type ActionSection = {
  id: 'go' | 'people' | 'routes' | 'keys' | 'undo' | 'browser';
  actions: readonly Action[];
};

/** Every action of the console. A change at Omni opens its own page first; no action changes anything by itself. */
export const SECTIONS: readonly ActionSection[] = [
  {
    id: 'go',
    actions: [
      { id: 'home', does: { go: '/' }, keys: 'g h' },
      { id: 'people', does: { go: '/persons' }, scope: 'persons:read', keys: 'g p' },
      { id: 'routes', does: { go: '/routes' }, scope: 'routes:read', keys: 'g r' },
      { id: 'keys', does: { go: '/keys' }, scope: 'keys:read', keys: 'g k' },
      { id: 'activity', does: { go: '/activity' }, keys: 'g a' },
      { id: 'status', does: { go: '/status' }, keys: 'g s' },
      { id: 'account', does: { go: '/account' } },
    ],
  },
  {
    id: 'people',
    actions: [
      { id: 'merge', does: { pick: 'person', to: ({ id }) => `/persons/merge?into=${id}` }, scope: 'persons:write' },
      { id: 'duplicates', does: { pick: 'person', to: personPart('duplicates') }, scope: 'persons:read' },
      { id: 'edit-person', does: { pick: 'person', to: personPart('details') }, scope: 'persons:write' },
      { id: 'unlink', does: { pick: 'person', to: personPart('identities') }, scope: 'persons:write' },
      { id: 'link', does: { pick: 'person', to: ({ id }) => `/persons/link?from=${id}` }, scope: 'persons:write' },
      { id: 'block', does: { pick: 'person', to: ({ id }) => `/persons/${id}?block=all` }, scope: 'access:write' },
      { id: 'access-rules', does: { pick: 'person', to: personPart('rules') }, scope: 'access:read' },
      {
        id: 'test-person',
        does: { pick: 'person', to: ({ id }) => `/routes/test?person=${id}` },
        scope: 'routes:read',
      },
      {
        id: 'route-person',
        does: { pick: 'person', to: ({ id }) => `/routes/new?person=${id}` },
        scope: 'routes:write',
      },
      {
        id: 'activity-person',
        does: { pick: 'person', to: ({ id }) => `/activity?subject=${id}` },
        scope: 'persons:read',
      },
      { id: 'export-people', does: { save: '/persons/export' }, scope: 'persons:read' },
      { id: 'export-old-ids', does: { save: '/persons/old-ids' } },
    ],
  },
  {
    id: 'routes',
    actions: [
      { id: 'new-route', does: { go: '/routes/new' }, scope: 'routes:write' },
      { id: 'test', does: { go: '/routes/test' }, scope: 'routes:read' },
      { id: 'saved-tests', does: { go: '/routes/tests' }, scope: 'routes:read' },
      { id: 'route-health', does: { go: '/routes/health' }, scope: 'routes:read' },
      { id: 'route-coverage', does: { go: '/routes/coverage' }, scope: 'routes:read' },
      { id: 'edit-route', does: { pick: 'route', to: pathOf }, scope: 'routes:write' },
      { id: 'switch-route', does: { pick: 'route', to: pathOf }, scope: 'routes:write' },
      { id: 'test-route', does: { pick: 'route', to: testOf }, scope: 'routes:read' },
      { id: 'copy-route', does: { pick: 'route', to: ({ id }) => `/routes/new?copy=${id}` }, scope: 'routes:write' },
      {
        id: 'delete-route',
        does: { pick: 'route', to: ({ id }) => `/routes/delete?route=${id}` },
        scope: 'routes:write',
      },
      { id: 'export-routes', does: { save: '/routes/export' }, scope: 'routes:read' },
    ],
  },
  {
    id: 'keys',
    actions: [
      { id: 'create-key', does: { go: '/keys/new' }, scope: 'keys:write' },
      { id: 'rotate', does: { pick: 'key', to: ({ id }) => `/keys/rotate?key=${id}` }, scope: 'keys:write' },
      { id: 'rotations', does: { go: '/keys/rotate' }, scope: 'keys:write' },
      { id: 'leak', does: { pick: 'key', to: keyPage('leaked') }, scope: 'keys:write' },
      { id: 'revoke', does: { pick: 'key', to: keyPage('revoke') }, scope: 'keys:write' },
      { id: 'edit-key', does: { pick: 'key', to: keyPage('edit') }, scope: 'keys:write' },
      { id: 'key-permissions', does: { pick: 'key', to: keyPage('edit#section-scopes') }, scope: 'keys:write' },
      { id: 'extend-key', does: { pick: 'key', to: keyPage('edit#section-end') }, scope: 'keys:write' },
      { id: 'delete-key', does: { pick: 'key', to: keyPage('delete') }, scope: 'keys:write' },
      { id: 'key-requests', does: { pick: 'key', to: keyPage('audit') }, scope: 'keys:read' },
      { id: 'export-keys', does: { save: '/keys/export' }, scope: 'keys:read' },
    ],
  },
  {
    id: 'undo',
    actions: [
      { id: 'undo', does: { go: '/activity' } },
      { id: 'export-activity', does: { save: '/activity/export?format=csv' } },
      { id: 'recover', does: { go: '/recover' } },
    ],
  },
  {
    id: 'browser',
    actions: [
      { id: 'theme-light', does: { run: 'theme-light' } },
      { id: 'theme-dark', does: { run: 'theme-dark' } },
      { id: 'theme-system', does: { run: 'theme-system' } },
      { id: 'density-comfortable', does: { run: 'density-comfortable' } },
      { id: 'density-compact', does: { run: 'density-compact' } },
      { id: 'language-en', does: { run: 'language-en' } },
      { id: 'language-pt-BR', does: { run: 'language-pt-BR' } },
      { id: 'shortcuts', does: { run: 'shortcuts' }, keys: '?' },
      { id: 'single-keys', does: { run: 'single-keys' } },
      { id: 'other-server', does: { go: '/login?server=' } },
      { id: 'sign-out', does: { run: 'sign-out' } },
      { id: 'sign-out-everywhere', does: { go: '/account' } },
    ],
  },
];

/** A part of a person's page. */
function personPart(part: string) {
  return ({ id }: PaletteItem) => `/persons/${id}#${part}`;
}

/** A page of a key. */
function keyPage(page: string) {
  return ({ id }: PaletteItem) => `/keys/${id}/${page}`;
}

function testOf(item: PaletteItem): string {
  if (item.kind !== 'route') return '/routes/test';
  const query = new URLSearchParams({ instance: item.instanceId });
  if (item.target) query.set(item.target.scope === 'chat' ? 'chat' : 'person', item.target.id);
  return `/routes/test?${query}`;
}

/** The actions of a revoked key. */
const OF_REVOKED = new Set<string>(['delete-key', 'key-requests']);

/** The actions of an item: every action that asks for one of its kind. */
export function actionsOf(item: PaletteItem): Action[] {
  return SECTIONS.flatMap(({ actions }) => actions).flatMap((action) => {
    const { does } = action;
    if (!('pick' in does) || does.pick !== item.kind) return [];
    if (item.kind === 'key' && (item.state === 'revoked' ? !OF_REVOKED.has(action.id) : action.id === 'delete-key'))
      return [];
    return [{ ...action, does: { go: does.to(item) } }];
  });
}
