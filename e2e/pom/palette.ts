import type { Page } from '@playwright/test';

export const palette = {
  button: (page: Page) => page.getByRole('button', { name: 'Search…' }),
  dialog: (page: Page) => page.getByRole('dialog', { name: 'Search everything' }),
  field: (page: Page) => palette.dialog(page).getByRole('combobox'),
  group: (page: Page, name: string | RegExp) => palette.dialog(page).getByRole('group', { name }),
  option: (page: Page, name: string | RegExp) => palette.dialog(page).getByRole('option', { name }),
  /** The line that Enter runs. */
  active: (page: Page) => palette.dialog(page).getByRole('option', { selected: true }),
  /** The announcement for screen readers. */
  announced: (page: Page) => palette.dialog(page).getByRole('status'),
  sheet: (page: Page) => page.getByRole('dialog', { name: 'Help' }),
  singleKeys: (page: Page) => page.getByRole('switch', { name: 'Single-key shortcuts' }),
  open: async (page: Page): Promise<void> => {
    await page.keyboard.press('Control+k');
    await palette.dialog(page).getByRole('option').first().waitFor();
  },
};
