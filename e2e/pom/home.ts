import type { Page } from '@playwright/test';

export const homePage = {
  path: '/',
  heading: (page: Page) => page.getByRole('heading', { name: 'Home', level: 1 }),
  /** The summary of all checks, there once all have finished. */
  summary: (page: Page, says: string | RegExp) => page.getByRole('status').filter({ hasText: says }),
  /** A finding, or a check that failed. */
  finding: (page: Page, name: string) => page.getByRole('main').getByRole('region', { name, exact: true }),
  titles: (page: Page) => page.getByRole('main').getByRole('heading', { level: 2 }),
  /** A line of the checks without a finding. */
  line: (page: Page, name: string) =>
    page
      .getByRole('region', { name: 'Checks', exact: true })
      .getByRole('listitem')
      .filter({ has: page.getByText(name, { exact: true }) }),
};
