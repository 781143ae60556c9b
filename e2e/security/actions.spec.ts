import { randomSecrets } from '../../scripts/servers/console.ts';
import { DEMO_KEYS } from '../../sandbox/resources/keys/keys-demo.ts';
import { PAGE_MARK } from '#lib/session/request/page-mark.ts';
import type { RunningConsole } from '../../scripts/servers/console.ts';
import { expect, test } from '../fixtures/test.ts';
import { VALID } from './arguments.ts';
import { forged, header, pageOf } from './forged.ts';
import {
  actionCall,
  builtActions,
  builtPaths,
  isRefused,
  isTurnedAway,
  resultOf,
  sendRaw,
  writtenActions,
} from './hostile.ts';

const SOAK = Boolean(process.env.SOAK);
const HOUR = 3_600_000;
const ROUNDS = SOAK ? 6 : 1;

/** Anybody may call these; without a key they open nothing. */
const PUBLIC: ReadonlySet<string> = new Set([
  'signInAction',
  'signInHereAction',
  'switchServerAction',
  'diagnoseAction',
  'createCodeAction',
  'recoverAction',
]);

/** Ways to come from somewhere else, all with a cookie that is good. */
function foreign(origin: string): [what: string, headers: Record<string, string>][] {
  const port = Number(new URL(origin).port);
  const origins = [
    'https://evil.example',
    'null',
    '',
    `http://127.0.0.1:${port + 1}`,
    `http://localhost:${port}`,
    `https://127.0.0.1:${port}`,
    `${origin}.evil.example`,
    `${origin}/`,
    `${origin}, https://evil.example`,
    'http://evil.example@127.0.0.1',
  ];
  const claims = { origin: 'https://evil.example', 'x-forwarded-proto': 'https' };
  return [
    ['no Origin', {}],
    ...origins.map((value): [string, Record<string, string>] => [`Origin ${value}`, { origin: value }]),
    ...['cross-site', 'same-site', 'none'].map((site): [string, Record<string, string>] => [
      `Sec-Fetch-Site ${site}`,
      { origin, 'sec-fetch-site': site },
    ]),
    ['X-Forwarded-Host', { ...claims, 'x-forwarded-host': 'evil.example' }],
    ['X-Forwarded-Host, twice', { ...claims, 'x-forwarded-host': 'evil.example, evil.example' }],
    ['Forwarded', { ...claims, forwarded: 'host=evil.example;proto=https' }],
    ['another Host', { origin: 'http://evil.example', host: 'evil.example' }],
    ['another Host with our Origin', { origin, host: 'evil.example' }],
    ['Host with another port', { origin, host: `127.0.0.1:${port + 1}` }],
  ];
}

/** Cookies that are not a session, beside one that is: tampered, old, ended, another console's, another server's. */
async function bad(web: RunningConsole, key: string): Promise<[what: string, cookie: string][]> {
  const [cookie, used] = await forged(web, key);
  const { value, name } = cookie;
  const places = Array.from({ length: SOAK ? 24 : 4 }, (_, at) => Math.floor(((at + 1) * value.length) / 26));
  const swapped = (at: number) => value.slice(0, at) + (value[at] === 'x' ? 'y' : 'x') + value.slice(at + 1);
  const [idle] = await forged(web, key, { now: Date.now() - 3 * HOUR });
  const [old] = await forged(web, key, { now: Date.now() - 13 * HOUR });
  const [elsewhere] = await forged(web, key, { env: { SESSION_PASSWORDS: randomSecrets().session } });
  const [stolen] = await forged(web, key);
  await sendRaw(web.origin, {
    method: 'DELETE',
    path: '/api/session',
    headers: { ...(await pageOf(web, key)), cookie: header([stolen, used]) },
  });
  const variants: [string, string][] = [
    ['none at all', ''],
    ['an empty one', `${name}=`],
    ['only the name of the server', header([used])],
    ['garbage', `${name}=Fe26.2*1*garbage`],
    ['cut', `${name}=${value.slice(0, -8)}`],
    ['another server’s', `${name.replace(/-demo$/, '-down')}=${value}; ${used.name}=down`],
    ['idle too long', header([idle, used])],
    ['too old', header([old, used])],
    ['of another console', header([elsewhere, used])],
    ['stolen and used after sign-out', header([stolen, used])],
  ];
  return [...variants, ...places.map((at): [string, string] => [`changed at ${at}`, `${name}=${swapped(at)}`])];
}

/** Arguments no page sends. */
const GARBAGE: readonly unknown[] = [
  [],
  [null],
  [[]],
  [{}],
  ['x'],
  [-1],
  [{ __proto__: { ok: true } }, 1, 2],
  [{ operation: '__proto__', input: null }],
  [{ operation: 'constructor', input: {} }],
  [{ operation: 'persons.edit', input: { id: '1 or 1=1', changes: {} } }],
  [{ token: 'v1.1.aaaaaaaaaaaaaaaa.aaaa.aaaaaaaaaaaaaaaaaaaaaa' }],
  [{ token: 'x'.repeat(100_000) }],
  [{ entryId: "'; drop table operations; --" }],
  [{ sid: '00000000-0000-4000-8000-000000000000', actor: 'x' }],
  [{ personId: '../../etc/passwd' }],
  [{ key: 'omni_sk_guess' }],
  '["$1"]',
  '["$F1"]',
  '{"constructor":{"prototype":{}}}',
  'not json',
  '',
];

test('server actions: the build has every action the source has, and no other; of each it is known what it takes', () => {
  expect(Object.keys(VALID).toSorted()).toEqual(writtenActions().toSorted());
  expect(
    builtActions()
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(writtenActions().toSorted());
});

test('server actions: every action refuses every stranger, and nothing changes', async ({
  web,
  sandbox,
  omni,
  log,
}) => {
  log.expectLogged(
    /session\.cookie_refused|Failed to find Server Action|Invalid Server Actions|unexpected|⨯|digest|^\s/,
  );
  const cookie = header(await forged(web, sandbox.keys.admin));
  const page = await pageOf(web, sandbox.keys.admin);
  const writes = builtPaths('route').filter((path) => /^\/api\/(session|operations)/.test(path));
  const support = await pageOf(web, sandbox.keys.support);
  const marks: Record<string, string>[] = [
    {},
    { [PAGE_MARK]: '' },
    { [PAGE_MARK]: support[PAGE_MARK] },
    { [PAGE_MARK]: `${page[PAGE_MARK]}0` },
  ];
  const notTaken: string[] = [];
  for (const action of builtActions()) {
    const answer = await sendRaw(web.origin, actionCall(action, VALID[action.name], { cookie, ...page }));
    const { ok, code = 'none' } = resultOf(answer) ?? { ok: false, code: 'not reached' };
    if (!ok && /^(not reached|invalid|foreign_origin|other_session|malformed_key)$/.test(code))
      notTaken.push(`${action.name}: ${code}`);
  }
  expect(notTaken, 'every action is reached by its own page with arguments it takes').toEqual([]);
  await omni.clearCalls();
  await omni.snapshot();
  let sent = 0;
  const through: string[] = [];
  const leaked: string[] = [];
  const look = (what: string, refused: boolean, text: string) => {
    sent += 1;
    if (!refused) through.push(what);
    if (/Silva|omni_sk_[A-Za-z0-9]|keyHash|SELECT |at Object\.|node_modules/.test(text)) leaked.push(what);
  };
  for (const action of builtActions()) {
    const valid = VALID[action.name] ?? ['nothing is known of it'];
    for (let round = 0; round < ROUNDS; round += 1)
      for (const [what, headers] of foreign(web.origin)) {
        const answer = await sendRaw(
          web.origin,
          actionCall(action, valid, { cookie, [PAGE_MARK]: page[PAGE_MARK], ...headers }),
        );
        look(`${action.name}: ${what}`, isTurnedAway(answer), answer.text);
      }
    if (PUBLIC.has(action.name)) continue;
    for (const [what, other] of await bad(web, sandbox.keys.admin)) {
      const answer = await sendRaw(web.origin, actionCall(action, valid, { cookie: other, ...page }));
      look(`${action.name}, cookie ${what}`, isTurnedAway(answer), answer.text);
    }
    for (const mark of marks) {
      const answer = await sendRaw(web.origin, actionCall(action, valid, { cookie, origin: web.origin, ...mark }));
      look(`${action.name} from ${JSON.stringify(mark)}`, resultOf(answer)?.code === 'other_session', answer.text);
    }
  }
  for (const action of builtActions())
    for (const args of GARBAGE) {
      const answer = await sendRaw(web.origin, actionCall(action, args, { cookie, ...page }));
      const harmless = isRefused(answer) || action.name === 'checkProofAction';
      look(`${action.name} with ${JSON.stringify(args).slice(0, 60)}`, harmless, answer.text);
    }
  for (const path of writes)
    for (const method of ['POST', 'DELETE', 'PUT', 'PATCH'])
      for (const [what, headers] of foreign(web.origin)) {
        const answer = await sendRaw(web.origin, {
          method,
          path,
          headers: { cookie, [PAGE_MARK]: page[PAGE_MARK], ...headers },
        });
        look(`${method} ${path}: ${what}`, isRefused(answer), answer.text);
      }
  for (const path of builtPaths('route').filter((one) => one.startsWith('/api/lookup')))
    for (const [what, other] of await bad(web, sandbox.keys.admin)) {
      const answer = await sendRaw(web.origin, { path: `${path}?q=Silva`, headers: { cookie: other } });
      look(`GET ${path}, cookie ${what}`, isRefused(answer), answer.text);
    }
  expect(sent).toBeGreaterThanOrEqual(1500);
  console.log(`hostile requests: ${sent} to ${builtActions().length} actions and ${writes.length} routes, all refused`);
  expect(through).toEqual([]);
  expect(leaked).toEqual([]);
  const calls = (await omni.calls()).items.filter(
    ({ method, path }) => method !== 'GET' && !path.endsWith('/validate'),
  );
  expect(calls).toEqual([]);
  expect(
    Object.values(await omni.diff('before', ['persons', 'agent_routes', 'access_rules'])).flatMap((one) =>
      Object.values(one).flat(),
    ),
  ).toEqual([]);
  const alive = await sendRaw(web.origin, { path: '/api/session', headers: { cookie } });
  expect(alive.status).toBe(200);
});

test('previewAction and runAction: a preview of one session is worth nothing in another, nor for a key with fewer permissions', async ({
  web,
  sandbox,
  omni,
}) => {
  const action = (name: string) => builtActions().find((one) => one.name === name) ?? { id: '', name, page: '/' };
  const call = async (name: string, key: string, args: unknown, cookie?: string) => {
    const as = cookie ?? header(await forged(web, key));
    return sendRaw(web.origin, actionCall(action(name), [args], { cookie: as, ...(await pageOf(web, key)) }));
  };
  const { admin, viewer = '', support } = sandbox.keys;
  const mine = header(await forged(web, admin));
  const [route] = await omni.sql('SELECT id, instance_id FROM agent_routes ORDER BY id LIMIT 1');
  const person = 'dddddd07-0000-4000-8000-000000000007';
  const other = 'dddddd08-0000-4000-8000-000000000008';
  const previews = {
    'persons.edit': { id: person, changes: { displayName: 'Stolen' } },
    'persons.merge': { survivor: person, duplicate: other, reason: '', fields: {}, routes: {} },
    'routes.activate': { instanceId: route?.instance_id, id: route?.id, active: false },
    'keys.revoke': { id: DEMO_KEYS.operator.id, reason: 'stolen' },
  };
  await omni.clearCalls();
  for (const [operation, input] of Object.entries(previews)) {
    const shown = await call('previewAction', admin, { operation, input }, mine);
    const token = /"token":"([^"]+)"/.exec(shown.text)?.[1] ?? '';
    expect(token, `${operation}: ${shown.text.slice(0, 200)}`).not.toBe('');
    const foreign = { ok: false, code: 'preview_foreign' };
    expect(resultOf(await call('runAction', admin, { token })), operation).toMatchObject(foreign);
    expect(resultOf(await call('runAction', support, { token })), operation).toMatchObject(foreign);
    const denied = await call('previewAction', viewer, { operation, input });
    expect(resultOf(denied), operation).toMatchObject({ ok: false, code: 'forbidden' });
    expect(denied.text).not.toContain('token');
  }
  const calls = (await omni.calls()).items.filter(({ method }) => method !== 'GET');
  expect(calls).toEqual([]);
});

test('endSessionAction: a session is ended by its own key only', async ({ web, sandbox }) => {
  const end = builtActions().find(({ name }) => name === 'endSessionAction');
  if (!end) throw new Error('endSessionAction is not built');
  const victim = header(await forged(web, sandbox.keys.admin));
  const ask = (cookie: string) => sendRaw(web.origin, { path: '/api/session', headers: { cookie } });
  const { sid } = JSON.parse((await ask(victim)).text) as { sid: string };
  const thief = header(await forged(web, sandbox.keys.support));
  await sendRaw(
    web.origin,
    actionCall(end, [{ sid }], { cookie: thief, ...(await pageOf(web, sandbox.keys.support)) }),
  );
  expect((await ask(victim)).status).toBe(200);
  const own = header(await forged(web, sandbox.keys.admin));
  await sendRaw(web.origin, actionCall(end, [{ sid }], { cookie: own, ...(await pageOf(web, sandbox.keys.admin)) }));
  expect((await ask(victim)).status).toBe(401);
});
