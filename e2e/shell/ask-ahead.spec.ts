import type { Page } from '@playwright/test';
import { PAGE_MARK } from '#lib/session/request/page-mark.ts';
import { makePeople } from '../fixtures/people.ts';
import { signInAnew } from '../fixtures/small-world.ts';
import { expect, test } from '../fixtures/test.ts';
import { mergePage, operation } from '../pom/operations.ts';
import { personPage, personsPage } from '../pom/persons.ts';
import { shell } from '../pom/shell.ts';

/** The pages that the router asks the console for, from now on; what it asks of their shape only reads nothing. */
function asked(page: Page): string[] {
  const paths: string[] = [];
  page.on('request', (request) => {
    const headers = request.headers();
    if (headers['rsc'] === '1' && !headers['next-router-segment-prefetch']) paths.push(new URL(request.url()).pathname);
  });
  return paths;
}

async function pointAt(page: Page, link: ReturnType<typeof shell.room>): Promise<void> {
  const box = await link.boundingBox();
  if (!box) throw new Error('The link is not in the page.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
}

const word = () => `Antes${String(Date.now()).slice(-6)}`;

test('links: a page is asked for once, as its link is pressed; a step of a change is not', async ({
  page,
  open,
  omni,
}) => {
  const name = word();
  const [ana] = await makePeople(omni, { name });
  await open(personPage.path(ana?.id ?? ''));
  const paths = asked(page);
  await pointAt(page, shell.room(page, 'Routes'));
  await page.mouse.down();
  await expect.poll(() => paths).toEqual(['/routes']);
  await page.mouse.up();
  await expect(shell.heading(page)).toHaveText('Routes');
  expect(paths).toEqual(['/routes']);

  await page.goBack();
  await expect(personPage.heading(page)).toContainText(name);
  await pointAt(page, page.getByRole('main').getByRole('link', { name: 'Merge…', exact: true }).first());
  await page.mouse.down();
  await pointAt(page, shell.room(page, 'Status'));
  await page.mouse.up();
  // Resting on a room that costs one call asks for it: what came before it would have been seen by now.
  await expect.poll(() => paths.filter((path) => path === '/status')).toHaveLength(1);
  expect(paths.filter((path) => path.startsWith('/persons/merge'))).toEqual([]);
});

test('links: somebody renamed elsewhere is shown by the new name, though a copy is at hand', async ({
  page,
  open,
  omni,
}) => {
  const name = word();
  const [ana] = await makePeople(omni, { name: `${name} velha` });
  await open(`${personsPage.path}?q=${name}`);
  await personsPage.person(page, `${name} velha`).click();
  await expect(personPage.heading(page)).toContainText(`${name} velha`);
  // The head stands there before the page does; only the page is one to go back to.
  await expect(page).toHaveURL(new RegExp(`/persons/${ana?.id}$`));
  await shell.room(page, 'Status').click();
  await expect(shell.heading(page)).toHaveText('Status');
  await omni.write('UPDATE persons SET display_name = ? WHERE id = ?', [`${name} nova`, ana?.id ?? '']);
  await page.goBack();
  await page.goBack();
  await personsPage.person(page, new RegExp(name)).click();
  await expect(personPage.heading(page)).toContainText(`${name} nova`);
});

test('links: with the session ended elsewhere a copy leads to the sign-in, too', async ({
  page,
  context,
  open,
  web,
  omni,
}) => {
  await signInAnew(context, web, omni);
  await open('/status');
  await shell.room(page, 'Keys').click();
  await expect(shell.heading(page)).toHaveText('Keys');
  const { storeOf } = await import('../fixtures/forge.ts');
  const store = await storeOf(web.env);
  const mark = `meta[name="${PAGE_MARK}"]`;
  const actor = await page.evaluate((meta) => document.querySelector(meta)?.getAttribute('content'), mark);
  await store
    .updateTable('sessions')
    .set({ ended_at: Date.now(), end_reason: 'signed_out_everywhere' })
    .where('actor', '=', actor ?? '')
    .execute();
  await shell.room(page, 'Status').click();
  await expect(page).toHaveURL(/\/login\?/);
});

test('links: after a change of one’s own no copy of before it is shown, not for a moment', async ({
  page,
  open,
  omni,
}) => {
  const name = word();
  const [ana, bia] = await makePeople(omni, { name: `Ana ${name}` }, { name: `Bia ${name}` });
  if (!ana || !bia) throw new Error('nobody');
  await open(`${personsPage.path}?q=${name}`);
  for (const one of [ana, bia]) await page.getByRole('checkbox', { name: `Select ${one.name}` }).check();
  await page.getByRole('link', { name: 'Merge 2' }).click();
  await expect(mergePage.merge(page)).toBeVisible();
  const gone = new URL(page.url()).searchParams.get('into') === ana.id ? bia : ana;
  await shell.room(page, 'People').click();
  await expect(personsPage.person(page, gone.name)).toBeVisible();
  await page.goBack();
  await expect(mergePage.merge(page)).toBeVisible();
  if ((await operation.typed(page).count()) > 0) await operation.typed(page).fill(gone.name);
  await mergePage.merge(page).click();
  await expect(operation.done(page)).toBeVisible();
  await page.evaluate((old) => {
    const seen: string[] = [];
    Object.assign(globalThis, { oldSeen: seen });
    new MutationObserver(() => {
      const rows = document.querySelector('table[aria-label="People"] tbody')?.textContent ?? '';
      if (rows.includes(old)) seen.push(rows);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  }, gone.name);
  await shell.room(page, 'People').click();
  await expect(personsPage.rows(page).first()).toBeVisible();
  await expect(personsPage.person(page, gone.name)).toHaveCount(0);
  expect(await page.evaluate(() => Reflect.get(globalThis, 'oldSeen') as string[])).toEqual([]);
});

test('persons.unlink: after the change its page is read once, while the dialog stands and after it', async ({
  page,
  open,
  omni,
}) => {
  const [ana] = await makePeople(omni, { identities: 2 });
  if (!ana) throw new Error('nobody');
  await open(personPage.path(ana.id));
  const paths = asked(page);
  await personPage.identityMenu(page).click();
  await personPage.item(page, 'Unlink…').click();
  await expect(page).toHaveURL(/\?unlink=/);
  await page.getByLabel('Name of the new person').fill('Pessoa Lida Uma Vez');
  await page.getByRole('button', { name: 'Unlink identity' }).click();
  await expect(operation.done(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(personPage.path(ana.id));
  await expect(personPage.dialog(page)).toHaveCount(0);
  await expect(personPage.identityMenu(page)).toHaveCount(1);
  await page.reload();
  await expect(personPage.heading(page)).toContainText(ana.name);
  expect(paths.filter((path) => path.endsWith(ana.id))).toHaveLength(1);
});
