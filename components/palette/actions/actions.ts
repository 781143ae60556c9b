import type { WORDS } from './action-words.ts';
import { pathOf, type Hit, type Kind } from '#components/palette/hit.ts';

/** What only this browser does, without a page. */
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

/** `go` opens a page, `save` a file; `pick` asks for one of a kind first. None of them changes anything at Omni. */
export type Does = { go: string } | { save: string } | { run: Run } | { pick: Kind; to: (hit: Hit) => string };

/** `keys`: its shortcut. */
export type Action = { id: keyof typeof WORDS; does: Does; scope?: string; keys?: string };

export type Section = { id: 'go' | 'people' | 'routes' | 'keys' | 'back' | 'browser'; actions: readonly Action[] };

const under = (path: string) => (hit: Hit) => `/keys/${hit.id}/${path}`;

/** Every action of the console. What cannot be taken back opens its preview; nothing here does it. */
export const SECTIONS: readonly Section[] = [
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
      { id: 'join', does: { pick: 'person', to: ({ id }) => `/persons/merge?into=${id}` }, scope: 'persons:write' },
      { id: 'edit-person', does: { pick: 'person', to: ({ id }) => `/persons/${id}#details` }, scope: 'persons:write' },
      { id: 'separate', does: { pick: 'person', to: ({ id }) => `/persons/${id}#identities` }, scope: 'persons:write' },
      { id: 'move', does: { pick: 'person', to: ({ id }) => `/persons/${id}#identities` }, scope: 'persons:write' },
      {
        id: 'answers-person',
        does: { pick: 'person', to: ({ id }) => `/routes/test?person=${id}` },
        scope: 'routes:read',
      },
      {
        id: 'route-person',
        does: { pick: 'person', to: ({ id }) => `/routes/new?person=${id}` },
        scope: 'routes:write',
      },
      {
        id: 'history-person',
        does: { pick: 'person', to: ({ id }) => `/activity?subject=${id}` },
        scope: 'persons:read',
      },
      { id: 'old-ids', does: { save: '/persons/old-ids' } },
    ],
  },
  {
    id: 'routes',
    actions: [
      { id: 'new-route', does: { go: '/routes/new' }, scope: 'routes:write' },
      { id: 'test', does: { go: '/routes/test' }, scope: 'routes:read' },
      { id: 'probes', does: { go: '/routes/probes' }, scope: 'routes:read' },
      { id: 'hygiene', does: { go: '/routes/hygiene' }, scope: 'routes:read' },
      { id: 'edit-route', does: { pick: 'route', to: pathOf }, scope: 'routes:write' },
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
      { id: 'new-key', does: { go: '/keys/new' }, scope: 'keys:write' },
      { id: 'rotate', does: { pick: 'key', to: ({ id }) => `/keys/rotate?key=${id}` }, scope: 'keys:write' },
      { id: 'rotations', does: { go: '/keys/rotate' }, scope: 'keys:write' },
      { id: 'leaked', does: { pick: 'key', to: under('leaked') }, scope: 'keys:write' },
      { id: 'revoke', does: { pick: 'key', to: under('revoke') }, scope: 'keys:write' },
      { id: 'edit-key', does: { pick: 'key', to: under('edit') }, scope: 'keys:write' },
      { id: 'delete-key', does: { pick: 'key', to: under('delete') }, scope: 'keys:write' },
      { id: 'audit', does: { pick: 'key', to: under('audit') }, scope: 'keys:read' },
      { id: 'export-keys', does: { save: '/keys/export' }, scope: 'keys:read' },
    ],
  },
  {
    id: 'back',
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

function testOf(hit: Hit): string {
  if (hit.kind !== 'route') return '/routes/test';
  const query = new URLSearchParams({ instance: hit.instanceId });
  if (hit.target) query.set(hit.target.scope === 'chat' ? 'chat' : 'person', hit.target.id);
  return `/routes/test?${query}`;
}

/** What is left to do with a revoked key. */
const OF_REVOKED = new Set(['delete-key', 'audit']);

/** What can be done with a hit: every action that asks for one of its kind. */
export function actionsOf(hit: Hit): Action[] {
  return SECTIONS.flatMap(({ actions }) => actions).flatMap((action) => {
    const { does } = action;
    if (!('pick' in does) || does.pick !== hit.kind) return [];
    if (hit.kind === 'key' && (hit.state === 'revoked' ? !OF_REVOKED.has(action.id) : action.id === 'delete-key'))
      return [];
    return [{ ...action, does: { go: does.to(hit) } }];
  });
}
