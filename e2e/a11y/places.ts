import type { Control } from '../../sandbox/wire/control/control-client.ts';

const KEY = '/keys/99999990-0000-4000-8000-000000000012';
const JOAO = 'dddddd01-0000-4000-8000-000000000001';

type Place = {
  at: string | ((omni: Control) => Promise<string>);
  as?: 'nobody';
  /** It has a bar of its own that stays in sight. */
  sticks?: boolean;
};

async function route(omni: Control): Promise<string> {
  const [row] = await omni.sql('SELECT id, instance_id, chat_id FROM agent_routes WHERE chat_id IS NOT NULL LIMIT 1');
  return `${String(row?.instance_id)}/${String(row?.id)}`;
}

async function chat(omni: Control): Promise<string> {
  const [row] = await omni.sql('SELECT instance_id, chat_id FROM agent_routes WHERE chat_id IS NOT NULL LIMIT 1');
  return `instance=${String(row?.instance_id)}&chat=${String(row?.chat_id)}`;
}

/** Every page of the console, by what a test calls it. */
export const PLACES: Record<string, Place> = {
  home: { at: '/' },
  people: { at: '/persons' },
  'people, found': { at: '/persons?q=Silva' },
  'people, none found': { at: '/persons?q=nobody-has-this-name' },
  'a person': { at: `/persons/${JOAO}` },
  'no person’s id': { at: '/persons/1' },
  'a join, first step': { at: '/persons/merge' },
  'a join': { at: `/persons/merge?into=${JOAO}&from=dddddd01-0000-4000-8000-000000000002`, sticks: true },
  'a join of several': { at: `/persons/merge-many?ids=${JOAO},dddddd01-0000-4000-8000-000000000002` },
  'a move to nobody': { at: '/persons/link' },
  'an identity to separate': { at: '/persons/unlink' },
  routes: { at: '/routes' },
  'the check-up': { at: '/routes/hygiene' },
  'a route': { at: async (omni) => `/routes/${await route(omni)}`, sticks: true },
  'a new route': { at: '/routes/new' },
  'no route to delete': { at: '/routes/delete?route=1' },
  'a question to routing': { at: '/routes/test' },
  'an answer of routing': { at: async (omni) => `/routes/test?${await chat(omni)}` },
  probes: { at: '/routes/probes' },
  keys: { at: '/keys?show=all' },
  'a new key': { at: '/keys/new' },
  'a key': { at: KEY },
  'a key to edit': { at: `${KEY}/edit` },
  'a key that leaked': { at: `${KEY}/leaked` },
  'a key to revoke': { at: `${KEY}/revoke` },
  'a key to delete': { at: `${KEY}/delete` },
  'calls of a key': { at: `${KEY}/audit` },
  'calls of a key, looked through': { at: `${KEY}/audit?ip=198.51.100` },
  'calls of a key, none found': { at: `${KEY}/audit?path=nothing-has-this` },
  'a key to rotate': { at: `/keys/rotate?key=${KEY.slice(6)}` },
  rotations: { at: '/keys/rotate' },
  'no rotation': { at: '/keys/rotate/1' },
  account: { at: '/account' },
  activity: { at: '/activity' },
  'no entry': { at: '/activity/1' },
  'a file of another session': { at: '/other-session' },
  status: { at: '/status' },
  'sign-in': { at: '/login', as: 'nobody' },
  recovery: { at: '/recover', as: 'nobody' },
};
