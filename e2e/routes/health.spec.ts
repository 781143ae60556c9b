import { axe } from '../a11y/axe.ts';
import { fits } from '../a11y/measures.ts';
import { listTools } from '../pom/list-tools.ts';
import { operation } from '../pom/operations.ts';
import { routeHealth } from '../pom/routes/route-health.ts';
import { routesPage } from '../pom/routes/routes.ts';
import { expect, test } from '../fixtures/test.ts';

test('route health: says why, checks chats and people too, filters by reason, and links to the route', async ({
  page,
  open,
  smallWorld,
}) => {
  await smallWorld();
  await open('/routes');
  await page.getByRole('link', { name: 'Health' }).click();
  await expect(page).toHaveTitle(/Route health/);
  await expect(page.getByText(/^Checked all 12 routes$/)).toBeVisible();
  const list = page.getByRole('table', { name: 'Route health' });
  await expect(list.getByText('Antigo (inativo) is inactive. Omni asks it all the same.').first()).toBeVisible();
  await axe(page);
  await routeHealth.group(page, 'Agent inactive').click();
  await expect(page).toHaveURL(/reason=agent-off/);
  const off = await list.getByText('Agent inactive').count();
  expect(off).toBeGreaterThan(0);
  await expect(list.getByRole('link')).toHaveCount(off);
  await expect(list.getByRole('link').first()).toHaveAttribute('href', /^\/routes\/[0-9a-f-]{36}\/[0-9a-f-]{36}$/);
  await page.reload();
  await expect(routeHealth.group(page, 'Agent inactive')).toHaveAttribute('aria-pressed', 'true');
  await listTools.filter(page, 'Instance', 'tg-suporte');
  await expect(page).toHaveURL(/instance=22222222|instance=33333333/);
  await expect(list.getByRole('link')).toHaveCount(1);
  await routeHealth.group(page, 'Route inactive').click();
  await expect(list.getByRole('link')).toHaveCount(1);
  await page.reload();
  await expect(list.getByRole('link')).toHaveCount(1);
});

test('route health says what happens to messages now, also where access rules or a silent provider decide', async ({
  page,
  open,
  omni,
  smallWorld,
}) => {
  await smallWorld();
  const provider = 'aaaaaaa1-0000-4000-8000-000000000001';
  await omni.write("UPDATE agent_providers SET base_url = 'http://127.0.0.1:9' WHERE id = ?", [provider]);
  await open('/routes/health');
  await expect(page.getByText(/^Checked all 12 routes$/)).toBeVisible();
  await expect(routeHealth.rows(page).filter({ hasText: 'Suporte João' })).toContainText(
    'Nobody answers: not on the allowlist',
  );
  await expect(routeHealth.group(page, 'Provider not responding')).toBeVisible();
  await routeHealth.group(page, 'Provider not responding').click();
  await expect(
    routeHealth.rows(page).filter({ hasText: 'Nobody answers: provider isn’t responding' }).first(),
  ).toBeVisible();
});

test('route health mends: an inactive agent is replaced in all routes that name it, and the finding is gone; undo brings it back', async ({
  page,
  open,
  omni,
  smallWorld,
  signInAnew,
}) => {
  await smallWorld();
  await open('/routes/health?reason=agent-off');
  await expect(page.getByText(/^Checked all 12 routes$/)).toBeVisible();
  await page.getByRole('button', { name: 'Replace Antigo (inativo) · 3 routes' }).click();
  const box = routesPage.dialog(page);
  await box.getByRole('combobox', { name: 'With' }).click();
  await page.getByRole('option', { name: /^Vendas/ }).click();
  await axe(page);
  await box.getByRole('button', { name: 'Replace Antigo (inativo) on 3 routes' }).click();
  await expect(operation.done(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('No route has this finding')).toBeVisible();
  // A key of its own: what was read for the other one is up to 15 s old.
  await signInAnew();
  await omni.write("UPDATE agent_routes SET is_active = 0 WHERE label = 'VIP'");
  await open('/routes/health?reason=inactive');
  await expect(page.getByText(/^Checked all 12 routes$/)).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select all 2' }).check();
  await routesPage.bulk(page, 'Activate').click();
  await box.getByRole('button', { name: 'Activate 2 routes' }).click();
  await expect(operation.done(page)).toBeVisible();
  await operation.undo(page).click();
  await operation.undoRun(page).click();
  await expect(operation.done(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(routeHealth.rows(page)).toHaveCount(2);
});

test('route health: people and providers that fail are said, and nothing is found about them', async ({
  page,
  open,
  omni,
  smallWorld,
}) => {
  await smallWorld();
  await omni.fault({ kind: 'status', status: 500, path: '/persons/[^/]+/presence$', times: null });
  await omni.fault({ kind: 'status', status: 500, path: '/providers/[^/]+/health$', times: null });
  await open('/routes/health');
  await expect(page.getByText(/couldn’t be checked/)).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: 'Couldn’t check every provider' })).toBeVisible();
  await expect(page.getByText('No identity here')).toHaveCount(0);
  await expect(page.getByText(/^Answered by/)).toHaveCount(0);
  await omni.clearFaults();
});

test('route health: each row has the change that mends it, and the review of that one route', async ({
  page,
  open,
  smallWorld,
}) => {
  await smallWorld();
  await open('/routes/health');
  await expect(page.getByText(/^Checked all 12 routes$/)).toBeVisible();
  const row = routeHealth.rows(page).filter({ hasText: 'Helena Prado' });
  await row.getByRole('button', { name: 'Clear overrides' }).click();
  const box = routesPage.dialog(page);
  await box.getByRole('button', { name: 'Clear matching overrides on 1 route' }).click();
  await expect(operation.done(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(row).toHaveCount(0);
});

test.describe('route health on a phone', () => {
  test.use({ viewport: { width: 360, height: 760 }, locale: 'pt-BR', colorScheme: 'dark' });

  test('it fits, in Portuguese', async ({ page, open }) => {
    await open('/routes/health');
    await expect(page.getByText(/^Todas as \d+ rotas verificadas/)).toBeVisible();
    await fits(page);
    await axe(page);
  });
});
