import type { Page } from '@playwright/test';
import { axe } from '../a11y/axe.ts';
import { fits } from '../a11y/measures.ts';
import type { Control } from '../../sandbox/wire/control/control-client.ts';
import { expect, test } from '../fixtures/test.ts';

/** Counts are those of the small world: the sandbox is reset, and the console's snapshot (15 s) of what other specs made has expired. */
async function smallWorld(page: Page, open: (path: string) => Promise<void>, omni: Control) {
  await omni.reset({ persons: 500, seed: 1 });
  await expect(async () => {
    await open('/routes');
    await expect(page.getByText('12 routes', { exact: true })).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 40_000 });
}

test('route health: says why, checks chats and people too, filters by reason, and links to the route', async ({
  page,
  open,
  omni,
}) => {
  test.slow();
  await smallWorld(page, open, omni);
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
