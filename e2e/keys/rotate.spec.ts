import type { Page } from '@playwright/test';
import { axe } from '../a11y/axe.ts';
import { fits } from '../a11y/measures.ts';
import { expect, test } from '../fixtures/test.ts';
import { rotatePage, rotationBoard as board, shownOnce } from '../pom/keys/rotation.ts';
import { keepCalling, makeKey, withScene } from '../fixtures/rotation-scene.ts';

const MINUTE = 60_000;

async function typeWhatIsAsked(page: Page) {
  await expect(board.revokeRun(page)).toBeVisible();
  const asked = page.getByLabel(/^Type “/);
  if ((await asked.count()) > 0) await asked.fill('crm');
}

test('a client is switched over while it calls: not one call fails, the old key falls silent and ends', async ({
  browser,
}) => {
  test.slow();
  await withScene(browser, {}, async (scene) => {
    const { page, omni, key } = scene;
    const client = keepCalling(scene, key.secret);
    const secret = await makeKey(scene);
    expect(secret).toMatch(/^omni_sk_[A-Za-z0-9]{32}$/);
    await shownOnce.stored(page).click();
    await expect(board.oldCallers(page)).toContainText('crm/1.0');
    await board.overlap(page).selectOption('1h');
    await board.showEnd(page).click();
    await board.setEnd(page).click();
    await expect(board.next(page)).toContainText('Omni ends the old key on');
    await expect(board.here(page)).toContainText('Old key silent');
    await expect(board.next(page)).toContainText('Somebody still calls with the old key');

    client.switchTo(secret);
    await expect(board.newCallers(page)).toContainText('crm/1.0');
    await omni.moveClock(6 * MINUTE);
    await expect(board.oldCallers(page)).toContainText(/Silent for [5-7] minutes/);
    await expect(board.here(page)).toContainText('Old key ended');
    await board.revoke(page).click();
    await typeWhatIsAsked(page);
    await board.revokeRun(page).click();
    await expect(board.next(page)).toContainText('The old key is revoked for good');
    await client.stop();
    expect(client.statuses.length).toBeGreaterThan(10);
    expect(client.statuses.filter((status) => status !== 200)).toEqual([]);
    expect([await scene.call(key.secret), await scene.call(secret)]).toEqual([401, 200]);

    const [old] = await omni.sql('SELECT revoke_reason, description FROM api_keys WHERE id = ?', [key.id]);
    expect(String(old?.revoke_reason)).toMatch(/^Rotated: replaced by /);
    expect(String(old?.description)).toMatch(/\[replaced by /);
    expect(scene.traces()).not.toContain(secret.slice(8));
    expect(scene.traces()).not.toContain(key.secret.slice(8));
    await page.reload();
    await expect(board.next(page)).toContainText('The old key is revoked for good');
    expect(await page.content()).not.toContain(secret);
  });
});

test('the overlap ends on Omni’s side with the console stopped', async ({ browser }) => {
  test.slow();
  await withScene(browser, {}, async (scene) => {
    const { page, omni, key } = scene;
    const secret = await makeKey(scene);
    await shownOnce.stored(page).click();
    await board.overlap(page).selectOption('15m');
    await board.showEnd(page).click();
    await board.setEnd(page).click();
    await expect(board.next(page)).toContainText('Omni ends the old key on');
    const path = new URL(page.url()).pathname;
    await scene.end('SIGKILL');
    await omni.moveClock(14 * MINUTE);
    expect(await scene.call(key.secret)).toBe(200);
    await omni.moveClock(2 * MINUTE);
    expect([await scene.call(key.secret), await scene.call(secret)]).toEqual([401, 200]);
    await scene.start();
    await scene.open(path);
    await expect(board.next(page)).toContainText('The old key has ended by itself');
    await scene.open('/keys/rotate');
    await page.getByRole('link', { name: /Rotating crm/ }).click();
    await expect(board.revoke(page)).toBeVisible();
  });
});

test('with the keyboard alone, on a narrow screen, as axe likes it', async ({ browser }) => {
  test.slow();
  const context = { viewport: { width: 360, height: 740 } };
  await withScene(browser, { context }, async (scene) => {
    const { page, key } = scene;
    await scene.open(rotatePage.path(key.id));
    await expect(rotatePage.make(page)).toBeVisible();
    await axe(page);
    await fits(page);
    await tabTo(page, 'Make the new key');
    await page.keyboard.press('Enter');
    await expect(shownOnce.dialog(page)).toBeVisible();
    await axe(page);
    await tabTo(page, 'Copy');
    await page.keyboard.press('Enter');
    await expect(shownOnce.dialog(page)).toContainText('Copied');
    await tabTo(page, 'I stored it');
    await page.keyboard.press('Enter');
    await expect(shownOnce.dialog(page)).toBeHidden();
    await tabTo(page, 'See what this does');
    await page.keyboard.press('Enter');
    await expect(board.setEnd(page)).toBeVisible();
    await axe(page);
    await fits(page);
    await tabTo(page, 'Give the old key this end');
    await page.keyboard.press('Enter');
    await expect(board.next(page)).toContainText('Omni ends the old key on');
    await axe(page);
    await tabTo(page, 'Revoke the old key');
    await page.keyboard.press('Enter');
    await expect(board.revokeRun(page)).toBeVisible();
    const asked = page.getByLabel(/^Type “/);
    if ((await asked.count()) > 0) {
      await asked.focus();
      await page.keyboard.type('crm');
    }
    await tabTo(page, 'Revoke it');
    await page.keyboard.press('Enter');
    await expect(board.next(page)).toContainText('The old key is revoked for good');
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

test('not acknowledged: the key nobody has is ended, and another one made', async ({ browser }) => {
  await withScene(browser, {}, async (scene) => {
    const { page, key } = scene;
    const first = await makeKey(scene);
    page.once('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await expect(board.next(page)).toContainText('The new key may have been shown, once');
    await expect(page.getByRole('button', { name: 'I stored it' })).toBeVisible();
    await scene.open(rotatePage.path(key.id));
    await expect(page.getByText('This key is being rotated already')).toBeVisible();
    await page.getByRole('link', { name: /Rotating crm/ }).click();
    await page.getByRole('button', { name: 'See what ending the new key does' }).click();
    await board.cancelRun(page).click();
    await expect(board.next(page)).toContainText('Cancelled: the old key goes on');
    expect([await scene.call(first), await scene.call(key.secret)]).toEqual([401, 200]);
    await page.getByRole('link', { name: 'Rotate it again' }).click();
    await rotatePage.make(page).click();
    await shownOnce.reveal(page).click();
    expect(await shownOnce.key(page).textContent()).not.toBe(first);
  });
});

test('an overlap is cancelled: the old key is as it was, whoever uses the new one is named before', async ({
  browser,
}) => {
  await withScene(browser, {}, async (scene) => {
    const { page, omni, key } = scene;
    const secret = await makeKey(scene);
    await shownOnce.stored(page).click();
    await board.showEnd(page).click();
    await board.setEnd(page).click();
    await expect(board.next(page)).toContainText('Omni ends the old key on');
    expect(await scene.call(secret)).toBe(200);
    await board.cancel(page).click();
    await board.cancelPreview(page).click();
    await expect(page.getByText(/Somebody calls the new key already|Somebody calls/).first()).toBeVisible();
    await board.cancelRun(page).click();
    await expect(board.next(page)).toContainText('Cancelled: the old key goes on');
    const [old] = await omni.sql('SELECT expires_at, description FROM api_keys WHERE id = ?', [key.id]);
    expect(old).toEqual({ expires_at: null, description: null });
    expect([await scene.call(secret), await scene.call(key.secret)]).toEqual([401, 200]);
  });
});

test('an answer that was lost: the key is found, nobody can have read it, and it is ended', async ({ browser }) => {
  test.slow();
  await withScene(browser, {}, async (scene) => {
    const { page, omni, key } = scene;
    await omni.fault({ kind: 'cut', when: 'after', method: 'POST', path: '/keys$' });
    await scene.open(rotatePage.path(key.id));
    await rotatePage.make(page).click();
    await expect(page.getByRole('alert').filter({ hasText: 'not as predicted' })).toBeVisible();
    await scene.open('/activity');
    await page.getByRole('link', { name: 'Make a new key for crm' }).click();
    await page.waitForURL(/\/activity\/[0-9a-f-]{36}$/);
    await page.getByRole('link', { name: 'Go to the rotation' }).click();
    await page.waitForURL(board.url);
    await expect(board.next(page)).toContainText('its text was lost on the way');
    await page.getByRole('button', { name: 'See what ending the new key does' }).click();
    await board.cancelRun(page).click();
    await expect(board.next(page)).toContainText('Cancelled');
    expect(await scene.call(key.secret)).toBe(200);
  });
});

for (const when of process.env.SOAK ? (['before', 'after'] as const) : (['after'] as const)) {
  test(`killed while Omni holds the making of a key ${when} its work: looking tells whether there is one`, async ({
    browser,
  }) => {
    await withScene(browser, {}, async (scene) => {
      const { page, omni, key } = scene;
      await omni.fault({ kind: 'hold', method: 'POST', path: '/keys$', when });
      await scene.open(rotatePage.path(key.id));
      await rotatePage.make(page).click();
      await expect.poll(async () => (await omni.faults()).items[0]?.fired).toBe(1);
      await scene.end('SIGKILL');
      await omni.clearFaults();
      await expect.poll(() => omni.sql('SELECT id FROM api_keys WHERE name = ?', ['crm'])).toHaveLength(2);
      await scene.lapse();
      await scene.start();
      await scene.open('/keys/rotate');
      await page.getByRole('link', { name: /Rotating crm/ }).click();
      const look = page.getByRole('button', { name: 'Look whether it was made' });
      await expect(look).toBeVisible();
      await look.click();
      await expect(board.next(page)).toContainText('its text was lost on the way');
      expect(await omni.sql('SELECT id FROM api_keys WHERE name = ?', ['crm'])).toHaveLength(2);
      await page.getByRole('button', { name: 'See what ending the new key does' }).click();
      await board.cancelRun(page).click();
      await expect(board.next(page)).toContainText('Cancelled');
    });
  });
}

test.describe('whoever may not', () => {
  test.use({ as: 'support' });

  test('is told which right is missing', async ({ page, open }) => {
    await open('/keys/rotate');
    await expect(page.getByText('It lacks the right keys:write.')).toBeVisible();
  });
});

test('Omni’s own first key is not rotated here, and why', async ({ page, open }) => {
  await open(rotatePage.path('99999990-0000-4000-8000-000000000001'));
  await expect(page.getByRole('alert').filter({ hasText: 'omni auth recover --rotate' })).toBeVisible();
  await open(rotatePage.path('99999990-0000-4000-8000-000000000013'));
  await expect(page.getByRole('alert').filter({ hasText: 'for an agent' })).toBeVisible();
});
