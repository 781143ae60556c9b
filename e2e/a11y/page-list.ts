import type { Control } from '../../sandbox/wire/control/control-client.ts';

const KEY = '/keys/99999990-0000-4000-8000-000000000012';
const JOAO = 'dddddd01-0000-4000-8000-000000000001';
/** Two records of one person. */
const [CARLOS, CADU] = ['dddddd20-0000-4000-8000-000000000020', 'dddddd21-0000-4000-8000-000000000021'];

type PageCase = {
  at: string | ((omni: Control) => Promise<string>);
  as?: 'nobody';
  /** It has a bar that sticks to the edge of the window. */
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

async function change(omni: Control): Promise<string> {
  const [row] = await omni.sql('SELECT id FROM config_audit_logs LIMIT 1');
  return `/activity/omni/${String(row?.id)}`;
}

/** Every page of the console, by its name in test titles. */
export const PAGES: Record<string, PageCase> = {
  home: { at: '/' },
  people: { at: '/persons' },
  'people, found': { at: '/persons?q=Silva' },
  'people, none found': { at: '/persons?q=nobody-has-this-name' },
  'people, picked': { at: '/persons?without=email&sort=name' },
  'access rules': { at: '/persons/access-rules' },
  'duplicates of all people': { at: '/persons/duplicates' },
  'a person': { at: `/persons/${JOAO}` },
  'an invalid person id': { at: '/persons/1' },
  'a merge, first step': { at: '/persons/merge' },
  'a merge': { at: `/persons/merge?into=${CARLOS}&from=${CADU}`, sticks: true },
  'a merge of several people': { at: `/persons/merge-many?ids=${CARLOS},${CADU},${JOAO}` },
  'a link without a person': { at: '/persons/link' },
  'an unlink without an identity': { at: '/persons/unlink' },
  routes: { at: '/routes' },
  'route health': { at: '/routes/health' },
  'route coverage': { at: '/routes/coverage' },
  'route coverage by agent': { at: '/routes/coverage?by=agent' },
  'a route': { at: async (omni) => `/routes/${await route(omni)}`, sticks: true },
  'a new route': { at: '/routes/new' },
  'an unknown route to delete': { at: '/routes/delete?route=1' },
  'test routing': { at: '/routes/test' },
  'a tested chat': { at: async (omni) => `/routes/test?${await chat(omni)}` },
  'saved tests': { at: '/routes/tests' },
  keys: { at: '/keys?show=all' },
  'a new key': { at: '/keys/new' },
  'a key': { at: KEY },
  'a key to edit': { at: `${KEY}/edit` },
  'a leaked key': { at: `${KEY}/leaked` },
  'a key to revoke': { at: `${KEY}/revoke` },
  'a key to delete': { at: `${KEY}/delete` },
  'requests of a key': { at: `${KEY}/audit` },
  'requests of a key, filtered': { at: `${KEY}/audit?ip=198.51.100` },
  'requests of a key, none found': { at: `${KEY}/audit?path=nothing-has-this` },
  'a key to rotate': { at: `/keys/rotate?key=${KEY.slice(6)}` },
  rotations: { at: '/keys/rotate' },
  'an unknown rotation': { at: '/keys/rotate/1' },
  account: { at: '/account' },
  help: { at: '/help' },
  activity: { at: '/activity' },
  'the undo of the last change': { at: '/activity/undo' },
  'an unknown entry': { at: '/activity/1' },
  'a change of Omni’s record': { at: change },
  'an unknown change of Omni’s record': { at: '/activity/omni/1' },
  'other session': { at: '/other-session' },
  status: { at: '/status' },
  'the kit of forms': { at: '/dev/kit/forms' },
  'the kit of lists': { at: '/dev/kit/lists', sticks: true },
  'sign-in': { at: '/login', as: 'nobody' },
  recovery: { at: '/recover', as: 'nobody' },
};
