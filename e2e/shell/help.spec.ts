import { axe } from '../a11y/axe.ts';
import { expect, test } from '../fixtures/test.ts';
import { palette } from '../pom/palette.ts';
import { shell } from '../pom/shell.ts';

test('help: the key and the button open it; it leads to the tour, and to the part about this page', async ({
  page,
  open,
}) => {
  await open('/routes');
  await page.keyboard.press('?');
  const help = palette.sheet(page);
  await expect(help.getByRole('link', { name: 'Omni on GitHub' })).toHaveAttribute('rel', /noreferrer/);
  await expect(help.getByRole('switch', { name: 'Single-key shortcuts' })).toBeVisible();
  await axe(page);
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await shell.help(page).click();
  await help.getByRole('link', { name: 'The tour on this page' }).click();
  await expect(page).toHaveURL(/\/help#routes$/);
  await expect(help).toBeHidden();
  await expect(page.getByRole('heading', { level: 2, name: '5. Who answers?' })).toBeInViewport();
  // It begins where the reader is: signed in.
  await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText('1. Find somebody');
  await expect(page.getByRole('main').getByText('npm run demo')).toHaveCount(0);
  // The tour says nothing of itself.
  await shell.help(page).click();
  await expect(help.getByRole('link', { name: 'Five-minute tour' })).toBeVisible();
  await expect(help.getByRole('link', { name: 'The tour on this page' })).toHaveCount(0);
});

test('help: what a report needs is copied without what was searched for', async ({ page, open, context, web }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: web.origin });
  await open('/persons?q=Silva');
  await shell.help(page).click();
  await palette.sheet(page).getByRole('button', { name: 'Copy details to report a problem' }).click();
  await expect(palette.sheet(page).getByText(/^Copied: version/)).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^Omni console \d+\.\d+\.\d+, build .+, page \/persons, browser Mozilla/);
  expect(copied).not.toContain('Silva');
});

test.describe('on a phone in Portuguese', () => {
  test.use({ locale: 'pt-BR', viewport: { width: 360, height: 780 } });

  test('help: the button is in reach, and the tour is in the reader’s language', async ({ page, open }) => {
    await open('/keys');
    await page.getByRole('button', { name: 'Ajuda' }).click();
    await page.getByRole('dialog', { name: 'Ajuda' }).getByRole('link', { name: 'Esta página no tour' }).click();
    await expect(page).toHaveURL(/\/help#keys$/);
    await expect(page.getByRole('heading', { level: 2, name: '6. Chaves' })).toBeInViewport();
  });
});
