import { randomUUID } from 'node:crypto';
import type { Locator } from '@playwright/test';
import { axe } from '../a11y/axe.ts';
import { makePeople } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';
import { operation } from '../pom/operations.ts';
import { personPage } from '../pom/persons.ts';
import { picker } from '../pom/picker.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';

test('access rules: what each does and which can’t decide; filters stand in the address', async ({
  page,
  open,
  omni,
  smallWorld,
}) => {
  await smallWorld();
  const common = { instanceId: WHATSAPP, ruleType: 'deny', priority: 0, enabled: true, action: 'silent_block' };
  const handle = `55119${String(Date.now()).slice(-8)}@s.whatsapp.net`;
  // A rule that fits nobody can't decide either.
  await makePeople(omni, { handle });
  await omni.rows({
    access_rules: [
      { ...common, id: randomUUID(), platformUserId: handle, createdAt: 1e15 },
      { ...common, id: randomUUID(), platformUserId: handle, ruleType: 'allow', createdAt: 2e15, reason: 'E2E newer' },
      { ...common, id: randomUUID(), platformUserId: `x${handle}`, enabled: false, createdAt: 1e15 },
    ],
  });
  await open('/persons/access-rules');
  const rows = page.getByRole('table', { name: 'Access rules' }).getByRole('row');
  await expect(rows.filter({ hasText: 'another rule comes first' }).filter({ hasText: 'Blocks' })).toHaveCount(1);
  await expect(rows.filter({ hasText: 'E2E newer' })).toContainText('Allows');
  await expect(rows.filter({ hasText: 'names only a person' })).toHaveCount(1);
  await open('/persons/access-rules?state=cannot');
  await expect(rows.filter({ hasText: 'another rule comes first' })).toHaveCount(1);
  await expect(rows.filter({ hasText: 'E2E newer' })).toHaveCount(0);
  await open('/persons/access-rules?state=inactive&q=x55119');
  await expect(rows.filter({ hasText: 'Inactive' })).toHaveCount(1);
});

test('access rules: a key without access:read is told the scope, and Omni is asked nothing', async ({
  page,
  open,
  omni,
  signInAnew,
}) => {
  await signInAnew({ scopes: ['persons:read'] });
  await omni.clearCalls();
  await open('/persons/access-rules');
  await expect(page.getByRole('main')).toContainText('access:read');
  const { items } = await omni.calls();
  expect(items.filter(({ path }) => path.includes('/access'))).toEqual([]);
});

test('access.create, access.edit, access.delete: from the list, with review and receipt, each undone', async ({
  page,
  open,
  omni,
  smallWorld,
}) => {
  await smallWorld();
  const handle = `55119${String(Date.now()).slice(-8)}`;
  const made = () => omni.sql('SELECT * FROM access_rules WHERE platform_user_id = ?', [handle]);
  const rows = page.getByRole('table', { name: 'Access rules' }).getByRole('row');
  const dialog = page.getByRole('dialog');
  const menu = async (name: string) => {
    await rows
      .filter({ hasText: handle })
      .getByRole('button', { name: /Actions for/ })
      .click();
    await page.getByRole('menuitem', { name }).click();
  };
  await open('/persons/access-rules');
  await page.getByRole('link', { name: 'Create rule…' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Handle' })).toBeFocused();
  await dialog.getByRole('textbox', { name: 'Handle' }).fill(handle);
  await expect(dialog).toContainText('get no answer');
  await axe(page);
  await dialog.getByRole('button', { name: 'Create rule' }).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await made()).toMatchObject([{ rule_type: 'deny', action: 'silent_block', instance_id: null }]);
  await page.keyboard.press('Escape');
  await expect(rows.filter({ hasText: handle })).toContainText('Matches no person in Omni yet');

  await menu('Edit…');
  await dialog.getByRole('textbox', { name: 'Priority' }).fill('5');
  await expect(dialog).toContainText('Priority: 0 → 5');
  await dialog.getByRole('button', { name: 'Save rule' }).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await made()).toMatchObject([{ priority: 5 }]);
  await operation.undo(page).click();
  await operation.undoRun(page).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await made()).toMatchObject([{ priority: 0 }]);
  await page.keyboard.press('Escape');

  await menu('Deactivate…');
  await dialog.getByRole('button', { name: 'Deactivate rule' }).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await made()).toMatchObject([{ enabled: 0 }]);
  await page.keyboard.press('Escape');
  await expect(rows.filter({ hasText: handle })).toContainText('Inactive');

  await menu('Delete…');
  await operation.typed(page).fill('DELETE');
  await dialog.getByRole('button', { name: 'Delete rule' }).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await made()).toEqual([]);
  await operation.undo(page).click();
  await operation.undoRun(page).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await made()).toMatchObject([{ enabled: 0, rule_type: 'deny' }]);
});

test('access.edit: a rule is linked to another person from a record', async ({ page, open, omni, signInAnew }) => {
  await signInAnew();
  const [ana, bia] = await makePeople(omni, { name: 'Ana Regrada' }, { name: `Bia Regrada ${Date.now()}` });
  if (!ana || !bia) throw new Error('nobody');
  const id = randomUUID();
  await omni.rows({ access_rules: [{ id, instanceId: null, ruleType: 'deny', platformUserId: id, personId: ana.id }] });
  await open(personPage.path(ana.id));
  await personPage
    .part(page, 'Access')
    .getByRole('button', { name: /Actions for the rule/ })
    .click();
  await page.getByRole('menuitem', { name: 'Link to another person…' }).click();
  await picker.field(page, /Person/).fill(bia.name);
  await picker.option(page, new RegExp(bia.name)).click();
  await expect(personPage.dialog(page)).toContainText('Omni doesn’t match by person');
  await personPage.dialog(page).getByRole('button', { name: 'Link rule' }).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await omni.sql('SELECT person_id FROM access_rules WHERE id = ?', [id])).toEqual([{ person_id: bia.id }]);
});

test('access.create: a key that may not is told the permission, with a request to copy', async ({
  page,
  open,
  signInAnew,
}) => {
  await signInAnew({ scopes: ['persons:read', 'instances:read', 'access:read'] });
  await open('/persons/access-rules?create-rule=all');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Handle' }).fill('5511900000000');
  await expect(page.getByRole('dialog')).toContainText('access:write');
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Copy request for an admin' })).toBeVisible();
});

test('access rules: a key that may not change them finds every way to do so locked, with the permission', async ({
  page,
  open,
  signInAnew,
}) => {
  await signInAnew({ scopes: ['persons:read', 'instances:read', 'access:read'] });
  const locked = async (place: Locator, name: string) => {
    const button = place.getByRole('button', { name });
    await expect(button).toBeDisabled();
    await expect(button).toHaveAccessibleDescription('Needs access:write');
  };
  await open('/persons/access-rules');
  await locked(page.getByRole('main'), 'Create rule…');
  await open(personPage.path('dddddd20-0000-4000-8000-000000000020'));
  const access = personPage.part(page, 'Access');
  for (const name of ['Create rule…', 'Block…', 'Unblock']) await locked(access, name);
  await access.getByRole('button', { name: /Actions for the rule/ }).click();
  await expect(page.getByRole('menuitem', { name: 'Delete…' })).toBeDisabled();
});

test('access rules: a key that can’t read people is told so where whom a rule matches is not checked', async ({
  page,
  open,
  signInAnew,
}) => {
  await signInAnew({ scopes: ['access:*', 'instances:read'] });
  await open('/persons/access-rules');
  await expect(page.getByText(/^Couldn’t check whom \d+ rules? match(es)?\. Needs persons:read/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copy request for an admin' })).toBeVisible();
});
