import type { Page } from '@playwright/test';

export const routeHealth = {
  table: (page: Page) => page.getByRole('table', { name: 'Route health' }),
  rows: (page: Page) =>
    routeHealth
      .table(page)
      .getByRole('row')
      .filter({ has: page.getByRole('cell') }),
  /** One kind of finding, with how many routes have it. */
  group: (page: Page, name: string) =>
    page.getByRole('list', { name: 'Finding' }).getByRole('button', { name: new RegExp(`^${name} \\d+$`) }),
};
