import type { Page } from '@playwright/test';

export const routesPage = {
  path: '/routes',
  search: (page: Page) => page.getByRole('searchbox', { name: 'Search routes' }),
  choice: (page: Page, name: 'Instance' | 'Agent' | 'For' | 'Active or inactive') =>
    page.getByRole('combobox', { name, exact: true }),
  table: (page: Page) => page.getByRole('table', { name: 'Routes' }),
  /** The rows of routes, without the head. */
  rows: (page: Page) =>
    routesPage
      .table(page)
      .getByRole('row')
      .filter({ has: page.getByRole('switch') }),
  row: (page: Page, name: string | RegExp) => routesPage.rows(page).filter({ hasText: name }),
  count: (page: Page) =>
    page
      .getByRole('status')
      .filter({ hasText: /routes?/ })
      .first(),
  sort: (page: Page, name: 'Label' | 'Agent' | 'Instance' | 'Changed') =>
    routesPage.table(page).getByRole('button', { name }),
  chosen: (page: Page) => page.getByRole('region', { name: 'Chosen routes' }),
  bulk: (page: Page, name: 'Activate' | 'Deactivate' | 'Delete') =>
    routesPage.chosen(page).getByRole('button', { name, exact: true }),
  dialog: (page: Page) => page.getByRole('dialog'),
};
