import type { Page } from '@playwright/test';
import { DEMO_SECRETS } from '../../sandbox/resources/keys/keys-demo.ts';
import { axe } from '../a11y/axe.ts';
import { expect, test } from '../fixtures/test.ts';
import { fits } from '../a11y/measures.ts';
import { makePeople } from '../fixtures/people.ts';
import { keyForm } from '../pom/keys/keys.ts';
import { palette } from '../pom/palette.ts';
import { personPage, personsPage } from '../pom/persons.ts';
import { shell } from '../pom/shell.ts';

/** A word no other test's people have. */
const own = () => `paleta${crypto.randomUUID().replaceAll(/[^a-f]/g, '')}`;

function asksKeys(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/lookup/key-search')) asked.push(request.url());
  });
  return asked;
}

test('palette: by keyboard alone João is found, opened, found again, and his actions are a key away', async ({
  page,
  open,
  omni,
}) => {
  const word = own();
  const [joao] = await makePeople(omni, { name: `João ${word}`, phone: '+5511912345678' });
  await open('/status');
  await page.keyboard.press('Control+k');
  await page.keyboard.type(`${word} joao`);
  await expect(palette.active(page)).toContainText(`João ${word}`);
  await expect(palette.announced(page)).toHaveText('1 result');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(personPage.path(joao?.id ?? ''));
  await expect(personPage.heading(page)).toContainText(`João ${word}`);
  await expect(palette.dialog(page)).toBeHidden();

  await palette.open(page);
  await expect(palette.group(page, 'Recent').getByRole('option').first()).toContainText(`João ${word}`);
  await page.keyboard.press('ArrowRight');
  await expect(palette.field(page)).toHaveAccessibleName(`João ${word}`);
  await page.keyboard.press('End');
  await expect(palette.active(page)).toContainText('Copy ID');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(palette.active(page)).toContainText('Merge another person into this one');
  await page.keyboard.press('Escape');
  await expect(palette.field(page)).toHaveAccessibleName('Search everything');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('merge');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/persons/merge?into=${joao?.id}`);
});

test('palette: routes and keys are found too, and an action asks which one it is for', async ({ page, open }) => {
  await open('/persons');
  await palette.open(page);
  await page.keyboard.type('sao vendas');
  await expect(palette.active(page)).toContainText('Vendas – São Paulo');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/routes\/[0-9a-f-]{36}\/[0-9a-f-]{36}$/);
  await expect(shell.heading(page)).toHaveText('Vendas – São Paulo');

  await palette.open(page);
  await page.keyboard.type('trocar chave');
  await expect(palette.active(page)).toContainText('Rotate a key…');
  await page.keyboard.press('Enter');
  await page.keyboard.type('relatorios');
  await expect(palette.active(page)).toContainText('relatorios-bi');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/keys\/rotate\?key=[0-9a-f-]{36}$/);
  await expect(shell.heading(page)).toHaveText('Rotate key “relatorios-bi”');
});

test('palette: a pasted key is found by its beginning and never sent', async ({ page, open }) => {
  const sent: string[] = [];
  page.on('request', (request) => sent.push(request.url() + (request.postData() ?? '')));
  await open('/persons');
  await palette.open(page);
  await palette.field(page).fill(DEMO_SECRETS.leaked);
  await expect(palette.active(page)).toContainText('chatbot-site');
  await expect(palette.dialog(page)).toContainText('the rest is never sent');
  expect(sent.filter((text) => text.includes(DEMO_SECRETS.leaked.slice(17)))).toEqual([]);
  expect(sent.filter((text) => text.includes('key-search'))).not.toEqual([]);
});

test('palette: a source that fails is named in its group and delays no other', async ({ page, open, omni }) => {
  const word = own();
  await makePeople(omni, { name: `Bia ${word}` });
  await omni.fault({ kind: 'status', status: 503, method: 'GET', path: '/keys$', times: null });
  await open('/persons');
  await palette.open(page);
  await page.keyboard.type(word);
  await expect(palette.option(page, new RegExp(`Bia ${word}`))).toBeVisible();
  const again = palette.group(page, 'Keys').getByRole('option', { name: /^Couldn’t search: Omni/ });
  await expect(again).toContainText('Try again');
  await expect(palette.active(page)).toContainText(`Bia ${word}`);
  await omni.clearFaults();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(again).toBeHidden();
  await expect(palette.announced(page)).toHaveText('1 result');
});

test('palette: a search that was overtaken is aborted', async ({ page, open, omni }) => {
  const word = own();
  await open('/persons');
  await palette.open(page);
  await omni.fault({ kind: 'hold', method: 'GET', path: '/persons$', times: null });
  const ended = page.waitForEvent('requestfailed', (request) => request.url().includes('lookup/persons'));
  await page.keyboard.type('silva');
  await expect.poll(async () => (await omni.faults()).items[0]?.fired).toBeGreaterThan(0);
  await page.keyboard.type('x');
  await ended;
  await omni.clearFaults();
  await palette.field(page).fill(word);
  await expect(palette.announced(page)).toHaveText('No results');
});

test.describe('with a key that may not read keys', () => {
  test.use({ as: 'support' });

  test('palette: keys are not searched, and a locked action copies a request for the missing scope', async ({
    page,
    open,
    omni,
    context,
    web,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: web.origin });
    const asked = asksKeys(page);
    await open('/persons');
    await omni.clearCalls();
    await palette.open(page);
    await page.keyboard.type('create key');
    await expect(palette.option(page, /^Create key/)).toBeDisabled();
    await expect(palette.option(page, /^Create key/)).toContainText('Needs keys:write · Copy request for an admin');
    await expect(palette.dialog(page)).toContainText('Keys aren’t searched: needs keys:read.');
    await expect(palette.active(page)).toContainText('Create key');
    await page.keyboard.press('Enter');
    await expect(palette.announced(page)).toHaveText('Create key: Needs keys:write. Copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      `I need keys:write in the Omni console for this: ${web.origin}/persons`,
    );
    await palette.field(page).fill('suporte');
    await expect(palette.announced(page)).toHaveText(/^\d+ results?$|^No results$/);
    expect(asked).toEqual([]);
    expect((await page.request.get('/api/lookup/key-search?q=suporte')).ok()).toBe(true);
    const { items } = await omni.calls();
    expect(items.filter(({ path }) => path.includes('/keys'))).toEqual([]);
    await expect(page).toHaveURL(personsPage.path);
  });
});

test('shortcuts: single keys open pages, the page’s search and the sheet; none of them while typing or in a dialog', async ({
  page,
  open,
}) => {
  await open('/status');
  for (const [key, path] of [
    ['p', '/persons'],
    ['r', '/routes'],
    ['k', '/keys'],
    ['a', '/activity'],
    ['s', '/status'],
    ['p', '/persons'],
  ]) {
    // The two keys belong together for two seconds, which a busy machine may take for one.
    await expect(async () => {
      await page.keyboard.press('g');
      await page.keyboard.press(String(key));
      await expect(page).toHaveURL(new RegExp(`${path}$`), { timeout: 3000 });
    }).toPass();
  }
  await expect(personsPage.heading(page)).toBeVisible();
  await page.keyboard.press('/');
  await expect(personsPage.search(page)).toBeFocused();
  await page.keyboard.type('/?gr');
  await expect(personsPage.search(page)).toHaveValue('/?gr');
  await expect(palette.sheet(page)).toBeHidden();
  await personsPage.search(page).fill('');
  await personsPage.search(page).blur();
  await page.keyboard.press('?');
  await expect(palette.sheet(page)).toBeVisible();
  await page.keyboard.type('gr/');
  await page.keyboard.press('Control+k');
  await expect(palette.dialog(page)).toBeHidden();
  await expect(page).toHaveURL(/\/persons$/);
  await page.keyboard.press('Escape');
  await expect(palette.sheet(page)).toBeHidden();
  await page.keyboard.press('Alt+g');
  await page.keyboard.press('r');
  await expect(page).toHaveURL(/\/persons$/);
});

test('shortcuts: single keys can be turned off, and Ctrl+K still works', async ({ page, open }) => {
  await open('/status');
  await page.keyboard.press('?');
  await palette.singleKeys(page).uncheck();
  await page.keyboard.press('Escape');
  await expect(palette.sheet(page)).toBeHidden();
  await page.reload();
  await open('/status');
  await page.keyboard.type('?/gp');
  await palette.open(page);
  await expect(page).toHaveURL(/\/status$/);
  await expect(palette.sheet(page)).toBeHidden();
  await page.keyboard.press('Control+k');
  await expect(palette.dialog(page)).toBeHidden();
  await open('/account');
  await expect(palette.singleKeys(page)).not.toBeChecked();
  await palette.singleKeys(page).check();
  await palette.singleKeys(page).blur();
  await page.keyboard.press('?');
  await expect(palette.sheet(page)).toBeVisible();
});

test('palette: leaving a page with unsaved input asks first, as a link does', async ({ page, open }) => {
  await open(keyForm.path);
  await keyForm.name(page).fill('Half a key');
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  await palette.open(page);
  await page.keyboard.type('activity');
  await page.keyboard.press('Enter');
  await expect(palette.dialog(page)).toBeHidden();
  expect(asked).toHaveLength(1);
  await expect(page).toHaveURL(/\/keys\/new$/);
  await expect(keyForm.name(page)).toHaveValue('Half a key');
});

test('palette: theme and language are changed, and the account page shows it', async ({ page, open }) => {
  await open('/account');
  await palette.open(page);
  await page.keyboard.type('tema escuro');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('document')).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByRole('region', { name: 'This browser' }).getByLabel('Theme')).toHaveValue('dark');
  await palette.open(page);
  await page.keyboard.type('portuguese');
  await page.keyboard.press('Enter');
  await expect(shell.heading(page)).toHaveText('Conta e sessões');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('sign out');
  await expect(page.getByRole('option', { name: 'Sair', exact: true })).toHaveAttribute('aria-selected', 'true');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('palette: palette and shortcut sheet keep WCAG 2.2 AA, and fit a phone', async ({ page, open }) => {
      await open('/persons');
      await palette.open(page);
      await page.keyboard.type('silva');
      await expect(palette.announced(page)).toHaveText(/^\d+ results$/);
      await axe(page, 'dialog[open]');
      await page.keyboard.press('ArrowRight');
      await axe(page, 'dialog[open]');
      await page.keyboard.press('Escape');
      await page.setViewportSize({ width: 360, height: 640 });
      await fits(page);
      await expect(palette.active(page)).toBeInViewport({ ratio: 1 });
      await palette.field(page).fill('xqxqxq');
      await expect(palette.announced(page)).toHaveText('No results');
      await axe(page, 'dialog[open]');
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await expect(palette.sheet(page)).toBeVisible();
      await axe(page, 'dialog[open]');
      await fits(page);
      await page.keyboard.press('Escape');
      await palette.button(page).click();
      await expect(palette.field(page)).toBeFocused();
      await palette.field(page).fill('silva');
      await palette.dialog(page).getByTitle('more actions').first().click();
      await expect(palette.option(page, 'Copy ID')).toBeVisible();
    });
  });
}
