import type { Browser, Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';
import { createNewKey, withScene } from '../fixtures/rotation-scene.ts';
import { homePage } from '../pom/home.ts';
import { keysPage } from '../pom/keys/keys.ts';
import { rotatePage, rotationPage as board, shownOnce } from '../pom/keys/rotation.ts';
import { operation } from '../pom/operations.ts';
import { signInPage } from '../pom/session/sign-in.ts';

/** Somebody else signs in with a key in a browser of their own. */
async function signedInAs(browser: Browser, { page, secret, name }: { page: Page; secret: string; name: string }) {
  const context = await browser.newContext({ baseURL: new URL(page.url()).origin, locale: 'en-US' });
  const theirs = await context.newPage();
  await theirs.goto('/login');
  await signInPage.yourName(theirs).fill(name);
  await signInPage.signIn(theirs, secret, 'Demo');
  await expect(homePage.heading(theirs)).toBeVisible();
  return { close: () => context.close() };
}

test('/keys/rotate: what uses the key is there before the first click; a small action that fails says so beside its button', async ({
  browser,
}) => {
  await withScene(browser, {}, async (scene) => {
    const { page, key } = scene;
    expect(await scene.call(key.secret)).toBe(200);
    await scene.open(rotatePage.path(key.id));
    await expect(board.withOldKey(page, 'crm/1.0')).toContainText('1 request · ');
    await expect(board.use(page)).toContainText('Still in use');
    await expect(board.currentStage(page)).toContainText('New key');
    await createNewKey(scene);
    page.once('dialog', (dialog) => void dialog.accept());
    await page.reload();
    const stored = page.getByRole('button', { name: 'I stored it' });
    const part = board.part(page, 'New key');
    await expect(stored).toBeVisible();
    await page.route('**/keys/rotate/**', (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    );
    await stored.click();
    await expect(part.getByRole('alert')).toBeVisible();
    await page.unroute('**/keys/rotate/**');
    await stored.click();
    await expect(board.reviewExpiry(page)).toBeVisible();
    await expect(part.getByRole('alert')).toHaveCount(0);
  });
});

test('/keys/rotate: who is signed in with the key is named before the first click and after it; the list tells both keys apart', async ({
  browser,
}) => {
  await withScene(browser, {}, async (scene) => {
    const { page, key } = scene;
    await scene.open('/keys');
    const rui = await signedInAs(browser, { page, secret: key.secret, name: 'Rui' });
    await scene.open(rotatePage.path(key.id));
    await expect(board.withOldKey(page, 'This console, Rui’s session')).toContainText(
      'Signs out when the old key expires',
    );
    await createNewKey(scene);
    await shownOnce.stored(page).click();
    await expect(board.withOldKey(page, 'This console, Rui’s session')).toContainText(
      'Signs out when the old key expires',
    );
    await expect(board.withNewKey(page, 'This console, Rui’s session')).toContainText('No requests on record.');
    await scene.open('/keys?q=crm');
    await expect(keysPage.rows(page)).toHaveCount(2);
    await expect(keysPage.rows(page).filter({ hasText: /crm\s*old/ })).toHaveCount(1);
    await expect(keysPage.rows(page).filter({ hasText: /crm\s*new/ })).toHaveCount(1);
    await rui.close();
  });
});

test('/keys/rotate: where requests can’t be read, that is said of each key, and ending the old one asks for its name', async ({
  browser,
}) => {
  await withScene(browser, {}, async (scene) => {
    const { page, omni } = scene;
    await createNewKey(scene);
    await shownOnce.stored(page).click();
    await omni.fault({ kind: 'status', status: 500, method: 'GET', path: '/keys/[^/]+/audit$', times: null });
    await page.reload();
    await expect(board.use(page)).toContainText('Can’t tell whether it is still in use');
    const switching = board.part(page, 'Switch');
    for (const name of ['Old key', 'New key'])
      await expect(switching.getByText(`${name}: Couldn’t load the requests: Omni answered 500`)).toBeVisible();
    await board.overlap(page, 'Now').check();
    await board.reviewExpiry(page).click();
    await expect(operation.typed(page)).toBeVisible();
    await expect(board.setExpiry(page)).toBeDisabled();
  });
});

test('/keys/rotate: both keys are kept from beside the expiry; then nothing is left to cancel', async ({ browser }) => {
  await withScene(browser, {}, async (scene) => {
    const { page, omni, key } = scene;
    const secret = await createNewKey(scene);
    await shownOnce.stored(page).click();
    await page.getByRole('button', { name: 'Keep both keys' }).click();
    await expect(board.next(page)).toContainText('Both keys kept');
    await expect(page.getByRole('button', { name: 'More', exact: true })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Keep both keys' })).toHaveCount(0);
    expect([await scene.call(secret), await scene.call(key.secret)]).toEqual([200, 200]);
    expect(await omni.sql('SELECT status FROM api_keys WHERE name = ?', ['crm'])).toEqual([
      { status: 'active' },
      { status: 'active' },
    ]);
  });
});

test('/keys/rotate: an old key that was deleted elsewhere is called deleted, and a new key that nobody used is not called used', async ({
  browser,
}) => {
  await withScene(browser, {}, async (scene) => {
    const { page, omni, key } = scene;
    await createNewKey(scene);
    await shownOnce.stored(page).click();
    await expect(board.reviewExpiry(page)).toBeVisible();
    await omni.write('DELETE FROM api_keys WHERE id = ?', [key.id]);
    await expect(board.next(page)).toContainText('Rotation complete');
    await expect(board.next(page)).toContainText('The old key is deleted. No requests with the new key yet.');
    await expect(board.part(page, 'Old key expires')).toContainText('Deleted');
  });
});

test('/keys/rotate: a new key that is revoked by hand leaves the old one’s expiry, and that is said with the way to change it', async ({
  browser,
}) => {
  await withScene(browser, {}, async (scene) => {
    const { page, omni } = scene;
    const secret = await createNewKey(scene);
    await shownOnce.stored(page).click();
    await board.overlap(page, '24 h').check();
    await board.reviewExpiry(page).click();
    await board.setExpiry(page).click();
    await expect(board.revoke(page)).toBeVisible();
    await omni.write("UPDATE api_keys SET status = 'revoked' WHERE key_prefix = ?", [secret.slice(8, 16)]);
    await expect(board.next(page)).toContainText('Rotation canceled');
    await expect(board.next(page)).toContainText('The new key is revoked. The old key still expires');
    await expect(board.next(page)).not.toContainText('as before');
    await page.getByRole('link', { name: 'Change expiry' }).click();
    await expect(page.getByRole('heading', { name: 'Edit key' })).toBeVisible();
  });
});

test('/keys/rotate: an old key that ends by itself closes nothing before the new one is stored', async ({
  browser,
}) => {
  await withScene(browser, {}, async (scene) => {
    const { page, omni, key } = scene;
    await createNewKey(scene);
    page.once('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await omni.write('UPDATE api_keys SET expires_at = 1 WHERE id = ?', [key.id]);
    await expect(board.part(page, 'New key')).toContainText('The old key no longer works.');
    await page.getByRole('button', { name: 'I stored it' }).click();
    await expect(board.part(page, 'Old key expires')).toContainText('The old key has expired');
  });
});
