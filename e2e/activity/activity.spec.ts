import type { Browser, Page } from '@playwright/test';
import type { Control } from '../../sandbox/wire/control/control-client.ts';
import type { RunningConsole } from '../../scripts/servers/console.ts';
import { listTools } from '../pom/list-tools.ts';
import { expect, openAlive, test } from '../fixtures/test.ts';
import { holderOf, makePeople, type MadePerson } from '../fixtures/people.ts';
import { activityPage, entryPage } from '../pom/activity.ts';
import { mergePage, operation } from '../pom/operations.ts';
import { personPage } from '../pom/persons.ts';

async function one(omni: Control, more: { name?: string; phone?: string } = {}): Promise<MadePerson> {
  const [made] = await makePeople(omni, more);
  if (!made) throw new Error('nobody');
  return made;
}

async function rename(page: Page, id: string, name: string): Promise<void> {
  await openAlive(page, personPage.path(id));
  await page.getByRole('button', { name: 'Edit Name' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Name changed to' })).toBeVisible();
}

const nameOf = async (omni: Control, id: string) =>
  (await omni.sql<{ name: string }>('SELECT display_name AS name FROM persons WHERE id = ?', [id]))[0]?.name;

/** A page of somebody else, signed in with another key of the same console. */
async function pageAs(browser: Browser, web: RunningConsole, key: string, yourName: string) {
  const context = await browser.newContext({ baseURL: web.origin, locale: 'en-US' });
  const { forgeCookies } = await import('../fixtures/forge.ts');
  await context.addCookies(await forgeCookies(web, { key, server: 'Demo', yourName }));
  return context.newPage();
}

test('activity: a change is found by its person, shown with before and after, and undone from its entry', async ({
  page,
  open,
  omni,
}) => {
  const phone = `+55118${String(Date.now()).slice(-8)}`;
  const ana = await one(omni, { name: 'Ana Antes', phone });
  await rename(page, ana.id, '=Ana Depois');
  await open(activityPage.path());
  await listTools.filter(page, 'Change', 'Edit a person');
  await expect(page).toHaveURL(/kind=/);
  await listTools.typed(page, 'About', phone);
  await expect(page).toHaveURL(/subject=/);
  await expect(activityPage.entries(page)).toHaveCount(1);

  const [origin, query] = [new URL(page.url()).origin, new URL(page.url()).search];
  const csv = await (await page.request.get(`${origin}/activity/export${query}&format=csv`)).text();
  expect(csv).toContain('Ana Antes');
  expect(csv.split('\r\n').filter(Boolean)).toHaveLength(2);
  const json = (await (await page.request.get(`${origin}/activity/export${query}&format=json`)).json()) as object[];
  expect(json).toMatchObject([{ operation: 'persons.edit', before: { person: { displayName: 'Ana Antes' } } }]);

  await activityPage.entry(page, /Ana Antes/).click();
  await expect(entryPage.changes(page)).toContainText('Ana Antes');
  await expect(entryPage.changes(page)).toContainText('=Ana Depois');
  await operation.undo(page).click();
  await operation.undoRun(page).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await nameOf(omni, ana.id)).toBe('Ana Antes');
  await open(activityPage.path(`?subject=${ana.id}&kind=persons.edit`));
  await expect(activityPage.entries(page).filter({ hasText: 'Undone' })).toHaveCount(1);
});

test('activity: a filter without matches says so and is cleared', async ({ page, open }) => {
  await open(activityPage.path('?since=2001-01-01&until=2001-01-02'));
  await expect(page.getByText('No changes for this filter')).toBeVisible();
  await page.getByRole('link', { name: 'Clear filter' }).click();
  await expect(page).toHaveURL(/\/activity$/);
});

test('activity: a stopped merge is finished by a colleague, who is named at the steps; another key sees none of it', async ({
  page,
  browser,
  web,
  sandbox,
  omni,
}) => {
  const phone = `+55117${String(Date.now()).slice(-8)}`;
  const [survivor, duplicate] = await makePeople(omni, {}, { phone });
  if (!survivor || !duplicate) throw new Error('nobody');
  await omni.fault({ kind: 'status', status: 403, method: 'PATCH', path: `/persons/${survivor.id}` });
  await openAlive(page, mergePage.path(survivor.id, duplicate.id));
  await operation.typed(page).fill(duplicate.name);
  await mergePage.merge(page).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Stopped halfway' }).first()).toBeVisible();
  await page.getByRole('link', { name: 'Details' }).click();
  await expect(page).toHaveURL(/\/activity\//);
  const entry = page.url();

  const bia = await pageAs(browser, web, String(sandbox.keys.consoleAdmin), 'Bia');
  await openAlive(bia, entry);
  await entryPage.continue(bia).click();
  await operation.finish(bia).click();
  await expect(operation.done(bia)).toBeVisible();
  await expect(entryPage.steps(bia).getByText('by Bia')).toHaveCount(1);
  expect(await holderOf(omni, String(duplicate.identities[0]))).toBe(survivor.id);

  const support = await pageAs(browser, web, String(sandbox.keys.support), 'Caio');
  await openAlive(support, entry);
  await expect(support.getByText('Entry not found')).toBeVisible();
  await openAlive(support, activityPage.path(`?subject=${duplicate.id}`));
  await expect(support.getByText('No changes for this filter')).toBeVisible();
  await bia.context().close();
  await support.context().close();
});

test('activity: a stopped merge whose access rules changed is not sent, and previewed again', async ({
  page,
  omni,
}) => {
  const [survivor, duplicate] = await makePeople(omni, {}, {});
  if (!survivor || !duplicate) throw new Error('nobody');
  await omni.fault({ kind: 'status', status: 403, method: 'POST', path: '/persons/merge$' });
  await openAlive(page, mergePage.path(survivor.id, duplicate.id));
  await operation.typed(page).fill(duplicate.name);
  await mergePage.merge(page).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Omni refused' }).first()).toBeVisible();
  await omni.clearFaults();
  await omni.rows({
    access_rules: [{ personId: duplicate.id, ruleType: 'deny', phonePattern: '+5566*', reason: 'late' }],
  });
  await omni.clearCalls();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText(/access rules of the duplicate have changed/).first()).toBeVisible();
  expect((await omni.calls()).items.filter(({ path }) => path.endsWith('/persons/merge'))).toEqual([]);
  await entryPage.previewAgain(page).click();
  await expect(page.getByText(/^Blocking rule for \+5566\* on all instances/)).toBeVisible();
});

test('activity: a person is forgotten: the entries stay, their content is gone', async ({ page, open, omni }) => {
  const ana = await one(omni, { name: 'Ana Esquecida' });
  await rename(page, ana.id, 'Ana Lembrada');
  await open(activityPage.path(`?subject=${ana.id}`));
  const forget = activityPage.forget(page);
  await forget.getByText('Forget').first().click();
  await forget.getByRole('textbox').fill(ana.id.slice(0, 4));
  await forget.getByRole('button').click();
  await expect(forget.getByRole('status')).toBeVisible();
  await page.reload();
  await expect(activityPage.entries(page)).toHaveCount(2);
  await expect(page.getByRole('main').getByText(/Esquecida|Lembrada/)).toHaveCount(0);
  await listTools.filter(page, 'Change', 'Forget a person');
  await expect(page).toHaveURL(/journal\.forget/);
  await expect(activityPage.entries(page)).toHaveCount(1);
});
