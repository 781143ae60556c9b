import { axe } from '../a11y/axe.ts';
import { fits } from '../a11y/measures.ts';
import { expect, test } from '../fixtures/test.ts';
import { routeCoverage } from '../pom/routes/route-coverage.ts';
import { routeHealth } from '../pom/routes/route-health.ts';
import { routesPage } from '../pom/routes/routes.ts';

test('route coverage: by instance and by agent, sorted, and every number opens as many routes', async ({
  page,
  open,
  omni,
  smallWorld,
}) => {
  await smallWorld();
  await omni.write("UPDATE instances SET agent_id = NULL WHERE name = 'tg-suporte'");
  await open('/routes');
  await page.getByRole('link', { name: 'Coverage', exact: true }).click();
  await expect(page).toHaveURL(/\/routes\/coverage$/);
  await expect(routeCoverage.row(page, 'tg-suporte')).toContainText('Nobody answers: no route and no default agent');
  await expect(routeCoverage.row(page, 'tg-suporte').getByRole('link', { name: 'New route' })).toHaveAttribute(
    'href',
    /\/routes\/new\?instance=/,
  );
  await axe(page);
  await routeCoverage.sort(page, 'Chat routes').click();
  await expect(page).toHaveURL(/sort=chats/);
  const chats = routeCoverage.number(page, 'wa-vendas', 'chats');
  const count = Number.parseInt(await chats.innerText(), 10);
  await chats.click();
  await expect(page).toHaveURL(/\/routes\?instance=[0-9a-f-]+&scope=chat&active=yes/);
  await expect(routesPage.rows(page)).toHaveCount(count);
  await page.goBack();
  await page.getByRole('link', { name: 'By agent' }).click();
  await expect(page).toHaveURL(/by=agent/);
  await expect(routeCoverage.row(page, 'Antigo (inativo)')).toBeVisible();
  await axe(page);
  const people = routeCoverage.number(page, 'Concierge VIP', 'people');
  const persons = Number.parseInt(await people.innerText(), 10);
  await people.click();
  await expect(page).toHaveURL(/\/routes\?agent=[0-9a-f-]+&scope=user&active=yes/);
  await expect(routesPage.rows(page)).toHaveCount(persons);
});

test('route coverage: routes where nobody answers open in the health of routes, those and no others', async ({
  page,
  open,
  omni,
  smallWorld,
}) => {
  await smallWorld();
  await omni.write('UPDATE agent_providers SET is_active = 0');
  await open('/routes/coverage?sort=-nobody');
  const cell = routeCoverage.number(page, 'wa-vendas', 'nobody');
  const count = Number.parseInt(await cell.innerText(), 10);
  expect(count).toBeGreaterThan(0);
  await cell.click();
  await expect(page).toHaveURL(/\/routes\/health\?instance=/);
  await expect(routeHealth.rows(page)).toHaveCount(count);
});

test('route coverage: an instance that fails has no numbers, is named, and is tried again', async ({
  page,
  open,
  omni,
  smallWorld,
}) => {
  await smallWorld();
  await omni.fault({ kind: 'status', status: 500, path: '/instances/11111111[^/]*/routes$', times: null });
  await open('/routes/coverage');
  await expect(page.getByRole('alert').filter({ hasText: 'Couldn’t load the routes of wa-vendas' })).toBeVisible();
  await expect(routeCoverage.row(page, 'wa-vendas')).toContainText('Couldn’t load');
  await axe(page);
  await omni.clearFaults();
  await page.getByRole('link', { name: 'Try again' }).click();
  await expect(routeCoverage.number(page, 'wa-vendas', 'chats')).toBeVisible();
});

test('route coverage: no instances, and a key without instances:read', async ({
  page,
  open,
  smallWorld,
  signInAnew,
}) => {
  await smallWorld();
  await signInAnew({ instanceIds: [] });
  await open('/routes/coverage?q=nothing-is-called-so');
  await expect(page.getByText(/Nothing fits this filter|No instances yet/)).toBeVisible();
  await signInAnew({ scopes: ['routes:read'] });
  await page.goto('/routes/coverage');
  await expect(page.getByRole('main')).toContainText('instances:read');
});

test('route coverage is found in the palette', async ({ page, open }) => {
  await open('/');
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('cobertura');
  await page.getByRole('option', { name: /Route coverage/ }).click();
  await expect(page).toHaveURL(/\/routes\/coverage$/);
});

test.describe('route coverage on a phone', () => {
  test.use({ viewport: { width: 360, height: 760 }, locale: 'pt-BR', colorScheme: 'dark' });

  test('it fits, in Portuguese', async ({ page, open }) => {
    await open('/routes/coverage');
    await expect(page.getByRole('heading', { name: 'Rotas' })).toBeVisible();
    await expect(page).toHaveTitle(/Cobertura das rotas/);
    await expect(routeCoverage.row(page, 'wa-vendas')).toBeVisible();
    await fits(page);
    await axe(page);
  });
});
