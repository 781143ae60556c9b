import type { Page } from '@playwright/test';
import { listTools } from '../list-tools.ts';

export const routesPage = {
  path: '/routes',
  search: (page: Page) => page.getByRole('searchbox', { name: 'Search routes' }),
  filter: (page: Page, name: 'Instance' | 'Agent' | 'For' | 'Active or inactive') => listTools.chip(page, name),
  table: (page: Page) => page.getByRole('table', { name: 'Routes' }),
  /** The rows of routes, without the head. */
  rows: (page: Page) =>
    routesPage
      .table(page)
      .getByRole('row')
      .filter({ has: page.getByRole('switch') }),
  row: (page: Page, name: string | RegExp) => routesPage.rows(page).filter({ hasText: name }),
  count: (page: Page) => listTools.count(page),
  sort: (page: Page, name: 'Chat or person' | 'Label' | 'Agent' | 'Instance' | 'Changed') =>
    routesPage.table(page).getByRole('columnheader', { name }).getByRole('link'),
  chosen: (page: Page) => page.getByRole('region', { name: 'Selection' }),
  bulk: (page: Page, name: 'Set agent' | 'Activate' | 'Deactivate' | 'Delete') =>
    routesPage.chosen(page).getByRole('button', { name, exact: true }),
  /** A change behind the menu of the selection. */
  async bulkMore(page: Page, name: string | RegExp) {
    await routesPage.chosen(page).getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name }).click();
  },
  dialog: (page: Page) => page.getByRole('dialog'),
};
