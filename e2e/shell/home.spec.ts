import type { Page } from '@playwright/test';
import type { Control } from '../../sandbox/wire/control/control-client.ts';
import { axe } from '../a11y/axe.ts';
import { expect, test } from '../fixtures/test.ts';
import { tabTo } from '../fixtures/keyboard.ts';
import { fits } from '../a11y/measures.ts';
import { makePeople } from '../fixtures/people.ts';
import { homePage } from '../pom/home.ts';
import { mergePage, operation } from '../pom/operations.ts';
import { routeTest } from '../pom/routes/route-editor.ts';
import { shell } from '../pom/shell.ts';
import { createNewKey, withScene, type RotationScene } from '../fixtures/rotation-scene.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const SUPORTE = 'bbbbbbb2-0000-4000-8000-000000000002';
const VENDAS = 'bbbbbbb1-0000-4000-8000-000000000001';

function connected(omni: Control, state: string) {
  const body = { data: { instanceId: WHATSAPP, state, isConnected: state === 'connected' } };
  return omni.fault({ kind: 'answer', status: 200, body, path: '/instances/[^/]+/status$', times: null });
}

/** A server on which nothing needs attention. */
async function calm(omni: Control) {
  await omni.write('DELETE FROM agent_routes');
  await omni.write('UPDATE api_keys SET expires_at = NULL');
  await connected(omni, 'connected');
}

test('home: nothing needs attention: one sentence says so, what was checked and when', async ({ browser }) => {
  await withScene(browser, {}, async ({ page, open, omni }) => {
    await calm(omni);
    await open('/persons');
    await shell.mark(page).click();
    await expect(page).toHaveURL(/\/$/);
    await expect(shell.room(page, 'Home')).toHaveAttribute('aria-current', 'page');
    const summary = homePage.summary(page, 'Nothing needs attention.');
    await expect(summary).toContainText(/Checked \d+:\d\d [AP]M \S+\.$/);
    for (const one of ['Keys', 'New keys', 'Rotations', 'Routes', 'Saved tests']) {
      await expect(homePage.line(page, one)).toBeVisible();
    }
    await expect(homePage.titles(page)).toHaveText(['Checks']);
    await expect(homePage.line(page, 'Server')).toContainText('Demo is healthy.');
    await expect(homePage.line(page, 'Connections')).toContainText('all connected');
    await axe(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await axe(page);
    for (const [name, url] of [
      ['Find a person', /\/persons$/],
      ['Test routing', /\/routes\/test$/],
      ['Create key', /\/keys\/new$/],
    ] as const) {
      await expect(page.getByRole('link', { name })).toHaveAttribute('href', url);
    }
  });
});

/** A join whose first step is done and whose second one Omni refused. */
async function halfAJoin({ page, open, omni }: RotationScene): Promise<string> {
  const [survivor, duplicate] = await makePeople(omni, {}, { phone: '+5511940028922' });
  if (!survivor || !duplicate) throw new Error('nobody');
  await omni.fault({ kind: 'status', status: 403, method: 'PATCH', path: '/persons/' });
  await open(mergePage.path(survivor.id, duplicate.id));
  await operation.typed(page).fill(duplicate.name);
  await mergePage.merge(page).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Stopped halfway' })).toBeVisible();
  return duplicate.name;
}

/** A saved test that passed when it was saved, and fails now. */
async function failingSavedTest({ page, open, omni }: RotationScene) {
  const [chatId = ''] = (await omni.rows({ chats: [{ instanceId: WHATSAPP, name: 'Sala' }] })).chats ?? [];
  await omni.rows({ agent_routes: [{ instanceId: WHATSAPP, scope: 'chat', chatId, agentId: SUPORTE, label: 'Sala' }] });
  await open(routeTest.path({ instance: WHATSAPP, chat: chatId }));
  await routeTest.saveAs(page, 'Sala com Suporte');
  await omni.write('UPDATE agent_routes SET agent_id = ? WHERE chat_id = ?', [VENDAS, chatId]);
}

/** From Home into what is found there, and back. */
async function follow(page: Page, region: string, link: string | RegExp, url: RegExp) {
  await homePage.finding(page, region).getByRole('link', { name: link }).first().click();
  await expect(page).toHaveURL(url);
  await page.goBack();
  await expect(page).toHaveURL(/\/$/);
  await expect(homePage.summary(page, 'Needs attention')).toBeVisible();
}

test('home: every finding is listed, most urgent first, and leads to where it is fixed', async ({ browser }) => {
  await withScene(browser, {}, async (scene) => {
    const { page, open, omni } = scene;
    const gone = await halfAJoin(scene);
    await failingSavedTest(scene);
    await createNewKey(scene);
    await connected(omni, 'disconnected');
    const health = { status: 'degraded', version: '2.0.0', checks: { database: { status: 'slow' } } };
    await omni.fault({ kind: 'answer', status: 200, body: health, path: '/health$', times: null });
    await open('/');
    await expect(homePage.summary(page, 'Needs attention')).toContainText(
      'Needs attention: connections, saved tests, server, changes, keys, routes, and rotations.',
    );
    await expect(homePage.titles(page)).toHaveText([
      'Disconnected instances',
      'Failing saved tests',
      'The server isn’t healthy',
      'Incomplete changes',
      'Expiring and expired keys',
      'Routes with problems',
      'Rotations in progress',
      'Checks',
    ]);
    await axe(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await axe(page);
    await follow(page, 'Disconnected instances', /wa-vendas/, /\/routes\?instance=11111111/);
    await follow(page, 'Failing saved tests', 'Sala com Suporte', /\/routes\/test\?instance=11111111/);
    await follow(page, 'The server isn’t healthy', /Degraded/, /\/status$/);
    await follow(page, 'Incomplete changes', new RegExp(`${gone}.*Fix`), /\/activity\/[0-9a-f-]{36}$/);
    await follow(page, 'Expiring and expired keys', /relatorios-bi/, /\/keys\/99999990-0000-4000-8000-000000000011$/);
    await follow(page, 'Routes with problems', /^Agent inactive 3 routes/, /\/routes\/health\?reason=agent-off$/);
    await follow(page, 'Rotations in progress', /Rotation of crm/, /\/keys\/rotate\/[0-9a-f-]{36}$/);

    await omni.clearFaults();
    await tabTo(page, /Fix$/, 'link');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/activity\//);
    await operation.left(page).click();
    await operation.finish(page).click();
    await expect(operation.done(page)).toBeVisible();
    await shell.room(page, 'Home').click();
    await expect(page).toHaveURL(/\/$/);
    await expect(homePage.line(page, 'Changes')).toContainText('No incomplete changes.');
  });
});

test('home: what comes last stands where its urgency puts it, but nothing moves under the pointer', async ({
  page,
  open,
  omni,
  signInAnew,
}) => {
  const keys = /^(Expiring and expired keys|Couldn’t check keys)$/;
  const routes = homePage.finding(page, 'Routes with problems');
  for (const points of [false, true]) {
    await signInAnew();
    await page.mouse.move(0, 0);
    const { id } = await omni.fault({ kind: 'hold', path: '/keys$', times: null });
    await open('/');
    await expect(routes).toBeVisible();
    if (points) await routes.hover();
    await omni.clearFault(id);
    await expect(homePage.titles(page).filter({ hasText: keys })).toBeVisible();
    // On a busy machine the held read may have failed meanwhile: a failed check stands below what is known to be wrong.
    const failed = (await homePage.finding(page, 'Couldn’t check keys').count()) > 0;
    const inOrder = points || failed ? ['Routes with problems', keys] : [keys, 'Routes with problems'];
    const either = homePage.titles(page).filter({ hasText: /^(Routes with problems|Expiring|Couldn’t check keys)/ });
    await expect(either).toHaveText(inOrder);
  }
});

test('home: a failed check is named, the others are shown, and Try again repeats it', async ({ page, open, omni }) => {
  await omni.fault({ kind: 'status', status: 503, path: '/keys$', times: null });
  await open('/');
  await expect(homePage.summary(page, /Couldn’t fully check: [^.]*keys/)).toBeVisible();
  const failed = homePage.finding(page, 'Couldn’t check keys');
  await expect(failed).toContainText('Omni is not available.');
  await expect(failed).toContainText(/Reference \S+/);
  await expect(homePage.line(page, 'Server')).toContainText('is healthy');
  await axe(page);
  await omni.clearFaults();
  await failed.getByRole('link', { name: 'Try again' }).click();
  await expect(failed).toHaveCount(0);
  await expect(homePage.summary(page, /Checked \d/)).not.toContainText(/Couldn’t fully check: [^.]*keys/);
});

test('home: a server that does not answer needs attention', async ({ page, open, omni }) => {
  await omni.fault({ kind: 'status', status: 503, path: '/health$', times: null });
  await open('/');
  await expect(homePage.summary(page, 'Needs attention: server')).toBeVisible();
  await expect(homePage.finding(page, 'Couldn’t check the server')).toContainText('Omni is not available.');
  await expect(homePage.line(page, 'Server')).toHaveCount(0);
});

test('home: the session’s own key that expires soon comes first and leads to its rotation', async ({
  page,
  open,
  omni,
  context,
  web,
}) => {
  const [id, secret] = [crypto.randomUUID(), `omni_sk_${'OwnKeyThatEndsSoon'.padEnd(32, '7')}`];
  const expiresAt = (Date.now() + 2.2 * 86_400_000) * 1000;
  const scopes = ['keys:read', 'keys:write'];
  await omni.rows({ api_keys: [{ id, name: 'plantao', secret, scopes, expiresAt }] });
  const { forgeCookies } = await import('../fixtures/forge.ts');
  await context.clearCookies();
  await context.addCookies(await forgeCookies(web, { key: secret, server: 'Demo' }));
  await open('/');
  const keys = homePage.finding(page, 'Expiring and expired keys');
  await expect(keys.getByRole('listitem').first()).toContainText(/Your key “plantao” expires in [23] days/);
  await keys.getByRole('link', { name: /Your key “plantao”/ }).click();
  await expect(page).toHaveURL(new RegExp(`/keys/rotate\\?key=${id}$`));
  await omni.write('DELETE FROM api_keys WHERE id = ?', [id]);
});

test.describe('a key for support', () => {
  test.use({ as: 'support' });

  test('home: keys are not read, and a line says so', async ({ page, open, omni }) => {
    await omni.clearCalls();
    await open('/');
    await expect(homePage.line(page, 'Not checked')).toContainText(/Rotations\. Needs keys:read/);
    await expect(page.getByRole('link', { name: 'Create key' })).toHaveCount(0);
    const { items } = await omni.calls();
    expect(items.length).toBeGreaterThan(3);
    expect(items.filter(({ path, status }) => /\/keys/.test(path) || status === 403)).toEqual([]);
  });
});

test('home: instances that Omni refuses to list are a missing permission; nothing behind them is told as well or as failing', async ({
  page,
  open,
  omni,
  web,
  signInAnew,
}) => {
  const { storeOf } = await import('../fixtures/forge.ts');
  const db = await storeOf(web.env);
  const { server } = await db.selectFrom('sessions').select('server').executeTakeFirstOrThrow();
  const { addSavedTest, deleteSavedTest } = await import('#lib/routes/tests/saved-tests.ts');
  const chatId = crypto.randomUUID();
  const saved = { instanceId: WHATSAPP, chatId, personId: null, agentId: VENDAS, title: null };
  const added = await addSavedTest(db, { server, actor: 'e2e' }, saved, Date.now());
  try {
    const message = 'Insufficient permissions. Required scope: instances:read';
    const refusal = { status: 403, body: { error: { code: 'FORBIDDEN', message } } };
    // Only then: a read that fails is no missing permission.
    for (const answer of [refusal, { status: 500 }]) {
      await signInAnew({ instanceIds: [WHATSAPP] });
      await omni.fault({ kind: 'status', path: '/instances$', times: null, ...answer });
      await open('/');
      await expect(homePage.summary(page, /Checked \d/)).toBeVisible();
      const refused = answer === refusal;
      await expect(homePage.finding(page, 'Couldn’t check routes')).toHaveCount(refused ? 0 : 1);
      await expect(homePage.finding(page, 'Failing saved tests')).toHaveCount(0);
      await expect(page.getByText(/no problems found/)).toHaveCount(0);
      const needs = page.getByText(/Needs instances:read/);
      if (refused) await expect(needs.first()).toBeVisible();
      else await expect(needs).toHaveCount(0);
      await omni.clearFaults();
    }
  } finally {
    await deleteSavedTest(db, server, added ?? '');
  }
});

test.describe('a key that may read nothing here', () => {
  test.use({ as: 'narrow' });

  test('home: only the health of Omni is read', async ({ page, open, omni }) => {
    await omni.clearCalls();
    await open('/');
    await expect(homePage.summary(page, 'Nothing needs attention in what your key can read.')).toBeVisible();
    expect(new Set((await omni.calls()).items.map(({ path }) => path))).toEqual(new Set(['/api/v2/health']));
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`on a phone, in Portuguese, ${colorScheme}`, () => {
    test.use({ viewport: { width: 360, height: 760 }, locale: 'pt-BR', colorScheme });

    test('home: it fits, and all six links of the navigation can be read and tapped', async ({ page, open }) => {
      await open('/');
      await expect(page.getByRole('status').filter({ hasText: /^(Precisa de atenção|Nada encontrado)/ })).toBeVisible();
      await fits(page);
      await axe(page);
      const rooms = page.getByRole('navigation', { name: 'Principal', exact: true }).getByRole('link');
      await expect(rooms).toHaveText(['Início', 'Pessoas', 'Rotas', 'Chaves', 'Atividade', 'Situação']);
      for (const room of await rooms.all()) {
        const box = await room.boundingBox();
        expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);
        expect(await room.evaluate((link) => link.scrollWidth <= link.clientWidth)).toBe(true);
        expect((await room.getByText(/./).boundingBox())?.height).toBeLessThan(24);
      }
    });
  });
}
