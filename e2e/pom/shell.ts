import type { Page } from '@playwright/test';

export type Room = 'Home' | 'People' | 'Routes' | 'Keys' | 'Activity' | 'Status';

export const shell = {
  room: (page: Page, name: Room) =>
    page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name }),
  mark: (page: Page) => page.getByRole('link', { name: 'Omni console' }),
  help: (page: Page) => page.getByRole('button', { name: 'Help' }),
  account: (page: Page) => page.getByRole('button', { name: 'Account' }),
  signOutItem: (page: Page) => page.getByRole('menuitem', { name: 'Sign out' }),
  heading: (page: Page) => page.getByRole('heading', { level: 1 }),
  /** What has just happened, at the bottom of the window. */
  toast: (page: Page, text: string) => page.getByRole('status').filter({ hasText: text }),
  /** An error in place of the content. */
  alert: (page: Page) => page.getByRole('main').getByRole('alert'),
  signOut: async (page: Page): Promise<void> => {
    await shell.account(page).click();
    await shell.signOutItem(page).click();
  },
};
