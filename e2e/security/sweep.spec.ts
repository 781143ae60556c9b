import type { PageControl } from './controls.ts';
import type { Control as Omni } from '../../sandbox/wire/control/control-client.ts';
import type { RunningConsole } from '../../scripts/servers/console.ts';
import { DEMO_KEYS } from '../../sandbox/resources/keys/keys-demo.ts';
import { expect, openAlive, test } from '../fixtures/test.ts';
import { shell } from '../pom/shell.ts';
import { signInPage } from '../pom/session/sign-in.ts';
import { controlsOf, whole } from './controls.ts';
import { builtPaths, sendRaw, type RawAnswer } from './hostile.ts';
import { promises } from './promises.ts';
import { signedIn } from './signed-in.ts';
import { KINDS, lines, type SweepKind } from './sweep-table.ts';

const PERSON = 'dddddd07-0000-4000-8000-000000000007';
const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const AT_ONCE = 4;

const IDS = {
  person: PERSON,
  other: 'dddddd08-0000-4000-8000-000000000008',
  third: 'dddddd01-0000-4000-8000-000000000001',
  key: '99999990-0000-4000-8000-000000000002',
  unknown: '7b0f1c2d-3e4f-4a5b-8c6d-7e8f90a1b2c3',
};

/** What only a person, a route or a key of Omni's has: none of it is for a dead key. */
const OF_OMNI = /João Silva|José Müller|Equipe de atendimento|wa-vendas/;

const paths = () => builtPaths('page').filter((path) => !/^\/(login|recover)$/.test(path));

/** Every line of the table, with the ids of this sandbox. */
async function addresses(omni: Omni) {
  const [route] = await omni.sql(
    'SELECT id, instance_id FROM agent_routes WHERE person_id IS NOT NULL AND instance_id = ? LIMIT 1',
    [WHATSAPP],
  );
  const [identity] = await omni.sql('SELECT id FROM platform_identities WHERE person_id = ?', [PERSON]);
  const [far] = await omni.sql('SELECT id, instance_id FROM agent_routes WHERE instance_id <> ? LIMIT 1', [WHATSAPP]);
  return lines({
    ...IDS,
    route: String(route?.id),
    instance: String(route?.instance_id),
    identity: String(identity?.id),
    far: String(far?.instance_id),
    farRoute: String(far?.id),
  });
}

/** A browser's cookies after signing in; the dead key's session learned of all permissions while the key lived. */
async function cookieOf(web: RunningConsole, kind: SweepKind): Promise<string> {
  const { forgeCookies } = await import('../fixtures/forge.ts');
  const more = kind === 'expired' ? { scopes: ['*'] } : {};
  const cookies = await forgeCookies(web, { key: DEMO_KEYS[kind].secret, server: 'Demo', ...more });
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

/** Pages of the kit show every control there is, for nobody's work: where people work they are not found. */
const isKit = (path: string) => path.startsWith('/dev/kit/');

/** A page that had begun when Omni refused its key: what is left of it leads to sign-in. */
const leavesLate = ({ status, text }: RawAnswer) =>
  status === 200 && /NEXT_REDIRECT;[^"]*\/login\?reason=key_dead/.test(text);

/** Links to files that would not say whose page they stand on. */
function unmarked(controls: readonly PageControl[]): string[] {
  const file = /^(\/(persons|routes|keys|activity)\/(.*\/)?(export|timeline|old-ids)|\/api\/keys\/exports\/.*\/file)\b/;
  return controls.flatMap((one) => (one.href && file.test(one.href) && !one.file ? [one.href] : []));
}

test('sweep: the table has every address of the build', () => {
  const known = lines(IDS).map(({ path }) => path.split('?')[0] ?? '');
  const built = [...builtPaths('page'), ...builtPaths('route')].map(
    (path) => new RegExp(`^${path.replaceAll(/\/1\b/g, '/[^/]+')}$`),
  );
  expect(built.filter((path) => !known.some((one) => path.test(one))).map(String)).toEqual([]);
});

for (const kind of KINDS) {
  test(`sweep as ${kind}: every address answers as the table says, and no page promises what the key may not do`, async ({
    page,
    web,
    omni,
  }) => {
    const all = await addresses(omni);
    const wrong: string[] = [];
    const scopes = kind === 'expired' ? ['*'] : DEMO_KEYS[kind].scopes;
    const cookie = await cookieOf(web, kind);
    const visit = async ({ path, status }: (typeof all)[number]) => {
      // The first 401 ends a session: each address is asked in one that has met none.
      const headers = { cookie: kind === 'expired' ? await cookieOf(web, kind) : cookie };
      const answer = await sendRaw(web.origin, { path, headers });
      if (answer.status !== status[kind] && !leavesLate(answer))
        wrong.push(`${path}: ${answer.status}, not ${status[kind]}`);
      if (kind === 'expired' && OF_OMNI.test(answer.text)) wrong.push(`${path}: tells a dead key of Omni`);
      if (!String(answer.headers['content-type']).startsWith('text/html')) return;
      const controls = await controlsOf(page, answer.text);
      if (!isKit(path)) wrong.push(...promises(controls, scopes).map((what) => `${path} promises: ${what}`));
      wrong.push(...unmarked(controls).map((href) => `${path} has a link without its mark: ${href}`));
    };
    const left = [...all];
    const one = async () => {
      for (let next = left.shift(); next; next = left.shift()) await visit(next);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
    expect(wrong.toSorted()).toEqual([]);
  });
}

test('sweep with a key that only reads: no menu of a row promises what the key may not do', async ({
  page,
  context,
  web,
  sandbox,
}) => {
  const { forgeCookies } = await import('../fixtures/forge.ts');
  const all = { key: sandbox.keys.admin, server: 'Demo' };
  const scopes = [...DEMO_KEYS.viewer.scopes, 'keys:read'];
  const owner = await signedIn(web, all);
  await owner.act('addSavedTestAction', {
    instanceId: WHATSAPP,
    chatId: null,
    personId: PERSON,
    agentId: null,
    title: null,
  });
  /** What the menus of a list's first rows would promise a key of `scopes`, opened in a session of `as`. */
  const promised = async (path: string, as: Parameters<typeof forgeCookies>[1]) => {
    await context.clearCookies();
    await context.addCookies(await forgeCookies(web, as));
    await openAlive(page, web.origin + path);
    await whole(page);
    const rows = await page.getByRole('button', { name: /^Actions for/ }).all();
    const found: string[] = [];
    for (const row of rows.slice(0, 3)) {
      await row.click();
      await page.getByRole('menu', { name: /^Actions for/ }).waitFor();
      const entries = await controlsOf(page, undefined, '[role=menu][aria-label^="Actions for"]');
      found.push(...promises(entries, scopes).map((what) => `${path} promises: ${what}`));
      await page.keyboard.press('Escape');
      await expect(page.getByRole('menu', { name: /^Actions for/ })).toHaveCount(0);
    }
    return found;
  };
  for (const path of ['/persons', '/routes', '/routes/health', '/routes/tests', '/keys']) {
    expect(await promised(path, all), `${path}: a menu has what only some may do`).not.toEqual([]);
    expect(await promised(path, { ...all, scopes })).toEqual([]);
  }
});

for (const kind of process.env.SOAK ? (['support', 'viewer', 'whatsapp'] as const) : []) {
  test(`sweep as ${kind}: no page promises what the key may not do once its scripts have run, either`, async ({
    browser,
    web,
    omni,
  }) => {
    const { forgeCookies } = await import('../fixtures/forge.ts');
    const context = await browser.newContext({ locale: 'en-US' });
    await context.addCookies(await forgeCookies(web, { key: DEMO_KEYS[kind].secret, server: 'Demo' }));
    const page = await context.newPage();
    const wrong: string[] = [];
    let seen = 0;
    for (const { path, status } of await addresses(omni)) {
      if (status[kind] !== 200 || /^\/api\/|export|timeline|old-ids/.test(path)) continue;
      await openAlive(page, web.origin + path);
      await whole(page);
      const controls = await controlsOf(page);
      seen += controls.length;
      if (isKit(path)) continue;
      wrong.push(...promises(controls, DEMO_KEYS[kind].scopes).map((what) => `${path} promises: ${what}`));
    }
    await context.close();
    console.log(`${kind}: ${seen} controls that stand once scripts have run`);
    expect(seen).toBeGreaterThan(200);
    expect(wrong.toSorted()).toEqual([]);
  });
}

test('sweep as nobody: every page leads to sign-in and tells nothing', async ({ browser, web }) => {
  for (const path of paths()) {
    const answer = await sendRaw(web.origin, { path });
    expect([path, answer.status]).toEqual([path, 307]);
    expect(answer.headers.location).toMatch(/^(https?:\/\/[^/]+)?\/login(\?|$)/);
    expect(answer.text).not.toMatch(OF_OMNI);
  }
  const open = /^\/api\/(health\b|browser-errors$)/;
  for (const path of builtPaths('route').filter((one) => one.startsWith('/api/') && !open.test(one)))
    expect((await sendRaw(web.origin, { path: `${path}?q=Silva` })).status, path).toBe(401);
  const context = await browser.newContext({ locale: 'en-US' });
  const page = await context.newPage();
  await openAlive(page, `${web.origin}/persons/${PERSON}`);
  await expect(signInPage.heading(page)).toBeVisible();
  await context.close();
});

test('sweep with a key that is revoked midway: the next page says so, and from then on nothing answers', async ({
  page,
  open,
  omni,
  context,
  web,
}) => {
  await open('/persons');
  // The page reads on by itself, and would go to the sign-in while the next one is opened.
  await page.goto('about:blank');
  await omni.fault({ kind: 'status', status: 401, times: null });
  await openAlive(page, `${web.origin}/persons`);
  await expect(signInPage.reason(page)).toContainText('no longer accepts the key');
  await omni.clearFaults();
  for (const path of paths()) {
    const answer = await context.request.get(web.origin + path, { maxRedirects: 0 });
    expect([path, answer.status(), answer.headers().location]).toEqual([
      path,
      307,
      expect.stringMatching(/^(https?:\/\/[^/]+)?\/login\?reason=key_dead/),
    ]);
  }
});

test('/persons: a server that wants signed requests is told apart from a dead key', async ({ page, open, omni }) => {
  const body = { error: { code: 'GENIE_SIGNATURE_REQUIRED', message: 'Signature required' } };
  await omni.fault({ kind: 'answer', status: 401, body, times: null });
  await open('/persons');
  await expect(shell.alert(page)).toContainText('This server wants signed requests');
  await omni.clearFaults();
  await open('/persons');
  await expect(shell.alert(page)).toHaveCount(0);
});
