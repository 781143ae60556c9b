import { keep, leaks, listenTo } from '../security/crawl.ts';
import { expect, test } from '../fixtures/test.ts';
import { rotatePage, rotationPage as board, shownOnce } from '../pom/keys/rotation.ts';
import { createNewKey, withScene } from '../fixtures/rotation-scene.ts';

const MINUTE = 60_000;

test('/keys/rotate, the session’s own key: the session moves, and continues after the old key has expired', async ({
  browser,
}) => {
  const scopes = ['keys:read', 'keys:write', 'persons:read', 'auth:validate'];
  await withScene(browser, { as: 'integration', scopes }, async (scene) => {
    const { page, key, omni } = scene;
    const before = await page.context().cookies();
    const { heard, settled } = listenTo(page.context());
    await scene.open(rotatePage.path(key.id));
    await expect(page.getByText('This console, your session')).toBeVisible();
    const secret = await createNewKey(scene);
    await settled();
    const told = leaks(heard, secret);
    expect(told.filter((place) => !place.startsWith('body of') || !place.includes('/keys/rotate'))).toEqual([]);
    heard.length = 0;
    await shownOnce.stored(page).click();
    await expect(board.reviewExpiry(page)).toBeVisible();
    const { pathname, origin } = new URL(page.url());
    const rotation = pathname.split('/').at(-1) ?? '';
    for (const path of [pathname, `/keys/${key.id}`, '/keys', '/activity', '/activity/export?format=json']) {
      const flight = await page.request.get(origin + path, { headers: { rsc: '1' } });
      heard.push({ place: `RSC of ${path}`, text: await flight.text() });
    }
    const polled = await page.request.get(`${origin}/api/keys/rotations/${rotation}`);
    heard.push({ place: 'board', text: await polled.text() });
    await keep(page, heard);
    await page.goBack();
    await keep(page, heard);
    await page.goForward();
    await page.waitForURL(board.url);
    await page.reload();
    await keep(page, heard);
    await settled();
    expect(heard.length).toBeGreaterThan(20);
    expect(leaks(heard, secret)).toEqual([]);
    expect(scene.traces()).not.toContain(secret.slice(8));
    await board.reviewExpiry(page).click();
    await board.setExpiry(page).click();
    await expect(board.next(page)).toContainText('The old key expires on');
    await omni.moveClock(2 * 60 * MINUTE);
    expect(await scene.call(key.secret)).toBe(401);
    await scene.open('/persons');
    await expect(page.getByRole('heading', { name: 'People', level: 1 })).toBeVisible();
    // A page that is left asks for nothing more, which would lead to the sign-in by itself.
    await page.goto('about:blank');
    await page.context().clearCookies();
    await page.context().addCookies(before);
    await page.goto('/persons');
    await expect(page).toHaveURL(/\/login/);
  });
});

test('/keys/rotate, the session’s own key: the session keeps the old key until the new one is stored; a lost text locks nobody out', async ({
  browser,
}) => {
  const scopes = ['keys:read', 'keys:write', 'persons:read', 'auth:validate'];
  await withScene(browser, { as: 'integration', scopes }, async (scene) => {
    const { page, key } = scene;
    const first = await createNewKey(scene);
    page.once('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await expect(board.next(page)).toContainText('Confirm that you stored the new key');
    await board.revokeUnstored(page).click();
    await board.cancelRun(page).click();
    await expect(board.next(page)).toContainText('Rotation canceled');
    await board.closeCancelled(page).click();
    expect([await scene.call(first), await scene.call(key.secret)]).toEqual([401, 200]);
    await page.getByRole('link', { name: 'Rotate again' }).click();
    await page.waitForURL(/\/keys\/rotate\?key=/);
    await rotatePage.create(page).click();
    await shownOnce.reveal(page).click();
    const second = (await shownOnce.key(page).textContent()) ?? '';
    await page.waitForURL(board.url);
    page.once('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await page.getByRole('button', { name: 'I stored it' }).click();
    await expect(board.next(page)).toContainText('Sign in with the new key');
    expect([await scene.call(second), await scene.call(key.secret)]).toEqual([200, 200]);
  });
});
