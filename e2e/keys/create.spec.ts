import { DEMO_KEYS } from '../../sandbox/resources/keys/keys-demo.ts';
import { expect, test } from '../fixtures/test.ts';
import { axe } from '../a11y/axe.ts';
import { dropKeys, ownKey, writes } from '../fixtures/keys-bed.ts';
import { keyForm, keyPage, keysPage, shownOnce } from '../pom/keys/keys.ts';
import { operation } from '../pom/operations.ts';

const { whatsapp, consoleAdmin } = DEMO_KEYS;

test.afterEach(({ omni }) => dropKeys(omni));

test('a key is made with a preset, shown once, guarded, and then read by nobody', async ({ page, open, omni }) => {
  test.slow();
  await omni.clearCalls();
  await open('/keys');
  await keysPage.create(page).click();
  await keyForm.review(page).click();
  await expect(page.getByText('2 things are missing or wrong')).toBeVisible();
  await axe(page);
  await keyForm.name(page).fill('Painel da loja');
  await keyForm.preset(page, 'Support').click();
  await expect(keyForm.level(page, 'people', 'Write')).toBeChecked();
  await expect(keyForm.sentence(page)).toContainText('“Painel da loja” may read and change people and routes');
  await keyForm.level(page, 'routes', 'None').check();
  await keyForm.instances(page, 'Only these').check();
  await page.getByRole('checkbox', { name: 'wa-vendas' }).check();
  await expect(keyForm.sentence(page)).toContainText('only wa-vendas');
  await axe(page);
  await keyForm.review(page).click();
  await expect(keyForm.make(page)).toBeVisible();
  await axe(page);
  await keyForm.make(page).click();
  await expect(shownOnce.dialog(page)).toBeVisible();
  await expect(shownOnce.copy(page)).toBeFocused();
  await expect(shownOnce.text(page)).toHaveText(/^omni_sk_•+$/);
  await axe(page);
  for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('Escape');
  await expect(shownOnce.dialog(page)).toBeVisible();
  await shownOnce.keepOpen(page).click();
  expect(await page.evaluate(() => dispatchEvent(new Event('beforeunload', { cancelable: true })))).toBe(false);
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

test('everything is behind a question and a typed name', async ({ page, open, omni }) => {
  await open('/keys/new');
  await keyForm.name(page).fill('tudo');
  await keyForm.everything(page).check();
  await expect(page.getByText('Does it really need everything?')).toBeVisible();
  await keyForm.review(page).click();
  await expect(keyForm.make(page)).toBeDisabled();
  await operation.typed(page).fill('TUDO');
  await expect(keyForm.make(page)).toBeEnabled();
  expect(await omni.sql("SELECT id FROM api_keys WHERE name = 'tudo'")).toEqual([]);
});

test('a profile of the server asks for its lock, and is made with it', async ({ page, open, omni }) => {
  await open('/keys/new');
  await keyForm.name(page).fill('agente');
  await page.getByRole('radio', { name: 'A profile of the server' }).check();
  await page.getByLabel('Profile', { exact: true }).selectOption('personal');
  await keyForm.review(page).click();
  await expect(page.getByText('This profile needs its lock filled in.')).toBeVisible();
  await page
    .getByRole('group', { name: 'Only on these instances' })
    .getByRole('checkbox', { name: 'wa-vendas' })
    .check();
  await axe(page);
  await keyForm.review(page).click();
  await expect(page.getByText('It gets the profile personal')).toBeVisible();
  await keyForm.make(page).click();
  await shownOnce.reveal(page).click();
  await shownOnce.stored(page).click();
  await expect(keyPage.heading(page)).toContainText('agente');
  const [row] = await omni.sql("SELECT profile, instance_allowlist FROM api_keys WHERE name = 'agente'");
  expect(row).toEqual({ profile: 'personal', instance_allowlist: JSON.stringify(whatsapp.instanceIds) });
});

test.describe('as a key that is no *', () => {
  test.use({ as: 'consoleAdmin' });

  test('nothing beyond one’s own can be given', async ({ page, open }) => {
    await open('/keys/new');
    await expect(keyForm.everything(page)).toBeDisabled();
    await expect(keyForm.level(page, 'configuration audit', 'Read')).toBeDisabled();
    await keyForm.preset(page, 'Support').click();
    await expect(keyForm.level(page, 'people', 'Write')).toBeChecked();
    await open(`${keyPage.path(whatsapp.id)}/edit`);
    await expect(page.getByText('This key may more than yours')).toBeVisible();
  });

  test('a forged wish for * is refused with the ceiling told, and nothing is made', async ({ page, open, omni }) => {
    await omni.clearCalls();
    await open('/keys/new');
    await keyForm.name(page).fill('forjada');
    await keyForm.level(page, 'people', 'Read').check();
    await page.route('**/keys/new', (route) => {
      const body = route.request().postData();
      return body ? route.continue({ postData: body.replace('"persons:read"', '"*"') }) : route.continue();
    });
    await keyForm.review(page).click();
    await expect(operation.refused(page)).toContainText('Your own key lacks *');
    expect(await writes(omni)).toEqual([]);
    expect(consoleAdmin.scopes).not.toContain('*');
  });
});

test('an edit shows what it gives and takes, asks for a widening, and is taken back', async ({ page, open, omni }) => {
  const id = await ownKey(omni, { name: 'editável', scopes: ['persons:read', 'zebra:fly'], instanceIds: [] });
  await open(`${keyPage.path(id)}/edit`);
  await expect(page.getByRole('button', { name: 'Remove zebra:fly' })).toBeVisible();
  await keyForm.level(page, 'chats', 'Read').check();
  await keyForm.instances(page, 'All').check();
  await keyForm.review(page).click();
  await expect(page.getByText('It may besides: chats:read')).toBeVisible();
  await expect(page.getByText('without the restriction it reaches all instances')).toBeVisible();
  await expect(keyForm.save(page)).toBeDisabled();
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
