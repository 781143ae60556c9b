import { expect, test } from '../fixtures/test.ts';
import { tabTo } from '../fixtures/keyboard.ts';
import { personsPage } from '../pom/persons.ts';
import { routesPage } from '../pom/routes/routes.ts';
import { shell } from '../pom/shell.ts';
import { focusInSight } from './measures.ts';

const JOAO = '/persons/dddddd01-0000-4000-8000-000000000001';
const NEEDS = 'Needs persons:write';

test.describe('with a key that may only look', () => {
  test.use({ as: 'viewer' });

  test('locked buttons: reached by Tab and say why; Escape hides the reason', async ({ page, open }) => {
    await open(JOAO);
    await tabTo(page, 'Merge…', 'button');
    const merge = page.getByRole('button', { name: 'Merge…' });
    await expect(merge).toHaveAccessibleDescription(NEEDS);
    await expect(merge).toHaveAttribute('aria-disabled', 'true');
    await expect(page.getByRole('tooltip')).toHaveText(NEEDS);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`${JOAO}$`));
    await page.keyboard.press('Escape');
    await expect(page.getByRole('tooltip')).toBeHidden();
    await expect(merge).toBeFocused();
  });

  test('locked buttons: the request for an admin is copied with Tab and Enter, and Escape leads back', async ({
    page,
    open,
    context,
    web,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: web.origin });
    await open(JOAO);
    await tabTo(page, 'Merge…', 'button');
    await page.keyboard.press('Tab');
    const request = page.getByRole('group', { name: NEEDS }).getByRole('button', { name: 'Copy request for an admin' });
    await expect(request).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('group', { name: NEEDS }).getByRole('status')).toHaveText('Copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      `I need persons:write in the Omni console for this: ${web.origin}${JOAO}`,
    );
    await page.keyboard.press('Escape');
    await expect(request).toBeHidden();
    await expect(page.getByRole('button', { name: 'Merge…' })).toBeFocused();
  });

  test('locked items: a menu with them ends with the request for an admin', async ({ page, open, context, web }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: web.origin });
    await open('/persons');
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Copy request for an admin' }).click();
    await expect(shell.toast(page, 'Copied')).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      `I need persons:write in the Omni console for this: ${web.origin}/persons`,
    );
  });

  test.describe('on a phone', () => {
    test.use({ viewport: { width: 360, height: 760 }, hasTouch: true });

    test('locked buttons: a tap shows the reason inside the window, a tap elsewhere hides it', async ({
      page,
      open,
    }) => {
      await open(JOAO);
      // Playwright waits for what is disabled to be enabled, and this is only said to be.
      await page.getByRole('button', { name: 'Merge…' }).tap({ force: true });
      await expect(page.getByRole('tooltip')).toHaveText(NEEDS);
      await expect(page.getByRole('tooltip')).toBeInViewport({ ratio: 1 });
      await shell.heading(page).tap();
      await expect(page.getByRole('tooltip')).toBeHidden();
      await page.getByRole('button', { name: 'Merge…' }).tap({ force: true });
      const request = page.getByRole('group', { name: NEEDS }).getByRole('button', { name: /request/ });
      await expect(request).toBeInViewport({ ratio: 1 });
      await request.tap();
      await expect(page.getByRole('group', { name: NEEDS }).getByRole('status')).toBeVisible();
    });
  });
});

test('account menu: closes when Tab leaves it and when a link of it is followed', async ({ page, open }) => {
  await open('/persons');
  const language = page.getByRole('menuitemradio', { name: 'English' });
  await shell.account(page).click();
  await expect(language).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('[role=menu]') !== null)).toBe(true);
  await page.keyboard.press('Tab');
  await expect(language).toBeHidden();
  await shell.account(page).click();
  await page.getByRole('menuitem', { name: 'Account and sessions' }).click();
  await expect(page).toHaveURL(/\/account$/);
  await expect(language).toBeHidden();
});

test('toasts: an error stays until it is closed, over dialogs too, and closing it keeps the focus', async ({
  page,
  open,
  omni,
}) => {
  await open('/routes');
  const switches = routesPage.table(page).getByRole('switch');
  await omni.fault({ kind: 'status', method: 'PATCH', path: '/routes/', status: 403 });
  await switches.first().click();
  const error = page.getByRole('alert').filter({ has: page.getByRole('button', { name: 'Close' }) });
  await expect(error).toBeVisible();
  for (const at of [1, 2, 3, 1, 2, 3]) {
    const before = await switches.nth(at).getAttribute('aria-checked');
    await switches.nth(at).click();
    await expect(switches.nth(at)).toHaveAttribute('aria-checked', before === 'true' ? 'false' : 'true');
    await expect(switches.nth(at)).toBeEnabled();
  }
  await expect(error).toBeVisible();
  const passing = page.getByRole('status').filter({ has: page.getByRole('button', { name: 'Undo' }) });
  await expect(passing.getByRole('button', { name: 'Close' })).toHaveCount(3);
  await routesPage.rows(page).first().getByRole('checkbox').check();
  await routesPage.bulk(page, 'Deactivate').click();
  await expect(routesPage.dialog(page)).toBeVisible();
  await expect(routesPage.dialog(page).getByRole('alert')).toBeVisible();
  await routesPage.dialog(page).getByRole('alert').getByRole('button', { name: 'Close' }).press('Enter');
  await expect(error).toBeHidden();
  expect(await page.evaluate(() => document.activeElement?.closest('dialog[open]') !== null)).toBe(true);
});

test('persons.merge: the typed confirmation outlives another choice, and the focus follows the change', async ({
  page,
  open,
  omni,
}) => {
  const { makePeople } = await import('../fixtures/people.ts');
  const [survivor, duplicate] = await makePeople(
    omni,
    { name: 'Fica Aqui', phone: '+5511900000001' },
    { name: 'Vai Embora', phone: '+5511900000002' },
  );
  await open(`/persons/merge?into=${survivor?.id}&from=${duplicate?.id}`);
  const typed = page.getByLabel(/^Type “/);
  await typed.fill('0002');
  const merge = page.getByRole('button', { name: /^Merge into / });
  await expect(merge).toBeEnabled();
  await page
    .getByRole('radio', { name: /Vai Embora/ })
    .first()
    .check();
  await expect(page.getByRole('radio', { name: /Vai Embora/ }).first()).toBeFocused();
  await expect(typed).toHaveValue('0002');
  await expect(merge).toBeEnabled();
  await merge.press('Enter');
  await expect(page.getByRole('heading', { name: 'Vai Embora merged into Fica Aqui' })).toBeFocused();
});

test('titles: name what the page shows; a missing item has a heading too', async ({ page, open }) => {
  for (const [path, title, heading] of [
    [JOAO, 'João Silva · People · Omni console', 'João Silva'],
    ['/keys/99999990-0000-4000-8000-000000000002', 'Suporte · Keys · Omni console', /^Suporte/],
    ['/persons/1', 'People · Omni console', 'Person not found'],
    ['/activity/1', 'Activity · Omni console', 'Entry not found'],
  ] as const) {
    await open(path);
    await expect(page).toHaveTitle(title);
    await expect(shell.heading(page)).toHaveText(heading);
  }
});

test('copy: a refused clipboard is reported, and the whole id can be selected', async ({ page, open }) => {
  await open(JOAO);
  await page.evaluate(() =>
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) } }),
  );
  await page.getByRole('main').getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Copy ID' }).click();
  await expect(page.getByRole('alert').filter({ hasText: JOAO.slice(9) })).toContainText('Couldn’t copy.');
});

test.describe('on a phone with people chosen', () => {
  test.use({ viewport: { width: 360, height: 560 } });

  test('sticky bar: never covers the focus', async ({ page, open }) => {
    await open('/persons');
    for (const at of [0, 1]) await personsPage.rows(page).nth(at).getByRole('checkbox').check();
    await expect(page.getByRole('region', { name: 'Selection' })).toBeVisible();
    // The rows are one stop of Tab: the arrows walk them.
    expect(await focusInSight(page, 80)).toBeGreaterThan(5);
  });
});
