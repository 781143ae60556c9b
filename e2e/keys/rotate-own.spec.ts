import { keep, leaks, listenTo } from '../security/crawl.ts';
import { expect, test } from '../fixtures/test.ts';
import { rotatePage, rotationPage as board, shownOnce } from '../pom/keys/rotation.ts';
import { makeKey, withScene } from '../fixtures/rotation-scene.ts';

const MINUTE = 60_000;

test('the key one is signed in with: the session moves, and goes on after the old key is gone', async ({ browser }) => {
  test.slow();
  const scopes = ['keys:read', 'keys:write', 'persons:read', 'auth:validate'];
  await withScene(browser, { as: 'client', scopes }, async (scene) => {
    const { page, key, omni } = scene;
    const before = await page.context().cookies();
    const { heard, settled } = listenTo(page.context());
    await scene.open(rotatePage.path(key.id));
    await expect(page.getByText('You are signed in with this key')).toBeVisible();
    const secret = await makeKey(scene);
    await settled();
    const told = leaks(heard, secret);
    expect(told.filter((place) => !place.startsWith('body of') || !place.includes('/keys/rotate'))).toEqual([]);
    heard.length = 0;
    await shownOnce.stored(page).click();
    await expect(board.showEnd(page)).toBeVisible();
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
    await board.showEnd(page).click();
    await board.setEnd(page).click();
    await expect(board.next(page)).toContainText('Omni ends the old key on');
    await omni.moveClock(2 * 60 * MINUTE);
    expect(await scene.call(key.secret)).toBe(401);
    await scene.open('/persons');
    await expect(page.getByRole('heading', { name: 'People', level: 1 })).toBeVisible();
    await page.context().clearCookies();
    await page.context().addCookies(before);
    await page.goto('/persons');
    await expect(page).toHaveURL(/\/login/);
  });
});

test('the session stays on the old key until the new one is stored: a lost text locks nobody out', async ({
  browser,
}) => {
  test.slow();
  const scopes = ['keys:read', 'keys:write', 'persons:read', 'auth:validate'];
  await withScene(browser, { as: 'client', scopes }, async (scene) => {
    const { page, key } = scene;
    const first = await makeKey(scene);
    page.once('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await expect(board.next(page)).toContainText('The new key may have been shown, once');
    await page.getByRole('button', { name: 'See what ending the new key does' }).click();
    await board.cancelRun(page).click();
    await expect(board.next(page)).toContainText('Cancelled: the old key goes on');
    expect([await scene.call(first), await scene.call(key.secret)]).toEqual([401, 200]);
    await page.getByRole('link', { name: 'Rotate it again' }).click();
    await page.waitForURL(/\/keys\/rotate\?key=/);
    await rotatePage.make(page).click();
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
