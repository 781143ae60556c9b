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

/** A world in which nothing needs anybody. */
async function calm(omni: Control) {
  await omni.write('DELETE FROM agent_routes');
  await omni.write('UPDATE api_keys SET expires_at = NULL');
  await connected(omni, 'connected');
}

test('all is well: one sentence says so, what was looked at and when', async ({ browser }) => {
  await withScene(browser, {}, async ({ page, open, omni }) => {
    await calm(omni);
    await open('/persons');
    await shell.mark(page).click();
    await expect(page).toHaveURL(/\/$/);
    await expect(shell.room(page, 'Home')).toHaveAttribute('aria-current', 'page');
    const verdict = homePage.verdict(page, 'All is well.');
    await expect(verdict).toContainText(
      /Looked at \d+:\d\d [AP]M \S+: server, connections, changes, keys, rotations, routes, and probes\.$/,
    );
    await expect(homePage.titles(page)).toHaveText(['Looked at']);
    await expect(homePage.line(page, 'Server')).toContainText('Demo is healthy. Version 2.0.0.');
    await expect(homePage.line(page, 'Connections')).toContainText('all connected');
    await axe(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await axe(page);
    for (const [name, url] of [
      ['Find a person', /\/persons$/],
      ['Who answers?', /\/routes\/test$/],
      ['New key', /\/keys\/new$/],
    ] as const) {
      await expect(page.getByRole('link', { name })).toHaveAttribute('href', url);
    }
  });
});

/** A join whose first step is done and whose second one Omni refused. */
async function halfAJoin({ page, open, omni }: RotationScene): Promise<string> {
  const [stays, goes] = await makePeople(omni, {}, { phone: '+5511940028922' });
  if (!stays || !goes) throw new Error('nobody');
  await omni.fault({ kind: 'status', status: 403, method: 'PATCH', path: '/persons/' });
  await open(mergePage.path(stays.id, goes.id));
  await operation.typed(page).fill(goes.name);
  await mergePage.join(page).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Not everything was done' })).toBeVisible();
  return goes.name;
}

/** A probe that was as expected when it was kept, and is not any more. */
async function redProbe({ page, open, omni }: RotationScene) {
  const [chatId = ''] = (await omni.rows({ chats: [{ instanceId: WHATSAPP, name: 'Sala' }] })).chats ?? [];
  await omni.rows({ agent_routes: [{ instanceId: WHATSAPP, scope: 'chat', chatId, agentId: SUPORTE, label: 'Sala' }] });
  await open(routeTest.path({ instance: WHATSAPP, chat: chatId }));
  await page.getByRole('textbox', { name: 'Name' }).fill('Sala com Suporte');
  await routeTest.keep(page).click();
  await expect(page.getByText('Kept.')).toBeVisible();
  await omni.write('UPDATE agent_routes SET agent_id = ? WHERE chat_id = ?', [VENDAS, chatId]);
}

/** From Home into what is found there, and back. */
async function follow(page: Page, region: string, link: string | RegExp, url: RegExp) {
  await homePage.finding(page, region).getByRole('link', { name: link }).first().click();
  await expect(page).toHaveURL(url);
  await page.goBack();
  await expect(page).toHaveURL(/\/$/);
  await expect(homePage.verdict(page, 'Needs attention')).toBeVisible();
}

test('whatever needs somebody is there, most urgent first, and leads to where it is mended', async ({ browser }) => {
  test.slow(); // a join, a probe and a rotation are made first
  await withScene(browser, {}, async (scene) => {
    const { page, open, omni } = scene;
    const gone = await halfAJoin(scene);
    await redProbe(scene);
    await createNewKey(scene);
    await connected(omni, 'disconnected');
    const health = { status: 'degraded', version: '2.0.0', checks: { database: { status: 'slow' } } };
    await omni.fault({ kind: 'answer', status: 200, body: health, path: '/health$', times: null });
    await open('/');
    await expect(homePage.verdict(page, 'Needs attention')).toContainText(
      'Needs attention: connections, probes, server, changes, keys, routes, and rotations.',
    );
    await expect(homePage.titles(page)).toHaveText([
      'Not connected',
      'Probes that fail',
      'The server is not well',
      'Changes that did not come to their end',
      'Keys near their end',
      'Routes to mend',
      'Rotations under way',
    ]);
    await axe(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await axe(page);
    await follow(page, 'Not connected', /wa-vendas/, /\/routes\?instance=11111111/);
    await follow(page, 'Probes that fail', 'Sala com Suporte', /\/routes\/test\?instance=11111111/);
    await follow(page, 'The server is not well', /Degraded/, /\/status$/);
    await follow(
      page,
      'Changes that did not come to their end',
      new RegExp(`${gone}.*Continue`),
      /\/activity\/[0-9a-f-]{36}$/,
    );
    await follow(page, 'Keys near their end', /relatorios-bi/, /\/keys\/99999990-0000-4000-8000-000000000011$/);
    await follow(page, 'Routes to mend', /^Agent is off 3 routes/, /\/routes\/hygiene\?reason=agent-off$/);
    await follow(page, 'Rotations under way', /Rotating crm/, /\/keys\/rotate\/[0-9a-f-]{36}$/);

    await omni.clearFaults();
    await tabTo(page, /Continue$/, 'link');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/activity\//);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(operation.done(page)).toBeVisible();
    await shell.room(page, 'Home').click();
    await expect(page).toHaveURL(/\/$/);
    await expect(homePage.line(page, 'Changes')).toContainText('None was left half done.');
  });
});

test('a part of Omni that fails is named, the rest stands, and trying again mends it', async ({ page, open, omni }) => {
  await omni.fault({ kind: 'status', status: 503, path: '/keys$', times: null });
  await open('/');
  await expect(homePage.verdict(page, /Not known for sure: [^.]*keys/)).toBeVisible();
  const failed = homePage.finding(page, 'Keys could not be looked at');
  await expect(failed).toContainText('Omni is not available.');
  await expect(failed).toContainText(/Reference \S+/);
  await expect(homePage.line(page, 'Server')).toContainText('is healthy');
  await axe(page);
  await omni.clearFaults();
  await failed.getByRole('link', { name: 'Try again' }).click();
  await expect(failed).toHaveCount(0);
  await expect(homePage.verdict(page, /Looked at [^.]*keys/)).toBeVisible();
});

test('a server that does not answer is itself what needs attention', async ({ page, open, omni }) => {
  await omni.fault({ kind: 'status', status: 503, path: '/health$', times: null });
  await open('/');
  await expect(homePage.verdict(page, 'Needs attention: server')).toBeVisible();
  await expect(homePage.finding(page, 'Could not see how the server is')).toContainText('Omni is not available.');
  await expect(homePage.line(page, 'Server')).toHaveCount(0);
});

test('the session’s own key that ends soon comes first and leads to its rotation', async ({
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
  const keys = homePage.finding(page, 'Keys near their end');
  await expect(keys.getByRole('listitem').first()).toContainText(/Your key “plantao” expires in [23] days/);
  await keys.getByRole('link', { name: /Your key “plantao”/ }).click();
  await expect(page).toHaveURL(new RegExp(`/keys/rotate\\?key=${id}$`));
  await omni.write('DELETE FROM api_keys WHERE id = ?', [id]);
});

test.describe('a key for support', () => {
  test.use({ as: 'support' });

  test('is asked nothing about keys, and told so in a line', async ({ page, open, omni }) => {
    await omni.clearCalls();
    await open('/');
    await expect(
      page.getByRole('status').filter({ hasText: 'since your key may not: keys and rotations.' }),
    ).toBeVisible();
    await expect(homePage.line(page, 'Not looked at')).toContainText('Your key lacks keys:read');
    await expect(page.getByRole('link', { name: 'New key' })).toHaveCount(0);
    const { items } = await omni.calls();
    expect(items.length).toBeGreaterThan(3);
    expect(items.filter(({ path, status }) => /\/keys/.test(path) || status === 403)).toEqual([]);
  });
});

test.describe('a key that may read nothing here', () => {
  test.use({ as: 'narrow' });

  test('makes Omni tell only how it is', async ({ page, open, omni }) => {
    await omni.clearCalls();
    await open('/');
    await expect(homePage.verdict(page, 'All is well, as far as your key sees.')).toBeVisible();
    expect(new Set((await omni.calls()).items.map(({ path }) => path))).toEqual(new Set(['/api/v2/health']));
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`on a phone, in Portuguese, ${colorScheme}`, () => {
    test.use({ viewport: { width: 360, height: 760 }, locale: 'pt-BR', colorScheme });

    test('it fits, and all six rooms can be read and hit', async ({ page, open }) => {
      await open('/');
      await expect(page.getByRole('status').filter({ hasText: /^(Pede atenção|Nada encontrado)/ })).toBeVisible();
      await fits(page);
      await axe(page);
      const rooms = page.getByRole('navigation', { name: 'Áreas' }).getByRole('link');
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
