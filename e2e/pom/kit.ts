import type { Page } from '@playwright/test';

/** The page with every part in every state. */
export const kitPage = {
  path: '/dev/kit',
  part: (page: Page, name: string) => page.getByRole('region', { name, exact: true }),
  rows: (page: Page, name: string) =>
    kitPage
      .part(page, name)
      .getByRole('row')
      .filter({ has: page.getByRole('link') })
      .filter({ has: page.getByRole('cell') }),
};
