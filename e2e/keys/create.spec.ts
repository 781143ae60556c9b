import { DEMO_KEYS } from '../../sandbox/resources/keys/keys-demo.ts';
import { expect, test } from '../fixtures/test.ts';
import { axe } from '../a11y/axe.ts';
import { dropKeys, ownKey, writes } from '../fixtures/keys-bed.ts';
import { keyForm, keyPage, keysPage, shownOnce } from '../pom/keys/keys.ts';
import { operation } from '../pom/operations.ts';

const { whatsapp, consoleAdmin } = DEMO_KEYS;

test.afterEach(({ omni }) => dropKeys(omni));

test('/keys/new: a key is created with a preset, shown once, guarded, and then read by nobody', async ({
  page,
  open,
  omni,
}) => {
  await omni.clearCalls();
  await open('/keys');
  await keysPage.create(page).click();
  await expect(keyForm.needed(page, 'Choose at least one permission.')).toBeVisible();
  await keyForm.needed(page, 'Enter a name.').click();
  await expect(page.getByRole('region', { name: 'Identification' })).toBeFocused();
  await axe(page);
  await keyForm.name(page).fill('Painel da loja');
  await keyForm.preset(page, 'Support').check();
  await expect(keyForm.level(page, 'people', 'Read and write')).toBeChecked();
  await expect(keyForm.sentence(page)).toContainText('“Painel da loja”: Read and write people, routes');
  await keyForm.level(page, 'routes', 'None').check();
  await keyForm.instances(page, 'Only these').check();
  await page.getByRole('checkbox', { name: 'wa-vendas' }).check();
  await expect(keyForm.sentence(page)).toContainText('only wa-vendas');
  await axe(page);
  await keyForm.reviewed(page);
  await axe(page);
  await keyForm.create(page).click();
  await expect(shownOnce.dialog(page)).toBeVisible();
  await expect(shownOnce.copy(page)).toBeFocused();
  await expect(shownOnce.text(page)).toHaveText(/^omni_sk_•+$/);
  await axe(page);
  for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('Escape');
  await expect(shownOnce.dialog(page)).toBeVisible();
  await shownOnce.keepOpen(page).click();
  expect(await page.evaluate(() => dispatchEvent(new Event('beforeunload', { cancelable: true })))).toBe(false);
  const asked = page.waitForEvent('dialog');
  const back = page.evaluate(() => history.back());
  expect((await asked).message()).toContain('Close without storing the key?');
  await (await asked).dismiss();
  await back;
  await expect(page).toHaveURL(/\/keys\/new/);
  await expect(shownOnce.dialog(page)).toBeVisible();
  page.once('dialog', (question) => question.accept());
  await page.goBack();
  await expect(page).toHaveURL(/\/keys$/);
  await expect(shownOnce.dialog(page)).toBeVisible();
  await shownOnce.reveal(page).click();
  await expect(shownOnce.text(page)).toHaveText(/^omni_sk_[A-Za-z0-9]{32}$/);
  const saved = page.waitForEvent('download');
  await shownOnce.download(page).click();
  expect((await saved).suggestedFilename()).toBe('omni-painel-da-loja.env');
  await shownOnce.stored(page).click();
  await expect(keyPage.heading(page)).toContainText('Painel da loja');
  expect((await writes(omni)).filter((line) => line.startsWith('POST'))).toEqual(['POST /api/v2/keys']);
  const [row] = await omni.sql("SELECT scopes, instance_ids FROM api_keys WHERE name = 'Painel da loja'");
  expect(JSON.parse(String(row?.scopes))).toEqual([
    'persons:*',
    'access:read',
    'instances:read',
    'agents:read',
    'providers:read',
    'chats:read',
    'automations:read',
    'auth:validate',
  ]);
  expect(JSON.parse(String(row?.instance_ids))).toEqual(whatsapp.instanceIds);
});

test('/keys/new: an expiry goes by the server’s clock where the browser’s is a year slow', async ({ page, open }) => {
  await page.clock.install({ time: Date.now() - 365 * 86_400_000 });
  await open('/keys/new');
  await keyForm.name(page).fill('relógio');
  await keyForm.preset(page, 'Support').check();
  await page.getByRole('button', { name: '365 days' }).click();
  const year = new Date(Date.now() + 365 * 86_400_000).getFullYear();
  await expect(keyForm.sentence(page)).toContainText(String(year));
  await keyForm.reviewed(page);
});

test('/keys/new: the matrix is searched by resource, says how much is further down until its end, and counts what is shown and chosen', async ({
  page,
  open,
}) => {
  await open('/keys/new');
  const all = keyForm.resources(page);
  const count = await all.count();
  await expect(keyForm.matrixCount(page)).toHaveText('0 chosen');
  await expect(keyForm.matrixMore(page)).toBeVisible();
  await expect(all.last()).not.toBeInViewport();
  await keyForm.matrix(page).focus();
  await page.keyboard.press('End');
  await expect(all.last()).toBeInViewport();
  await expect(keyForm.matrixMore(page)).toHaveCount(0);
  const find = page.getByRole('searchbox', { name: 'Search resources' });
  await find.fill('people');
  await expect(keyForm.matrixCount(page)).toHaveText(`1 of ${count} resources · 0 chosen`);
  await expect(keyForm.matrixMore(page)).toHaveCount(0);
  await keyForm.level(page, 'people', 'Read').check();
  await expect(keyForm.matrixCount(page)).toContainText('1 chosen');
  // Omni's own word finds it as well.
  await find.fill('persons');
  await expect(keyForm.level(page, 'people', 'Read')).toBeChecked();
  await find.fill('zzz');
  await expect(page.getByText('No resource matches “zzz”.')).toBeVisible();
  await find.fill('');
  await expect(all).toHaveCount(count);
  await expect(keyForm.matrixMore(page)).toBeVisible();
});

test('/keys/new: full access is behind a question and a typed name', async ({ page, open, omni }) => {
  await open('/keys/new');
  await keyForm.name(page).fill('tudo');
  await keyForm.everything(page).check();
  await expect(page.getByText('Does it need full access?')).toBeVisible();
  await expect(operation.typed(page)).toBeVisible();
  await expect(keyForm.create(page)).toBeDisabled();
  await operation.typed(page).fill('TUDO');
  await expect(keyForm.create(page)).toBeEnabled();
  expect(await omni.sql("SELECT id FROM api_keys WHERE name = 'tudo'")).toEqual([]);
});

test('/keys/new: a server profile requires its lock, and the key is created with it', async ({ page, open, omni }) => {
  await open('/keys/new');
  await keyForm.name(page).fill('agente');
  await page.getByRole('radio', { name: 'Server profile' }).check();
  await keyForm.profile(page, /\(personal\)/).check();
  await expect(keyForm.needed(page, 'Fill in the lock this profile requires.')).toBeVisible();
  await page
    .getByRole('group', { name: 'Only on these instances' })
    .getByRole('checkbox', { name: 'wa-vendas' })
    .check();
  await axe(page);
  await keyForm.reviewed(page);
  await expect(page.getByText('Profile: personal')).toBeVisible();
  await keyForm.create(page).click();
  await shownOnce.reveal(page).click();
  await shownOnce.stored(page).click();
  await expect(keyPage.heading(page)).toContainText('agente');
  const [row] = await omni.sql("SELECT profile, instance_allowlist FROM api_keys WHERE name = 'agente'");
  expect(row).toEqual({ profile: 'personal', instance_allowlist: JSON.stringify(whatsapp.instanceIds) });
});

test.describe('/keys/new as a key without *', () => {
  test.use({ as: 'consoleAdmin' });

  test('nothing beyond one’s own permissions can be granted', async ({ page, open }) => {
    await open('/keys/new');
    await expect(keyForm.everything(page)).toBeDisabled();
    await expect(keyForm.level(page, 'configuration audit', 'Read')).toBeDisabled();
    await keyForm.preset(page, 'Support').check();
    await expect(keyForm.level(page, 'people', 'Read and write')).toBeChecked();
    await open(`${keyPage.path(whatsapp.id)}/edit`);
    await expect(page.getByText('This key has more permissions than yours')).toBeVisible();
    await expect(page.getByRole('main').getByRole('button', { name: 'Copy request for an admin' })).toBeVisible();
  });

  test('what can’t be granted can be asked for where it stands, with the keyboard', async ({
    page,
    open,
    context,
    web,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: web.origin });
    await open('/keys/new');
    const audit = page.getByRole('group', { name: 'configuration audit', exact: true });
    await expect(audit).toHaveAccessibleDescription('Needs audit:read');
    await keyForm.needs(page, 'Needs audit:read').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(audit.getByRole('status')).toHaveText('Copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      `I need audit:read in the Omni console for this: ${web.origin}/keys/new`,
    );
    await page.keyboard.press('Escape');
    await expect(keyForm.needs(page, 'Needs audit:read')).toBeFocused();
    await keyForm.needs(page, 'Needs *').focus();
    await expect(page.getByRole('group', { name: 'Needs *', exact: true }).getByRole('button')).toHaveText(
      'Copy request for an admin',
    );
    await axe(page);
  });

  test('a forged draft with * is refused with the ceiling named, and no key is created', async ({
    page,
    open,
    omni,
  }) => {
    await omni.clearCalls();
    await open('/keys/new');
    await keyForm.name(page).fill('forjada');
    await page.route('**/keys/new', (route) => {
      const body = route.request().postData();
      return body ? route.continue({ postData: body.replace('"persons:read"', '"*"') }) : route.continue();
    });
    await keyForm.level(page, 'people', 'Read').check();
    await expect(operation.refused(page)).toContainText('Your own key lacks *');
    expect(await writes(omni)).toEqual([]);
    expect(consoleAdmin.scopes).not.toContain('*');
  });
});

test('/keys/[id]/edit: an edit shows what it adds and removes, has the name typed when it adds, and is undone', async ({
  page,
  open,
  omni,
}) => {
  const id = await ownKey(omni, { name: 'editável', scopes: ['persons:read', 'zebra:fly'], instanceIds: [] });
  await open(`${keyPage.path(id)}/edit`);
  await expect(page.getByRole('button', { name: 'Remove zebra:fly' })).toBeVisible();
  await keyForm.level(page, 'chats', 'Read').check();
  await keyForm.instances(page, 'All').check();
  await expect(page.getByText('Adds permissions: chats:read')).toBeVisible();
  await expect(page.getByText('Instances: None → All instances, including future ones')).toBeVisible();
  await expect(keyForm.save(page)).toBeDisabled();
  // What lies half under the sentence that stays above is not too small.
  await page.evaluate(() => scrollTo({ top: 0 }));
  await axe(page);
  await operation.typed(page).fill('editavel');
  await keyForm.save(page).click();
  await expect(operation.done(page)).toBeVisible();
  const now = async () => (await omni.sql('SELECT scopes, instance_ids FROM api_keys WHERE id = ?', [id]))[0];
  expect(await now()).toEqual({ scopes: '["persons:read","zebra:fly","chats:read"]', instance_ids: null });
  await operation.undo(page).click();
  await operation.undoRun(page).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await now()).toEqual({ scopes: '["persons:read","zebra:fly"]', instance_ids: '[]' });
});
