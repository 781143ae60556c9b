import { expect, test } from '../fixtures/test.ts';
import type { Page } from '@playwright/test';

const part = (page: Page, name: string) => page.getByRole('main').getByRole('region', { name, exact: true });
const line = (page: Page, name: string, of: string) => part(page, name).getByRole('listitem').filter({ hasText: of });

test('status: each instance and provider has its state, and what doesn’t respond stands first', async ({
  page,
  open,
  omni,
  signInAnew,
}) => {
  await omni.write("UPDATE agent_providers SET base_url = 'http://127.0.0.1:1' WHERE name = 'webhook-local'");
  await signInAnew();
  await open('/status');
  await expect(line(page, 'Instances', 'wa-vendas')).toContainText('WhatsApp');
  await expect(line(page, 'Instances', 'wa-vendas')).toContainText('Not reported by Omni');
  await expect(line(page, 'Instances', 'tg-suporte')).toContainText('Inactive');
  await expect(part(page, 'Providers').getByRole('listitem').first()).toContainText(/webhook-local.*Isn’t responding/);
  await omni.write("UPDATE agent_providers SET base_url = 'http://127.0.0.1:7778' WHERE name = 'webhook-local'");
  await line(page, 'Instances', 'wa-vendas').getByRole('link', { name: 'wa-vendas' }).click();
  await expect(page).toHaveURL(/\/routes\?instance=/);
});

test('status: a list that failed says so, and no instance or provider is said to be missing', async ({
  page,
  open,
  omni,
  signInAnew,
}) => {
  await signInAnew();
  for (const path of ['/instances$', '/providers$'])
    await omni.fault({ kind: 'status', method: 'GET', path, status: 500, times: null });
  await open('/status');
  await expect(part(page, 'Instances')).toContainText('Couldn’t load the instances: Omni answered 500');
  await expect(part(page, 'Providers')).toContainText('Couldn’t load the providers: Omni answered 500');
  await expect(page.getByRole('main')).not.toContainText(/sees no instance|has no provider/);
  await omni.clearFaults();
});

test.describe('a key of one scope', () => {
  test.use({ as: 'narrow' });

  test('status: instances and providers name the missing permission', async ({ page, open }) => {
    await open('/status');
    await expect(part(page, 'Instances')).toContainText('instances:read');
    await expect(part(page, 'Providers')).toContainText('providers:read');
  });
});
