import { readFileSync } from 'node:fs';
import { axe } from '../a11y/axe.ts';
import { fits } from '../a11y/measures.ts';
import { listTools } from '../pom/list-tools.ts';
import { operation } from '../pom/operations.ts';
import { routesPage } from '../pom/routes/routes.ts';
import { holdCalls } from '../fixtures/held-calls.ts';
import { expect, reloadAlive, test } from '../fixtures/test.ts';

// What other specs made would stand in the list, and what was read for their keys up to 15 s ago.
test.beforeEach(({ smallWorld }) => smallWorld());

test('routes list: names instead of ids; text, choices and order filter the list and stand in the address', async ({
  page,
  open,
}) => {
  await open('/routes');
  await expect(routesPage.rows(page)).toHaveCount(12);
  await expect(routesPage.row(page, 'Helena Prado')).toContainText('Concierge VIP');
  await axe(page);
  await routesPage.row(page, 'Helena Prado').getByRole('link').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('tooltip').filter({ hasText: 'Answer timeout' })).toBeVisible();
  await routesPage.search(page).fill('vendas sao');
  await expect(routesPage.rows(page)).toHaveCount(1);
  await expect(routesPage.row(page, 'Vendas – São Paulo')).toBeVisible();
  await expect(page).toHaveURL(/[?&]q=vendas/);
  const file = await page.request.get('/routes/export?q=vendas+sao');
  const lines = (await file.text()).trim().split('\n');
  // Every name of a row was read, whether the directory is at hand or not.
  expect(lines).toHaveLength(2);
  await page.reload();
  await expect(routesPage.rows(page)).toHaveCount(1);
  await routesPage.search(page).fill('');
  await listTools.filter(page, 'For', 'Person');
  await expect(page).toHaveURL(/scope=user/);
  await expect(routesPage.count(page)).toHaveText(/^\d of 12$/);
  await routesPage.sort(page, 'Agent').click();
  await expect(routesPage.rows(page).first()).toContainText('Antigo');
  await routesPage.sort(page, 'Agent').click();
  await expect(routesPage.rows(page).first()).toContainText('Vendas');
  await expect(page).toHaveURL(/sort=-agent/);
  const count = await routesPage.rows(page).count();
  await page.reload();
  await expect(routesPage.rows(page)).toHaveCount(count);
  await routesPage.sort(page, 'Chat or person').click();
  await expect(async () => {
    const names = await routesPage.rows(page).getByRole('link').allTextContents();
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en', { sensitivity: 'base' })));
  }).toPass();
  await expect(routesPage.filter(page, 'For')).toHaveText('For: Person');
  await routesPage.search(page).fill('nobody has this name');
  await expect(page.getByText('No route fits this filter')).toBeVisible();
  await axe(page);
});

test('routes list: a name that was never loaded is found at Omni', async ({ page, open, omni }) => {
  await open('/routes?q=Helena');
  await expect(routesPage.rows(page)).toHaveCount(1);
  await omni.clearCalls();
  await routesPage.search(page).fill('Natália');
  await expect(routesPage.row(page, 'Natália Queiroz')).toBeVisible();
  expect((await omni.calls()).items.some(({ path }) => path.endsWith('/persons'))).toBe(true);
});

test('routes.activate: a switch in the row, and Undo in the toast', async ({ page, open }) => {
  await open('/routes');
  const toggle = routesPage.row(page, 'Helena Prado').getByRole('switch');
  await expect(toggle).toBeChecked();
  await toggle.click();
  // Its label stands for the name of the person where Omni does not tell that within 1.5 s.
  await expect(page.getByText(/^Route (for Helena Prado|“?VIP”?) deactivated$/)).toBeVisible();
  await expect(toggle).not.toBeChecked();
  await expect(page.getByText(/^Takes effect within \d+ s$/)).toBeVisible();
  await operation.undo(page).click();
  await expect(toggle).toBeChecked();
});

test('routes.bulk with the keyboard alone: chosen, deactivated together, and undone', async ({ page, open }) => {
  await open('/routes?instance=33333333-3333-4333-8333-333333333333');
  const rows = await routesPage.rows(page).count();
  await routesPage.rows(page).first().getByRole('checkbox').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(routesPage.chosen(page)).toContainText(`2 of ${rows} selected`);
  await page.keyboard.press('ControlOrMeta+a');
  await expect(routesPage.chosen(page)).toContainText(`${rows} of ${rows} selected`);
  await page.keyboard.press('Escape');
  await expect(routesPage.chosen(page)).toBeHidden();
  await page.keyboard.press('ControlOrMeta+a');
  await routesPage.bulk(page, 'Deactivate').focus();
  await page.keyboard.press('Enter');
  const box = routesPage.dialog(page);
  await expect(box.getByText(/ instead of /).first()).toBeVisible();
  await axe(page);
  await box.getByRole('button', { name: 'Deactivate' }).click();
  await expect(operation.done(page)).toBeVisible();
  await expect(box.getByRole('link', { name: 'Saved tests' })).toHaveAttribute(
    'href',
    '/routes/tests?instance=33333333-3333-4333-8333-333333333333',
  );
  await axe(page);
  await operation.undo(page).click();
  await operation.undoRun(page).click();
  await expect(operation.done(page)).toBeVisible();
  await expect(page).toHaveURL(/[?&]receipt=/);
  await page.keyboard.press('Escape');
  await expect(box).toBeHidden();
  await expect(page).not.toHaveURL(/[?&]receipt=/);
});

test('routes.bulk: a refused route is named, the others are done, and only it is tried again', async ({
  page,
  open,
  omni,
}) => {
  await open('/routes?instance=33333333-3333-4333-8333-333333333333&active=yes');
  await expect(routesPage.rows(page).first()).toBeVisible();
  await page.getByRole('checkbox', { name: /^Select all/ }).check();
  await routesPage.bulk(page, 'Deactivate').click();
  const box = routesPage.dialog(page);
  await expect(box.getByRole('button', { name: 'Deactivate' })).toBeVisible();
  await omni.fault({ kind: 'status', status: 403, method: 'PATCH', path: '/routes/', nth: 1, times: 1 });
  await box.getByRole('button', { name: 'Deactivate' }).click();
  await expect(box.getByText('1 step failed')).toBeVisible();
  await expect(box.getByText('failed', { exact: true })).toHaveCount(1);
  await omni.clearCalls();
  await box.getByRole('button', { name: 'Retry 1 failed' }).click();
  await expect(operation.done(page)).toBeVisible();
  expect((await omni.calls()).items.filter(({ method }) => method === 'PATCH').length).toBe(1);
  await reloadAlive(page);
  await expect(page).toHaveURL(/\/activity\/[0-9a-f-]{36}$/);
  await operation.undo(page).click();
  await operation.undoRun(page).click();
  await expect(operation.done(page)).toBeVisible();
});

test('routes.bulk-edit: an agent is replaced in the selected routes, by name, and undone', async ({ page, open }) => {
  await open('/routes');
  await routesPage.row(page, 'Helena Prado').getByRole('checkbox').check();
  await routesPage.bulkMore(page, 'Replace Concierge VIP');
  const box = routesPage.dialog(page);
  await box.getByRole('combobox', { name: 'With' }).click();
  await page.getByRole('option', { name: /^Vendas/ }).click();
  await expect(box.getByText(/another agent on .+: Vendas instead of Concierge VIP \(Helena Prado/)).toBeVisible();
  await axe(page);
  await box.getByRole('button', { name: 'Replace Concierge VIP on 1 route' }).click();
  await expect(operation.done(page)).toBeVisible();
  await operation.undo(page).click();
  await operation.undoRun(page).click();
  await expect(operation.done(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(routesPage.row(page, 'Helena Prado')).toContainText('Concierge VIP');
});

test('routes.bulk-edit: one override is set on the selected routes', async ({ page, open }) => {
  await open('/routes');
  await routesPage.row(page, 'Helena Prado').getByRole('checkbox').check();
  await routesPage.bulkMore(page, 'Set one override');
  const box = routesPage.dialog(page);
  await box.getByRole('combobox', { name: 'Override' }).click();
  await page.getByRole('option', { name: 'Answer timeout' }).click();
  await box.getByRole('textbox', { name: 'Answer timeout' }).fill('41');
  await expect(box.getByText('Answer timeout on 1 route: 41 s')).toBeVisible();
  await box.getByRole('button', { name: 'Set one override on 1 route' }).click();
  await expect(operation.done(page)).toBeVisible();
  await operation.undo(page).click();
  await operation.undoRun(page).click();
  await expect(operation.done(page)).toBeVisible();
});

test('routes.delete says who answers afterwards; undo creates the route again under a new id', async ({
  page,
  open,
}) => {
  await open('/routes');
  await listTools.act(page, routesPage.row(page, 'Helena Prado'), 'Delete route');
  await expect(page.getByText(/on wa-vendas: .+ instead of Concierge VIP/)).toBeVisible();
  await axe(page);
  await operation.typed(page).fill('delete');
  await page.getByRole('button', { name: 'Delete route', exact: true }).click();
  await expect(operation.done(page)).toBeVisible();
  await operation.undo(page).click();
  await expect(page.getByText(/a new ID/).first()).toBeVisible();
  await operation.undoRun(page).click();
  await expect(operation.done(page)).toBeVisible();
  await page.getByRole('link', { name: 'All routes' }).last().click();
  await expect(routesPage.row(page, 'Helena Prado')).toContainText('Concierge VIP');
});

test.describe('routes list, servers that are slow or broken', () => {
  test('a slow instance is named and comes in later; one that fails is named with its reason, and Retry', async ({
    page,
    open,
    omni,
  }) => {
    await omni.fault({ kind: 'latency', ms: 3000, path: '/instances/33333333[^/]*/routes$', times: 1 });
    await omni.fault({ kind: 'status', status: 500, path: '/instances/22222222[^/]*/routes$', times: null });
    const release = await holdCalls(page, '**/api/lookup/routes?*');
    await open('/routes?sort=label');
    await expect(routesPage.row(page, 'Helena Prado')).toBeVisible();
    await page.getByText('1 more', { exact: true }).click();
    await expect(page.getByText(/Still waiting for tg-suporte/)).toBeVisible();
    await expect(page.getByRole('alert').filter({ hasText: 'dc-comunidade' })).toBeVisible();
    await expect(routesPage.count(page)).toHaveText(/^\d+ so far$/);
    await expect(page.getByRole('checkbox', { name: 'All rows can be selected once they are loaded' })).toBeDisabled();
    await routesPage.row(page, 'Helena Prado').getByRole('checkbox').check();
    release();
    await expect(routesPage.row(page, 'Pós-venda').first()).toBeVisible();
    await expect(page.getByText(/came late/)).toBeVisible();
    await expect(routesPage.count(page)).toHaveText(/^\d+$/);
    await axe(page);
    await omni.clearFaults();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(routesPage.row(page, 'Natália Queiroz')).toBeVisible();
    await expect(page.getByRole('alert').filter({ hasText: 'dc-comunidade' })).toBeHidden();
  });
});

test.describe('routes list, thousands of rows', () => {
  test('every row is in the page, and a name is read when its row comes into sight', async ({ page, open, omni }) => {
    const ids = Array.from({ length: 400 }, (_, index) => `abcdef00-0000-4000-8000-${String(index).padStart(12, '0')}`);
    const instanceId = '11111111-1111-4111-8111-111111111111';
    await omni.rows({
      chats: ids.map((id, index) => ({ id, instanceId, externalId: `${index}@g.us`, name: `Turma ${index}` })),
      agent_routes: ids.map((chatId) => ({ instanceId, scope: 'chat', chatId, label: 'lote' })),
    });
    await open('/routes?q=lote');
    await expect(routesPage.count(page)).toHaveText('400 of 412');
    await expect(routesPage.rows(page)).toHaveCount(400);
    await routesPage.rows(page).last().scrollIntoViewIfNeeded();
    await expect(routesPage.rows(page).last()).toContainText('Turma');
    await page.getByRole('checkbox', { name: 'Select all 400' }).check();
    await expect(routesPage.chosen(page)).toContainText('400 of 400 selected');
    await expect(routesPage.bulk(page, 'Delete')).toHaveAccessibleDescription('Up to 200 at once');
  });
});

test.describe('routes list, a key that can only read', () => {
  test('sees everything, changes nothing, and is told why', async ({ page, open, signInAnew }) => {
    const rooms = ['routes', 'instances', 'agents', 'providers', 'chats', 'persons', 'access'];
    await signInAnew({ scopes: rooms.map((room) => `${room}:read`) });
    await open('/routes');
    await expect(routesPage.rows(page).first()).toBeVisible();
    await expect(page.getByText('Needs routes:write').filter({ visible: true }).first()).toBeVisible();
    const toggle = routesPage.rows(page).first().getByRole('switch');
    await expect(toggle).toBeDisabled();
    await listTools.menu(page, routesPage.rows(page).first());
    await expect(page.getByRole('menuitem', { name: 'Delete route' })).toHaveAttribute('aria-disabled', 'true');
    await page.keyboard.press('Escape');
    await axe(page);
  });
});

test.describe('routes list, a key without routes:read', () => {
  test('is told which scope is missing', async ({ page, open, signInAnew }) => {
    await signInAnew({ scopes: ['persons:read', 'chats:read'] });
    await open('/routes');
    await expect(page.getByRole('main').getByRole('alert')).toContainText('Your key can’t read routes');
  });
});

test.describe('routes list on a phone', () => {
  test.use({ viewport: { width: 360, height: 760 }, locale: 'pt-BR' });

  test('rows are cards that fit, in Portuguese', async ({ page, open }) => {
    await open('/routes');
    await expect(page.getByRole('heading', { name: 'Rotas', level: 1 })).toBeVisible();
    await fits(page);
    await axe(page);
    await page.getByRole('checkbox', { name: /Helena Prado/ }).check();
    await page.getByRole('button', { name: 'Desativar' }).click();
    await expect(page.getByRole('dialog').getByText(/de Concierge VIP para/)).toBeVisible();
    await fits(page);
    await axe(page);
  });
});

test('routes list: the file holds what the filter shows', async ({ page, open }) => {
  await open('/routes');
  await routesPage.search(page).fill('Helena');
  await expect(page).toHaveURL(/q=Helena/);
  const file = await listTools.file(page);
  const text = readFileSync(await file.path(), 'utf8');
  const lines = text.trim().split('\r\n');
  expect(lines.length).toBe(2);
  expect(lines[1]).toContain(',Helena Prado,');
  expect(lines[1]).toContain(',VIP,');
});
