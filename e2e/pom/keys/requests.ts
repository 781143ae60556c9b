import type { Page } from '@playwright/test';

export const auditPage = {
  path: (keyId: string, query = '') => `/keys/${keyId}/audit${query}`,
  table: (page: Page) => page.getByRole('table', { name: 'Requests', exact: true }),
  rows: (page: Page) => auditPage.table(page).getByRole('row'),
  older: (page: Page) => page.getByRole('link', { name: 'Older' }),
  further: (page: Page) => page.getByRole('link', { name: 'Search further' }),
  errors: (page: Page) => page.getByRole('navigation', { name: 'Errors' }),
  plot: (page: Page) => page.getByRole('img', { name: /^Requests over time from/ }),
  copies: (page: Page) => page.getByRole('region', { name: 'Exports' }),
  copyAll: (page: Page) => page.getByRole('button', { name: 'Export all requests' }),
  copyFiltered: (page: Page) => page.getByRole('button', { name: 'Export filtered requests' }),
};
