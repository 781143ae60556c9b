import { tabTo } from '../fixtures/keyboard.ts';
import { makePeople } from '../fixtures/people.ts';
import { signInAnew } from '../fixtures/small-world.ts';
import { expect, test } from '../fixtures/test.ts';
import { axe } from '../a11y/axe.ts';
import { fits } from '../a11y/measures.ts';
import { operation } from '../pom/operations.ts';
import { personPage, personsPage } from '../pom/persons.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const JOAO = 'dddddd01-0000-4000-8000-000000000001';

/** How long after the click the page has the heading; by the page's own clock. */
declare global {
  // oxlint-disable-next-line no-var
  var headAfter: Promise<number> | undefined;
}

test.describe('with a key of its own', () => {
  test.use({ as: 'nobody' });

  test('person page: on a slow Omni the head is there at once, from the row, and the rest as it comes', async ({
    page,
    open,
    omni,
    web,
    context,
  }) => {
    await signInAnew(context, web, omni);
    const [ana] = await makePeople(omni, { name: 'Ana Lenta', phone: '+5511987650001' });
    if (!ana) throw new Error('nobody');
    await open(`/persons?q=${encodeURIComponent('Ana Lenta')}`);
    const link = personsPage.person(page, 'Ana Lenta');
    await expect(link).toBeVisible();
    await omni.fault({ kind: 'latency', ms: 1500, path: '^/api/v2/', times: null });
    await page.evaluate(() => {
      globalThis.headAfter = new Promise((resolve) => {
        let from = 0;
        addEventListener('click', () => (from = performance.now()), { capture: true, once: true });
        const look = () => {
          const shown = document.querySelector('h1')?.checkVisibility() ? document.querySelector('h1') : null;
          if (from > 0 && shown?.textContent === 'Ana Lenta') return resolve(performance.now() - from);
          requestAnimationFrame(look);
        };
        look();
      });
    });
    await link.click();
    const after = await page.evaluate(() => globalThis.headAfter);
    process.stdout.write(`person page: head ${Math.round(after ?? 0)} ms after the click, Omni 1,500 ms a call\n`);
    await expect(page.getByText('(11) 98765-0001').first()).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`/persons/${ana.id}$`));
    await expect(personPage.part(page, 'Identities').getByRole('button', { name: /^Actions for/ })).toBeVisible();
    // The server can't have answered within 1,500 ms: the head came from the row.
    expect(after).toBeLessThan(1500);
  });

  const PARTS = [
    ['presence', '/persons/[^/]+/presence', ['Identities', 'Who answers', 'Access'], 'the identities'],
    ['timeline', '/persons/[^/]+/timeline', ['Timeline'], 'the timeline'],
    ['access rules', '/access/rules', ['Access'], 'the access rules'],
    ['routes', '/instances/[^/]+/routes', ['Who answers'], /routes/],
    ['instances', '/api/v2/instances$', ['Identities', 'Who answers'], 'the instances'],
  ] as const;
  for (const [what, path, parts, says] of PARTS) {
    test(`person page: where ${what} can't be read, that part says so and all others stand`, async ({
      page,
      open,
      omni,
      web,
      context,
    }) => {
      await signInAnew(context, web, omni);
      await omni.fault({ kind: 'status', status: 500, path, times: null });
      await open(personPage.path(JOAO));
      await expect(personPage.heading(page)).toHaveText('João Silva');
      await expect(personPage.part(page, 'Details')).toContainText('joao.silva@example.com');
      for (const part of parts) await expect(personPage.part(page, part)).toContainText(says);
      const events = personPage.part(page, 'Timeline').getByRole('listitem');
      if (what === 'timeline') await expect(events).toHaveCount(0);
      else await expect(events.first()).toBeVisible();
      await expect(personPage.part(page, 'History')).toContainText(/./);
      await expect(page.getByText(/Something went wrong/)).toHaveCount(0);
    });
  }

  test('persons.block, persons.unblock: in dialogs, by keyboard alone; undone', async ({
    page,
    open,
    omni,
    web,
    context,
  }) => {
    await signInAnew(context, web, omni);
    const [ana] = await makePeople(omni, { name: 'Ana Bloqueável' });
    if (!ana) throw new Error('nobody');
    const made = () => omni.sql('SELECT enabled FROM access_rules WHERE person_id = ?', [ana.id]);
    await open(personPage.path(ana.id));
    await tabTo(page, 'Block…', 'link');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\?block=all$/);
    const dialog = personPage.dialog(page);
    await expect(dialog.getByRole('radio', { name: 'wa-vendas' })).toBeFocused();
    await expect(dialog).toContainText('no agent answers');
    await expect(dialog).toContainText('as messages carry it');
    await axe(page);
    await tabTo(page, /^Block Ana/, 'button');
    await page.keyboard.press('Enter');
    await expect(operation.done(page)).toBeVisible();
    expect(await made()).toHaveLength(2);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(page).toHaveURL(new RegExp(`/persons/${ana.id}$`));
    await expect(page.getByText('Blocked on wa-vendas').first()).toBeVisible();
    await expect(personPage.part(page, 'Access')).not.toContainText('[console');
    await expect(personPage.part(page, 'History')).toContainText('blocked on wa-vendas');
    await tabTo(page, 'Unblock', 'link');
    await page.keyboard.press('Enter');
    await tabTo(page, /^Unblock Ana/, 'button');
    await page.keyboard.press('Enter');
    await expect(operation.done(page)).toBeVisible();
    expect((await made()).every(({ enabled }) => Number(enabled) === 0)).toBe(true);
    await tabTo(page, 'Undo', 'button');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Undo this change', 'button');
    await page.keyboard.press('Enter');
    await expect(operation.done(page)).toBeVisible();
    await expect.poll(async () => (await made()).every(({ enabled }) => Number(enabled) === 1)).toBe(true);
  });

  test('persons.block: a key that may not is told the permission, with a request to copy', async ({
    page,
    open,
    omni,
    web,
    context,
  }) => {
    const scopes = ['persons:read', 'instances:read', 'access:read'];
    await signInAnew(context, web, omni, { scopes });
    await open(`${personPage.path(JOAO)}?block=${WHATSAPP}`);
    await expect(personPage.dialog(page)).toContainText('access:write');
    await expect(personPage.dialog(page).getByRole('button', { name: 'Copy request for an admin' })).toBeVisible();
  });
});

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
