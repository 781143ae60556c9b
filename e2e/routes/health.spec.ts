import { axe } from '../a11y/axe.ts';
import { fits } from '../a11y/measures.ts';
import { smallWorld } from '../fixtures/small-world.ts';
import { expect, test } from '../fixtures/test.ts';

test('the check-up says why, looks at chats and people too, narrows to a reason, and leads on', async ({
  page,
  open,
  omni,
  context,
  web,
}) => {
  test.slow();
  await smallWorld(context, web, omni);
  await open('/routes');
  await page.getByRole('link', { name: 'Check-up' }).click();
  await expect(page.getByRole('heading', { name: 'Check-up of the routes' })).toBeVisible();
  await expect(page.getByText(/^Everything was looked at: 12 chats and people$/)).toBeVisible();
  const list = page.getByRole('list', { name: 'Check-up of the routes' });
  await expect(list.getByText('Antigo (inativo) is switched off. Omni asks it all the same.').first()).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: /^Agent is off/ }).click();
  await expect(page).toHaveURL(/reason=agent-off/);
  const off = await list.getByText('Agent is off').count();
  expect(off).toBeGreaterThan(0);
  await expect(list.getByRole('link', { name: 'Open' })).toHaveCount(off);
  await expect(list.getByRole('link', { name: 'Open' }).first()).toHaveAttribute(
    'href',
    /^\/routes\/[0-9a-f-]{36}\/[0-9a-f-]{36}$/,
  );
  await page.reload();
  await expect(page.getByRole('button', { name: /^Agent is off/ })).toHaveAttribute('aria-pressed', 'true');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 760 }, locale: 'pt-BR', colorScheme: 'dark' });

  test('the check-up fits, in Portuguese', async ({ page, open }) => {
    await open('/routes/hygiene');
    await expect(page.getByText(/^Tudo revisado/)).toBeVisible();
    await fits(page);
    await axe(page);
  });
});
