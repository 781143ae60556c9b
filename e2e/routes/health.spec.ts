import { axe } from '../a11y/axe.ts';
import { fits } from '../a11y/measures.ts';
import { listTools } from '../pom/list-tools.ts';
import { smallWorld } from '../fixtures/small-world.ts';
import { expect, test } from '../fixtures/test.ts';

test('route health: says why, checks chats and people too, filters by reason, and links to the route', async ({
  page,
  open,
  omni,
  context,
  web,
}) => {
  await smallWorld(context, web, omni);
  await open('/routes');
  await page.getByRole('link', { name: 'Health' }).click();
  await expect(page.getByRole('heading', { name: 'Route health' })).toBeVisible();
  await expect(page.getByText(/^Checked all 12 chats and people$/)).toBeVisible();
  const list = page.getByRole('table', { name: 'Route health' });
  await expect(list.getByText('Antigo (inativo) is inactive. Omni asks it all the same.').first()).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('combobox', { name: 'Find a filter or value' }).fill('agent inactive');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/reason=agent-off/);
  const off = await list.getByText('Agent inactive').count();
  expect(off).toBeGreaterThan(0);
  await expect(list.getByRole('link')).toHaveCount(off);
  await expect(list.getByRole('link').first()).toHaveAttribute('href', /^\/routes\/[0-9a-f-]{36}\/[0-9a-f-]{36}$/);
  await page.reload();
  await expect(listTools.chip(page, 'Reason')).toHaveText(/^Reason: Agent inactive/);
});

test.describe('route health on a phone', () => {
  test.use({ viewport: { width: 360, height: 760 }, locale: 'pt-BR', colorScheme: 'dark' });

  test('it fits, in Portuguese', async ({ page, open }) => {
    await open('/routes/health');
    await expect(page.getByText(/^Todas verificadas/)).toBeVisible();
    await fits(page);
    await axe(page);
  });
});
