import type { Page } from '@playwright/test';
import { axe } from '../a11y/axe.ts';
import { fits } from '../a11y/measures.ts';
import { expect, test } from '../fixtures/test.ts';
import { rotatePage, rotationPage as board, shownOnce } from '../pom/keys/rotation.ts';
import { operation } from '../pom/operations.ts';
import { keepCalling, createNewKey, withScene } from '../fixtures/rotation-scene.ts';

const MINUTE = 60_000;

async function typeWhatIsAsked(page: Page) {
  await expect(board.revokeRun(page)).toBeVisible();
  const asked = page.getByLabel(/^Type “/);
  if ((await asked.count()) > 0) await asked.fill('crm');
}

test('/keys/rotate: an integration is switched while it sends requests; none fails, the old key goes unused and is revoked', async ({
  browser,
}) => {
  await withScene(browser, {}, async (scene) => {
    const { page, omni, key } = scene;
    const integration = keepCalling(scene, key.secret);
    const secret = await createNewKey(scene);
    expect(secret).toMatch(/^omni_sk_[A-Za-z0-9]{32}$/);
    await shownOnce.stored(page).click();
    await expect(board.withOldKey(page, 'crm/1.0')).toContainText(/\d+ requests? · /);
    await board.overlap(page, '1 h').check();
    await board.reviewExpiry(page).click();
    await board.setExpiry(page).click();
    await expect(board.next(page)).toContainText('The old key expires on');
    await expect(board.currentStage(page)).toContainText('Switch');
    await expect(board.next(page)).toContainText('The old key is still in use');

    integration.switchTo(secret);
    await expect(board.withNewKey(page, 'crm/1.0')).toContainText(/\d+ requests? · /);
    await omni.moveClock(6 * MINUTE);
    await expect(board.use(page)).toContainText(/No requests for [5-7] min/);
    await expect(board.currentStage(page)).toContainText('Old key expires');
    await board.revoke(page).click();
    await typeWhatIsAsked(page);
    await board.revokeRun(page).click();
    await expect(board.next(page)).toContainText('The old key is revoked');
    await integration.stop();
    expect(integration.statuses.length).toBeGreaterThan(10);
    expect(integration.statuses.filter((status) => status !== 200)).toEqual([]);
    expect([await scene.call(key.secret), await scene.call(secret)]).toEqual([401, 200]);

    const [old] = await omni.sql('SELECT revoke_reason, description FROM api_keys WHERE id = ?', [key.id]);
    expect(String(old?.revoke_reason)).toMatch(/^Rotated: replaced by /);
    expect(String(old?.description)).toMatch(/\[replaced by /);
    expect(scene.traces()).not.toContain(secret.slice(8));
    expect(scene.traces()).not.toContain(key.secret.slice(8));
    await page.reload();
    await expect(board.next(page)).toContainText('The old key is revoked');
    expect(await page.content()).not.toContain(secret);
  });
});

test('/keys/rotate: the old key expires with the console stopped', async ({ browser }) => {
  await withScene(browser, {}, async (scene) => {
    const { page, omni, key } = scene;
    const secret = await createNewKey(scene);
    await shownOnce.stored(page).click();
    await board.overlap(page, '15 min').check();
    await board.reviewExpiry(page).click();
    await board.setExpiry(page).click();
    await expect(board.next(page)).toContainText('The old key expires on');
    const path = new URL(page.url()).pathname;
    await scene.end('SIGKILL');
    await omni.moveClock(14 * MINUTE);
    expect(await scene.call(key.secret)).toBe(200);
    await omni.moveClock(2 * MINUTE);
    expect([await scene.call(key.secret), await scene.call(secret)]).toEqual([401, 200]);
    await scene.start();
    await scene.open(path);
    await expect(board.next(page)).toContainText('The old key has expired');
    await scene.open('/keys/rotate');
    await page.getByRole('link', { name: /Rotation of crm/ }).click();
    await expect(board.revoke(page)).toBeVisible();
  });
});

test('/keys/rotate with the keyboard alone, on a narrow screen, without findings of axe', async ({ browser }) => {
  const context = { viewport: { width: 360, height: 740 } };
  await withScene(browser, { context }, async (scene) => {
    const { page, key } = scene;
    await scene.open(rotatePage.path(key.id));
    await expect(rotatePage.create(page)).toBeVisible();
    await axe(page);
    await fits(page);
    await tabTo(page, 'Create new key');
    await page.keyboard.press('Enter');
    await expect(shownOnce.dialog(page)).toBeVisible();
    await axe(page);
    await tabTo(page, 'Copy');
    await page.keyboard.press('Enter');
    await expect(shownOnce.dialog(page)).toContainText('Copied');
    await tabTo(page, 'I stored it');
    await page.keyboard.press('Enter');
    await expect(shownOnce.dialog(page)).toBeHidden();
    await tabTo(page, 'Review expiry');
    await page.keyboard.press('Enter');
    await expect(board.setExpiry(page)).toBeVisible();
    await axe(page);
    await fits(page);
    await tabTo(page, 'Set expiry');
    await page.keyboard.press('Enter');
    await expect(board.next(page)).toContainText('The old key expires on');
    await axe(page);
    await tabTo(page, 'Revoke old key');
    await page.keyboard.press('Enter');
    await expect(board.revokeRun(page)).toBeVisible();
    const asked = page.getByLabel(/^Type “/);
    if ((await asked.count()) > 0) {
      await asked.focus();
      await page.keyboard.type('crm');
    }
    await tabTo(page, 'Revoke key');
    await page.keyboard.press('Enter');
    await expect(board.next(page)).toContainText('The old key is revoked');
    await axe(page);
    await fits(page);
  });
});

async function tabTo(page: Page, name: string) {
  for (let tabs = 0; tabs < 80; tabs += 1) {
    const target = page.getByRole('button', { name, exact: true }).last();
    if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${name}`);
}

test('/keys/rotate: a new key that nobody stored is revoked, and another one created', async ({ browser }) => {
  await withScene(browser, {}, async (scene) => {
    const { page, key } = scene;
    const first = await createNewKey(scene);
    page.once('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await expect(board.next(page)).toContainText('Confirm that you stored the new key');
    await expect(page.getByRole('button', { name: 'I stored it' })).toBeVisible();
    await scene.open(rotatePage.path(key.id));
    await expect(page.getByText('This key is already being rotated')).toBeVisible();
    await page.getByRole('link', { name: /Rotation of crm/ }).click();
    await board.revokeUnstored(page).click();
    await board.cancelRun(page).click();
    await expect(board.next(page)).toContainText('Rotation canceled');
    await board.closeCancelled(page).click();
    expect([await scene.call(first), await scene.call(key.secret)]).toEqual([401, 200]);
    await page.getByRole('link', { name: 'Rotate again' }).click();
    await rotatePage.create(page).click();
    await shownOnce.reveal(page).click();
    expect(await shownOnce.key(page).textContent()).not.toBe(first);
  });
});

test('keys.cancel-rotation: the old key is as before, and the integration on the new one is named first', async ({
  browser,
}) => {
  await withScene(browser, {}, async (scene) => {
    const { page, omni, key } = scene;
    const secret = await createNewKey(scene);
    await shownOnce.stored(page).click();
    await board.reviewExpiry(page).click();
    await board.setExpiry(page).click();
    await expect(board.next(page)).toContainText('The old key expires on');
    expect(await scene.call(secret)).toBe(200);
    await board.cancel(page);
    await expect(board.cancelDialog(page)).toContainText('1 integration already uses the new key');
    await expect(board.cancelRun(page)).toBeDisabled();
    await operation.typed(page).fill('crm');
    await board.cancelRun(page).click();
    await expect(board.next(page)).toContainText('Rotation canceled');
    const [old] = await omni.sql('SELECT expires_at, description FROM api_keys WHERE id = ?', [key.id]);
    expect(old).toEqual({ expires_at: null, description: null });
    expect([await scene.call(secret), await scene.call(key.secret)]).toEqual([401, 200]);
  });
});

test('keys.create-for-rotation: after a lost answer the key is found, undelivered, and revoked', async ({
  browser,
}) => {
  await withScene(browser, {}, async (scene) => {
    const { page, omni, key } = scene;
    await omni.fault({ kind: 'cut', when: 'after', method: 'POST', path: '/keys$' });
    await scene.open(rotatePage.path(key.id));
    await rotatePage.create(page).click();
    await expect(page.getByRole('alert').filter({ hasText: 'not as predicted' })).toBeVisible();
    await scene.open('/activity');
    await page.getByRole('link', { name: 'Create new key for crm' }).click();
    await page.waitForURL(/\/activity\/[0-9a-f-]{36}$/);
    await page.getByRole('link', { name: 'View rotation' }).click();
    await page.waitForURL(board.url);
    await expect(board.next(page)).toContainText('May not have been shown');
    await board.revokeUnstored(page).click();
    await board.cancelRun(page).click();
    await expect(board.next(page)).toContainText('Rotation canceled');
    await board.closeCancelled(page).click();
    expect(await scene.call(key.secret)).toBe(200);
  });
});

for (const when of process.env.SOAK ? (['before', 'after'] as const) : (['after'] as const)) {
  test(`keys.create-for-rotation: killed while Omni holds the creation ${when} its work; checking finds whether there is a key`, async ({
    browser,
  }) => {
    await withScene(browser, {}, async (scene) => {
      const { page, omni, key } = scene;
      await omni.fault({ kind: 'hold', method: 'POST', path: '/keys$', when });
      await scene.open(rotatePage.path(key.id));
      await rotatePage.create(page).click();
      await expect.poll(async () => (await omni.faults()).items[0]?.fired).toBe(1);
      await scene.end('SIGKILL');
      await omni.clearFaults();
      await expect.poll(() => omni.sql('SELECT id FROM api_keys WHERE name = ?', ['crm'])).toHaveLength(2);
      await scene.lapse();
      await scene.start();
      await scene.open('/keys/rotate');
      await page.getByRole('link', { name: /Rotation of crm/ }).click();
      const check = page.getByRole('button', { name: 'Check whether it was created' });
      await expect(check).toBeVisible();
      await check.click();
      await expect(board.next(page)).toContainText('May not have been shown');
      expect(await omni.sql('SELECT id FROM api_keys WHERE name = ?', ['crm'])).toHaveLength(2);
      await board.revokeUnstored(page).click();
      await board.cancelRun(page).click();
      await expect(board.next(page)).toContainText('Rotation canceled');
      await board.closeCancelled(page).click();
    });
  });
}

test.describe('/keys/rotate without keys:write', () => {
  test.use({ as: 'support' });

  test('names the missing permission', async ({ page, open }) => {
    await open('/keys/rotate');
    await expect(page.getByText('Needs keys:write')).toBeVisible();
  });
});

test('/keys/rotate refuses Omni’s own first key and says why', async ({ page, open }) => {
  await open(rotatePage.path('99999990-0000-4000-8000-000000000001'));
  await expect(page.getByRole('alert').filter({ hasText: 'omni auth recover --rotate' })).toBeVisible();
  await open(rotatePage.path('99999990-0000-4000-8000-000000000013'));
  await expect(page.getByRole('alert').filter({ hasText: 'for an agent' })).toBeVisible();
});

test('/keys/rotate: without a key the page says what rotating does and asks which, by last use and expiry', async ({
  page,
  open,
}) => {
  await open('/keys/rotate');
  await expect(page.getByText('A new key with the same permissions replaces the old one')).toBeVisible();
  const rows = rotatePage.choices(page).getByRole('row');
  // What expires first stands on top; what can't be rotated says why and leads nowhere.
  await expect(rows.nth(1)).toContainText('relatorios-bi');
  await expect(rows.nth(1)).toContainText(/in [45] days/);
  const primary = rows.filter({ hasText: '__primary__' });
  await expect(primary).toContainText('omni auth recover --rotate');
  await expect(primary.getByRole('link')).toHaveCount(0);
  await page.getByRole('searchbox', { name: 'Search keys' }).fill('chatbot');
  await expect(page).toHaveURL(/q=chatbot/);
  await expect(rows).toHaveCount(2);
  await axe(page);
  await rotatePage.choices(page).getByRole('link', { name: 'chatbot-site' }).click();
  await page.waitForURL(/\/keys\/rotate\?key=/);
  await expect(page.getByRole('heading', { level: 1, name: 'Rotate key “chatbot-site”' })).toBeVisible();
});
