import { makePeople } from '../fixtures/people.ts';
import { expect, openAlive, test } from '../fixtures/test.ts';
import { palette } from '../pom/palette.ts';
import { personPage } from '../pom/persons.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const own = () => `registro${crypto.randomUUID().replaceAll(/[^a-f]/g, '')}`;
const digits = () => `55119${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;

test('palette: the last eight records stand in it in this tab only, and none after signing out', async ({
  page,
  open,
  omni,
  context,
  web,
  signInAnew,
}) => {
  await signInAnew();
  const word = own();
  const people = await makePeople(omni, ...Array.from({ length: 9 }, (_, at) => ({ name: `Ana ${at} ${word}` })));
  for (const { id, name } of people) {
    await open(personPage.path(id));
    await expect(personPage.heading(page)).toContainText(name);
  }
  await palette.open(page);
  const recent = palette.group(page, 'Recent').getByRole('option');
  await expect(recent).toHaveCount(8);
  await expect(recent.first()).toContainText(`Ana 8 ${word}`);
  await expect(recent.last()).toContainText(`Ana 1 ${word}`);
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain(people[8]?.id);

  const other = await context.newPage();
  await openAlive(other, `${web.origin}/status`);
  await palette.open(other);
  await expect(palette.group(other, 'Recent')).toBeHidden();
  await other.close();

  await page.keyboard.type('sign out');
  await expect(palette.active(page)).toContainText('Sign out');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/login/);
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain(word);
});

test('palette: a pasted id, phone, handle or address opens the record', async ({ page, open, omni, web }) => {
  const [word, phone, handle] = [own(), digits(), digits()];
  const [rita] = await makePeople(omni, {
    name: `Rita ${word}`,
    phone: `+${phone}`,
    handle: `${handle}@s.whatsapp.net`,
  });
  const path = personPage.path(rita?.id ?? '');
  for (const pasted of [rita?.id, `+${phone}`, `${handle}@s.whatsapp.net`, `${web.origin}${path}?was=1`]) {
    await open('/status');
    await palette.open(page);
    await palette.field(page).fill(String(pasted));
    await expect(palette.active(page)).toContainText(pasted?.startsWith('http') ? 'Open this page' : `Rita ${word}`);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`${path}(\\?was=1)?$`));
    await expect(personPage.heading(page)).toContainText(`Rita ${word}`);
  }
  const [route] = await omni.sql('SELECT id, instance_id FROM agent_routes WHERE chat_id IS NOT NULL LIMIT 1');
  await palette.open(page);
  await palette.field(page).fill(String(route?.id));
  await expect(palette.active(page)).toHaveText(/./);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/routes/${String(route?.instance_id)}/${String(route?.id)}`);
});

test('palette: an address of another server is searched and never opened', async ({ page, open }) => {
  await open('/status');
  await palette.open(page);
  await palette.field(page).fill('https://console.example.com/persons');
  await expect(palette.announced(page)).toHaveText('No results');
});

test('palette: a blocked person is seen as blocked, with where, among what is found and what was opened', async ({
  page,
  open,
  omni,
  signInAnew,
}) => {
  await signInAnew();
  const [word, number] = [own(), digits()];
  const [rui, eva] = await makePeople(
    omni,
    { name: `Rui ${word}`, handle: `${number}@s.whatsapp.net` },
    { name: `Eva ${word}` },
  );
  await omni.rows({ access_rules: [{ instanceId: WHATSAPP, ruleType: 'deny', phonePattern: `${number}*` }] });
  await open(personPage.path(rui?.id ?? ''));
  await expect(personPage.heading(page)).toContainText(`Rui ${word}`);
  await palette.open(page);
  await expect(palette.group(page, 'Recent').getByRole('option').first()).toContainText('Blocked on wa-vendas');
  await page.keyboard.type(word);
  await expect(palette.option(page, new RegExp(`Rui ${word}`))).toContainText('Blocked on wa-vendas');
  await expect(palette.option(page, new RegExp(`Eva ${word}`))).toBeVisible();
  await expect(palette.option(page, new RegExp(`Eva ${word}`))).not.toContainText('Blocked');
  expect(eva?.id).toBeTruthy();
});

test('palette: where instances did not answer, no number of routes is said', async ({
  page,
  open,
  omni,
  signInAnew,
}) => {
  await signInAnew();
  await omni.fault({ kind: 'status', status: 500, method: 'GET', path: `${WHATSAPP}/routes`, times: null });
  await open('/status');
  await palette.open(page);
  await page.keyboard.type('vendas');
  await expect(palette.group(page, 'Routes')).toContainText('No answer from wa-vendas');
  await expect(palette.announced(page)).toHaveText('May be incomplete');
  await expect(palette.dialog(page)).not.toContainText(/Show all \d+ results/);
  await omni.clearFaults();
});

test('shortcuts: Ctrl+Z outside a field opens the undo of one’s last change as a preview, and undoes nothing', async ({
  page,
  open,
  omni,
  signInAnew,
}) => {
  await signInAnew();
  const [lia] = await makePeople(omni, { name: `Lia ${own()}` });
  await open('/status');
  await page.keyboard.press('Control+z');
  await expect(page).toHaveURL(/\/activity$/);

  await open(personPage.path(lia?.id ?? ''));
  await page.getByRole('button', { name: 'Edit Name' }).click();
  const field = page.getByRole('textbox', { name: 'Name' });
  await field.fill('Lia Nova');
  await page.keyboard.press('Control+z');
  await expect(page).toHaveURL(personPage.path(lia?.id ?? ''));
  await field.fill('Lia Nova');
  await page.keyboard.press('Enter');
  await expect(personPage.heading(page)).toContainText('Lia Nova');
  await expect(page.getByRole('button', { name: 'Edit Name' })).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(page).toHaveURL(/\/activity\/[0-9a-f-]{36}\?undo$/);
  await expect(page.getByRole('main')).toContainText('Will change');
  const [row] = await omni.sql('SELECT display_name FROM persons WHERE id = ?', [lia?.id ?? '']);
  expect(row?.display_name).toBe('Lia Nova');
});
