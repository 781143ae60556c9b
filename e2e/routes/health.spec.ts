import { axe } from '../a11y/axe.ts';
import { fits } from '../a11y/measures.ts';
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
  await page.getByRole('link', { name: 'Route health' }).click();
  await expect(page.getByRole('heading', { name: 'Route health' })).toBeVisible();
  await expect(page.getByText(/^Checked all 12 chats and people$/)).toBeVisible();
  const list = page.getByRole('list', { name: 'Route health' });
  await expect(list.getByText('Antigo (inativo) is inactive. Omni asks it all the same.').first()).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: /^Agent inactive/ }).click();
  await expect(page).toHaveURL(/reason=agent-off/);
  const off = await list.getByText('Agent inactive').count();
  expect(off).toBeGreaterThan(0);
  await expect(list.getByRole('link', { name: 'Open' })).toHaveCount(off);
  await expect(list.getByRole('link', { name: 'Open' }).first()).toHaveAttribute(
    'href',
    /^\/routes\/[0-9a-f-]{36}\/[0-9a-f-]{36}$/,
  );
  await page.reload();
  await expect(page.getByRole('button', { name: /^Agent inactive/ })).toHaveAttribute('aria-pressed', 'true');
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
