import type { Page } from '@playwright/test';
import { makePeople } from '../fixtures/people.ts';
import { expect, openAlive, test } from '../fixtures/test.ts';
import { mergePage, operation } from '../pom/operations.ts';
import { personPage, personsPage } from '../pom/persons.ts';

async function merge(page: Page, duplicate: string): Promise<void> {
  await expect(mergePage.merge(page)).toBeVisible();
  if ((await operation.typed(page).count()) > 0) await operation.typed(page).fill(duplicate);
  await mergePage.merge(page).click();
  await expect(operation.done(page)).toBeVisible();
}

test('persons.merge: Back shows neither the duplicate nor the old comparison, but the receipt', async ({
  page,
  open,
  omni,
}) => {
  const word = `Volta${String(Date.now()).slice(-6)}`;
  const [ana, bia] = await makePeople(omni, { name: `Ana ${word}` }, { name: `Bia ${word}` });
  if (!ana || !bia) throw new Error('nobody');
  await open(`${personsPage.path}?q=${word}`);
  await expect(personsPage.person(page, bia.name)).toBeVisible();
  for (const { name } of [ana, bia]) await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  await page.getByRole('link', { name: 'Merge 2' }).click();
  await expect(mergePage.merge(page)).toBeVisible();
  const here = page.url();
  const kept = new URL(here).searchParams.get('into') === ana.id ? ana : bia;
  const gone = kept === ana ? bia : ana;
  await merge(page, gone.name);
  await page.getByRole('link', { name: `Open ${kept.name}` }).click();
  await expect(personPage.heading(page)).toContainText(kept.name);

  await page.goBack();
  await expect(operation.done(page)).toBeVisible();
  await expect(mergePage.merge(page)).toHaveCount(0);
  await expect(page).toHaveURL((url) => url.href.startsWith(here));

  await page.goBack();
  await expect(personsPage.person(page, kept.name)).toBeVisible();
  await expect(personsPage.person(page, gone.name)).toHaveCount(0);

  await open(here);
  await expect(operation.done(page)).toBeVisible();
  await expect(operation.undo(page)).toBeVisible();
});

test('persons.merge: another tab of the session is read again; one with a review is not', async ({
  page,
  open,
  context,
  omni,
}) => {
  const word = `Aba${String(Date.now()).slice(-6)}`;
  const [ana, bia] = await makePeople(omni, { name: `Ana ${word}` }, { name: `Bia ${word}` });
  if (!ana || !bia) throw new Error('nobody');
  const list = await context.newPage();
  await openAlive(list, `${personsPage.path}?q=${word}`);
  await expect(personsPage.person(list, bia.name)).toBeVisible();
  const review = await context.newPage();
  await openAlive(review, mergePage.path(ana.id, bia.id));
  await expect(mergePage.merge(review)).toBeVisible();

  await open(mergePage.path(ana.id, bia.id));
  await merge(page, bia.name);

  await expect(personsPage.person(list, bia.name)).toHaveCount(0);
  await expect(personsPage.person(list, ana.name)).toBeVisible();
  await expect(mergePage.merge(review)).toBeVisible();
});

test('people list: a link that is followed while the search is being typed is not lost', async ({ page, open }) => {
  await open(personsPage.path);
  let asked = () => {};
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  let answer = () => {};
  const mayAnswer = new Promise<void>((resolve) => (answer = resolve));
  await page.route(/\/activity/, async (route) => {
    asked();
    await mayAnswer;
    await route.continue();
  });
  const search = personsPage.search(page);
  await search.fill('sil');
  await page.getByRole('link', { name: 'Activity' }).first().click();
  await isAsked;
  await search.fill('silva');
  await expect(personsPage.person(page, 'João Silva')).toBeVisible();
  answer();
  await expect(page).toHaveURL(/\/activity$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible();
});

test('links, persons.unlink: a page that can’t be fetched is waited for, and the one that is shown stays with its receipt', async ({
  page,
  open,
  omni,
  context,
  watched,
}) => {
  const [ana] = await makePeople(omni, { identities: 2 });
  if (!ana) throw new Error('nobody');
  watched.expectProblem(/Failed to load resource: net::ERR_(FAILED|INTERNET_DISCONNECTED)/);
  await open(personPage.path(ana.id));
  await personPage.identityMenu(page).click();
  await personPage.item(page, 'Unlink…').click();
  await page.getByLabel('Name of the new person').fill('Pessoa Sem Linha');
  const lost = page.getByRole('alert').filter({ hasText: 'The console can’t be reached' });
  // The change is done; reading its page again reaches nobody.
  const isPage = (url: URL) => url.pathname === personPage.path(ana.id) && url.searchParams.has('_rsc');
  await page.route(isPage, (route) => route.abort());
  await page.getByRole('button', { name: 'Unlink identity' }).click();
  await expect(operation.done(page)).toBeVisible();
  await expect(lost).toBeVisible();
  await expect(operation.done(page)).toBeVisible();
  await page.unroute(isPage);
  await expect(lost).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(personPage.identityMenu(page)).toHaveCount(1);

  await context.setOffline(true);
  await page.getByRole('link', { name: 'Activity' }).first().click();
  await expect(lost).toBeVisible();
  await expect(personPage.heading(page)).toContainText(ana.name);
  await context.setOffline(false);
  await expect(page.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible();
  await expect(lost).toHaveCount(0);
});
