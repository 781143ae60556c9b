import { makePeople } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';
import { fits } from '../a11y/measures.ts';
import { listTools } from '../pom/list-tools.ts';
import { personPage, personsPage } from '../pom/persons.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';

test('person page: [ and ] walk the list one came from', async ({ page, open }) => {
  await open('/persons');
  const names = await personsPage.rows(page).getByRole('link').allTextContents();
  await personsPage.rows(page).nth(1).getByRole('link').first().click();
  await expect(personPage.heading(page)).toHaveText(names[1] ?? '');
  const walk = page.getByRole('navigation', { name: 'The list you came from' });
  await expect(walk).toContainText('2 of 20');
  await page.keyboard.press(']');
  await expect(personPage.heading(page)).toHaveText(names[2] ?? '');
  await expect(walk).toContainText('3 of 20');
  await page.keyboard.press('[');
  await expect(walk).toContainText('2 of 20');
  await walk.getByRole('link', { name: 'Previous person' }).click();
  await expect(walk).toContainText('1 of 20');
  await expect(walk.getByRole('link')).toHaveCount(1);
});

test('person page: somebody without a name gets the one of a channel by one click', async ({ page, open, omni }) => {
  const [id = ''] = (await omni.rows({ persons: [{ displayName: null }] })).persons ?? [];
  await omni.rows({
    platform_identities: [
      {
        personId: id,
        instanceId: WHATSAPP,
        platformUserId: `55${Date.now()}@s.whatsapp.net`,
        platformUsername: 'Bia do Canal',
      },
    ],
  });
  await open(personPage.path(id));
  await page.getByRole('button', { name: 'Use “Bia do Canal” from WhatsApp' }).click();
  await expect(personPage.heading(page)).toHaveText('Bia do Canal');
  await expect(page.getByRole('button', { name: /^Use “/ })).toHaveCount(0);
});

test('person page: fits from 320 to 1,680 px with a name of 255 characters', async ({ page, open, omni }) => {
  const [ana] = await makePeople(omni, { name: 'W'.repeat(255), identities: 3 });
  if (!ana) throw new Error('nobody');
  await open(personPage.path(ana.id));
  await expect(personPage.identityMenu(page)).toBeVisible();
  await expect(personPage.part(page, 'Identities').getByRole('listitem')).toHaveCount(3);
  await expect(page.getByText(/% sure/)).toHaveCount(0);
  for (const width of [320, 360, 480, 640, 768, 1024, 1280, 1440, 1680]) {
    await page.setViewportSize({ width, height: 800 });
    await fits(page);
  }
});

test('person page: at 360 px who answers and access come before the timeline, and a field and its value share a line', async ({
  page,
  open,
  omni,
}) => {
  await page.setViewportSize({ width: 360, height: 780 });
  const [ana] = await makePeople(omni, { name: 'Ana de Bolso', phone: `+551196${String(Date.now()).slice(-7)}` });
  if (!ana) throw new Error('nobody');
  await omni.write('UPDATE persons SET metadata = ? WHERE id = ?', [
    JSON.stringify({ plano: 'ouro', cidade: 'Recife', crm: 1, nota: { a: 1 } }),
    ana.id,
  ]);
  await open(personPage.path(ana.id));
  const parts = ['Details', 'Identities', 'Who answers', 'Access', 'Possible duplicates', 'History', 'Timeline'];
  await expect(personPage.part(page, 'Timeline')).toBeVisible();
  await expect(personPage.part(page, 'History')).toContainText(/./);
  const headings = await page.getByRole('main').getByRole('heading', { level: 2 }).allTextContents();
  const shown = headings.map((text) => parts.find((part) => text.startsWith(part))).filter(Boolean);
  expect(shown).toEqual(parts);
  const details = personPage.part(page, 'Details');
  const metadata = details.getByText('plano ouro');
  const [label, line] = await Promise.all([details.getByText('Metadata').boundingBox(), metadata.boundingBox()]);
  expect(Math.abs((label?.y ?? 0) - (line?.y ?? 99))).toBeLessThan(12);
  await expect(details.getByText('+1', { exact: true })).toBeVisible();
  await details.getByText('+1', { exact: true }).click();
  await expect(details.getByText('nota', { exact: true })).toBeVisible();
  await fits(page);
});

test('person page: a key of the metadata that every object inherits is shown, edited and kept', async ({
  page,
  open,
  omni,
}) => {
  const [ana] = await makePeople(omni, { name: 'Ana de Chaves', phone: `+551196${String(Date.now()).slice(-7)}` });
  if (!ana) throw new Error('nobody');
  const stored = '{"__proto__":"fica","constructor":"também","plano":"ouro"}';
  await omni.write('UPDATE persons SET metadata = ? WHERE id = ?', [stored, ana.id]);
  await open(personPage.path(ana.id));
  const details = personPage.part(page, 'Details');
  await expect(details.getByText('__proto__ fica')).toBeVisible();
  await details.getByRole('button', { name: 'Edit Metadata' }).click();
  await expect(details.getByLabel('Key', { exact: true })).toHaveCount(3);
  await expect(details.getByLabel('Key', { exact: true }).first()).toHaveValue('__proto__');
  await details.getByLabel('Value', { exact: true }).nth(2).fill('prata');
  await details.getByRole('button', { name: 'Save' }).click();
  await expect(details.getByText('plano prata')).toBeVisible();
  const [row] = await omni.sql('SELECT metadata FROM persons WHERE id = ?', [ana.id]);
  const entries = (text: string) => Object.entries(JSON.parse(text) as object).sort();
  expect(entries(String(row?.metadata))).toEqual(entries(stored.replace('ouro', 'prata')));
});

test('person page: the timeline is narrowed by channel and day as a list is, and is no file where it is empty', async ({
  page,
  open,
}) => {
  await open(personPage.path('dddddd01-0000-4000-8000-000000000001'));
  const timeline = personPage.part(page, 'Timeline');
  const events = timeline.getByText(/^mensagem \d+/);
  const file = timeline.getByRole('link', { name: 'Export CSV' });
  await expect(events).toHaveCount(12);
  await expect(file).toBeVisible();
  await listTools.filter(page, 'Channel', 'Discord');
  await page.waitForURL(/channel=discord/);
  await expect(timeline).toContainText('No messages match this filter.');
  await expect(file).toHaveCount(0);
  await listTools.unset(page, 'Channel').click();
  await expect(events).toHaveCount(12);
  await listTools.typed(page, 'From', '2001-01-02');
  await expect(listTools.chip(page, 'From')).toHaveText('From: Jan 2, 2001');
  await expect(events).toHaveCount(12);
  await listTools.typed(page, 'To', '2001-01-03');
  await expect(timeline).toContainText('No messages match this filter.');
});
