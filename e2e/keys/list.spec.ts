import { DEMO_KEYS } from '../../sandbox/resources/keys/keys-demo.ts';
import { expect, test } from '../fixtures/test.ts';
import { axe } from '../a11y/axe.ts';
import { forgeKeyWork } from '../fixtures/forge-keys.ts';
import { dropKeys, ownKey } from '../fixtures/keys-bed.ts';
import { auditPage } from '../pom/keys/requests.ts';
import { endPage, keyPage, keysPage } from '../pom/keys/keys.ts';
import { listTools } from '../pom/list-tools.ts';
import { operation } from '../pom/operations.ts';
import { callRows } from '#lib/keys/testing/calls.ts';

const { admin, leaked, expiring } = DEMO_KEYS;

test.afterEach(({ omni }) => dropKeys(omni));

test('/keys: the list goes by dates, filters and sorts by its address', async ({ page, open, context }) => {
  await open('/keys');
  await expect(keysPage.rows(page).filter({ hasText: '__primary__' }).first()).toBeVisible();
  await expect(keysPage.rows(page).filter({ hasText: expiring.name })).toContainText(/in [45] days/);
  await expect(keysPage.key(page, 'old-campaign')).toHaveCount(0);
  await expect(keysPage.heading(page, 'Expiring soon')).toContainText('1');
  await axe(page);
  await keysPage.heading(page, 'Expired').click();
  await expect(keysPage.key(page, 'old-campaign')).toBeVisible();
  await expect(keysPage.rows(page).filter({ hasText: 'old-campaign' })).toContainText('Expired');
  await keysPage.heading(page, 'All').click();
  await expect(page).toHaveURL(/show=all/);
  await keysPage.search(page).fill('equipe');
  await expect(page).toHaveURL(/q=equipe/);
  await expect(page).toHaveURL(/show=all/);
  await expect(keysPage.rows(page)).toHaveCount(1);
  await open('/keys?q=nobody-has-this');
  await expect(page.getByText('No keys found')).toBeVisible();
  await open('/keys?sort=name');
  const first = keysPage.rows(page).first();
  await expect(first).toContainText('__primary__');
  await keysPage.sort(page, 'Name').click();
  await expect(first).toContainText('webhook-relay');
  const csv = await context.request.get(`${new URL(page.url()).origin}/keys/export?show=all&q=suporte`);
  expect(csv.headers()['content-type']).toContain('text/csv');
  expect((await csv.text()).split('\r\n').filter(Boolean)).toHaveLength(2);
});

test('/keys: it narrows by risk, permission and creator, and shows what reaches far first', async ({
  page,
  open,
  omni,
}) => {
  await ownKey(omni, { name: 'gerente', scopes: ['persons:read', 'chats:read', 'keys:*'], createdBy: 'Bia' });
  await ownKey(omni, { name: 'leitor', scopes: ['persons:read', 'perons:read'], createdBy: 'Bia' });
  await open('/keys?by=Bia');
  await expect(keysPage.rows(page)).toHaveCount(2);
  const row = keysPage.rows(page).filter({ hasText: 'gerente' });
  await expect(row).toContainText('Manage keys · Read people, chats');
  await expect(row).toContainText('Risk: can create and revoke keys');
  await expect(keysPage.rows(page).filter({ hasText: 'leitor' })).toContainText('perons:read');
  await open('/keys?by=Bia&risk=manages-keys');
  await expect(keysPage.rows(page)).toHaveCount(1);
  await open('/keys?by=Bia&permission=chats');
  await expect(keysPage.key(page, 'gerente')).toBeVisible();
  await expect(keysPage.key(page, 'leitor')).toHaveCount(0);
});

test('/keys: with 150 keys it says what Omni doesn’t list, and a key beyond opens by its id', async ({
  page,
  open,
  omni,
}) => {
  await omni.rows({
    api_keys: Array.from({ length: 140 }, (_, n) => ({
      name: `massa-${n}`,
      keyHash: `massa ${n}`,
      scopes: ['persons:read'],
    })),
  });
  const id = await ownKey(omni, { name: 'a-centésima-e-tanto', createdAt: (Date.now() + 60_000) * 1000 });
  await open('/keys?limit=100');
  await expect(page.getByText('Some keys can’t be listed')).toBeVisible();
  await expect(keysPage.key(page, 'a-centésima-e-tanto')).toHaveCount(0);
  await open(keyPage.path(id));
  await expect(keyPage.heading(page)).toContainText('a-centésima-e-tanto');
});

test('keys.bulk: selected keys are revoked by one review; the primary one stays and is named', async ({
  page,
  open,
  omni,
}) => {
  for (const name of ['lote-a', 'lote-b']) await ownKey(omni, { name, createdBy: 'Lote', usageCount: 0 });
  await open('/keys?limit=50');
  for (const name of ['lote-a', 'lote-b', '__primary__'])
    await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  const bar = listTools.selection(page);
  await expect(bar).toContainText('3');
  await expect(bar.getByRole('button', { name: 'Delete expired' })).toHaveAccessibleDescription(/Revoke \S+ first/);
  await bar.getByRole('button', { name: 'Revoke' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('1 selected key stays');
  await expect(dialog).toContainText('lote-b');
  await axe(page);
  await dialog.getByRole('button', { name: 'Revoke 2 keys' }).click();
  await expect(operation.done(page)).toBeVisible();
  const rows = await omni.sql("SELECT status FROM api_keys WHERE name LIKE 'lote-%'", []);
  expect(rows).toEqual([{ status: 'revoked' }, { status: 'revoked' }]);
});

test('keys.bulk: expired keys are deleted together', async ({ page, open, omni }) => {
  const expiresAt = 1000 * (Date.now() - 86_400_000);
  for (const name of ['velha-a', 'velha-b']) await ownKey(omni, { name, usageCount: 0, expiresAt });
  await open('/keys?show=expired&q=velha');
  await page.getByRole('checkbox', { name: /^Select all/ }).check();
  await listTools.selection(page).getByRole('button', { name: 'Delete expired' }).click();
  const dialog = page.getByRole('dialog');
  await operation.typed(page).fill('2');
  await dialog.getByRole('button', { name: 'Delete 2 keys' }).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await omni.sql("SELECT id FROM api_keys WHERE name LIKE 'velha-%'", [])).toEqual([]);
});

test('/keys: the requests of a week are a column that is added, and asks nothing before', async ({
  page,
  open,
  omni,
}) => {
  const id = await ownKey(omni, {
    name: 'semanal',
    createdBy: 'Semana',
    usageCount: 60,
    lastUsedAt: 1000 * Date.now(),
  });
  await omni.rows({ api_key_audit_logs: callRows(id, 60, { every: 7_200_000 }) });
  await ownKey(omni, { name: 'parada', createdBy: 'Semana', usageCount: 0 });
  await omni.clearCalls();
  await open('/keys?by=Semana');
  await expect(keysPage.rows(page)).toHaveCount(2);
  expect((await omni.calls()).items.filter(({ path }) => path.endsWith('/audit'))).toEqual([]);
  await listTools.columns(page).click();
  await listTools.column(page, '7 days').check();
  await expect(keysPage.rows(page).filter({ hasText: 'semanal' })).toContainText('60');
  await expect(
    keysPage.rows(page).filter({ hasText: 'parada' }).getByRole('cell', { name: '0', exact: true }),
  ).toBeVisible();
  expect((await omni.calls()).items.filter(({ path }) => path.endsWith('/audit'))).toHaveLength(1);
  await page.reload();
  await expect(keysPage.rows(page).filter({ hasText: 'semanal' })).toContainText('60');
});

test('/keys: when a key was used, and whether it expired, goes by Omni’s clock', async ({ page, open, omni }) => {
  await omni.moveClock(10_800_000);
  try {
    const now = await omni.now();
    await ownKey(omni, { name: 'relogio', createdBy: 'Hora', usageCount: 3, lastUsedAt: 1000 * (now - 125_000) });
    await ownKey(omni, { name: 'acabou', createdBy: 'Hora', expiresAt: 1000 * (now - 60_000) });
    await open('/keys?by=Hora&show=all');
    await expect(keysPage.rows(page).filter({ hasText: 'relogio' })).toContainText('2 minutes ago');
    await expect(keysPage.rows(page).filter({ hasText: 'acabou' })).toContainText('Expired');
  } finally {
    await omni.moveClock(-10_800_000);
  }
});

test.describe('/keys at 1,440 × 900', () => {
  test.use({ viewport: { width: 1440, height: 900 } });

  test('18 rows are in sight, and a row crosses to the browser in less than 1 kB', async ({
    page,
    open,
    omni,
    context,
    web,
  }) => {
    await omni.rows({
      api_keys: Array.from({ length: 150 }, (_, n) => ({
        name: `massa-${n}`,
        keyHash: `massa ${n}`,
        scopes: ['persons:read', 'chats:read', 'routes:*'],
      })),
    });
    await open('/keys?limit=50');
    const inSight = await keysPage
      .rows(page)
      .evaluateAll((rows) => rows.filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length);
    expect(inSight).toBeGreaterThanOrEqual(18);
    const sizeOf = async (limit: number) => {
      const answer = await context.request.get(`${web.origin}/keys?limit=${limit}`, { headers: { rsc: '1' } });
      return (await answer.body()).length;
    };
    const row = ((await sizeOf(100)) - (await sizeOf(20))) / 80;
    process.stderr.write(`/keys: ${Math.round(row)} bytes a row in the flight answer\n`);
    expect(row).toBeLessThan(1000);
  });

  test('150 keys: the column of a week asks once for each key in sight', async ({ page, open, omni }) => {
    const rows = Array.from({ length: 150 }, (_, n) => ({
      id: crypto.randomUUID(),
      name: `massa-${n}`,
      keyHash: `massa ${n}`,
      scopes: ['persons:read'],
      createdBy: 'Massa',
      usageCount: 20,
    }));
    await omni.rows({ api_keys: rows });
    await omni.rows({ api_key_audit_logs: rows.flatMap(({ id }) => callRows(id, 20, { every: 7_200_000 })) });
    await open('/keys?by=Massa&limit=50');
    await omni.clearCalls();
    const begun = Date.now();
    await listTools.columns(page).click();
    await listTools.column(page, '7 days').check();
    await expect(keysPage.table(page).getByRole('cell', { name: '20', exact: true }).nth(16)).toBeVisible();
    const asked = (await omni.calls()).items.filter(({ path }) => path.endsWith('/audit')).length;
    process.stderr.write(`/keys: a week of the keys in sight took ${asked} calls and ${Date.now() - begun} ms\n`);
    expect(asked).toBeGreaterThanOrEqual(17);
    expect(asked).toBeLessThanOrEqual(50);
  });
});

for (const as of ['support', 'viewer', 'narrow'] as const) {
  test.describe(`/keys signed in as ${as}`, () => {
    test.use({ as });

    test('no page of keys asks Omni anything, nor shows any key', async ({ page, open, omni, context, web }) => {
      const { rotation, copy, drop } = await forgeKeyWork(web, leaked);
      await omni.clearCalls();
      for (const path of [
        '/keys',
        '/keys?show=all',
        keyPage.path(admin.id),
        `${keyPage.path(leaked.id)}/edit`,
        endPage.revokePath(leaked.id),
        endPage.deletePath(leaked.id),
        endPage.leakedPath(leaked.id),
        '/keys/new',
        `/keys/new?like=${leaked.id}`,
        auditPage.path(leaked.id),
        `/keys/rotate/${rotation}`,
      ]) {
        await open(path);
        await expect(page.getByText(/Your key can’t (read|change) keys/)).toBeVisible();
        await expect(page.getByRole('main').getByRole('link', { name: 'Go to Home' })).toBeVisible();
        await expect(page.getByRole('button', { name: 'Copy request for an admin' })).toBeVisible();
        const flight = await context.request.get(web.origin + path, { headers: { rsc: '1' } });
        const all = (await page.content()) + (await flight.text());
        for (const told of ['chatbot-site', 'relatorios-bi', 'DemoLeak', 'old-campaign'])
          expect(all).not.toContain(told);
      }
      const csv = await context.request.get(`${web.origin}/keys/export?show=all`);
      expect([csv.status(), await csv.text()]).toEqual([403, '{"ok":false,"code":"forbidden"}']);
      for (const path of [`rotations/${rotation}`, `exports/${copy}`, `exports/${copy}/file`]) {
        const answer = await context.request.get(`${web.origin}/api/keys/${path}`);
        expect([path, [403, 404].includes(answer.status())]).toEqual([path, true]);
        expect(await answer.text()).not.toContain(leaked.id);
      }
      const asked = (await omni.calls()).items.filter(({ path }) => path.includes('/keys'));
      expect(asked).toEqual([]);
      await drop();
    });
  });
}
