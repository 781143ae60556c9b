import type { Page } from '@playwright/test';

export const signInPage = {
  path: '/login',
  heading: (page: Page) => page.getByRole('heading', { name: 'Sign in', level: 1 }),
  server: (page: Page) => page.getByRole('combobox', { name: 'Server' }),
  /** Where another server's address is typed. */
  address: (page: Page) => page.getByLabel('Address', { exact: true }),
  key: (page: Page) => page.getByLabel('API key'),
  yourName: (page: Page) => page.getByLabel('Your name'),
  showKey: (page: Page) => page.getByRole('button', { name: 'Show the key' }),
  submit: (page: Page) => page.getByRole('button', { name: 'Sign in' }),
  /** The problem after an attempt; Next's own empty announcer has the same role. */
  alert: (page: Page) => page.getByRole('main').getByRole('alert'),
  /** The reason for the sign-in page, before an attempt. */
  reason: (page: Page) => page.getByRole('main').getByRole('status'),
  signIn: async (page: Page, key: string, server?: string): Promise<void> => {
    if (server) await signInPage.server(page).selectOption({ label: server });
    await signInPage.key(page).fill(key);
    await signInPage.submit(page).click();
  },
};
