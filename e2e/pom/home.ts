import type { Page } from '@playwright/test';

export const homePage = {
  path: '/',
  heading: (page: Page) => page.getByRole('heading', { name: 'Home', level: 1 }),
  /** Everything in a sentence; there once all of it is known. */
  verdict: (page: Page, says: string | RegExp) => page.getByRole('status').filter({ hasText: says }),
  /** Something that needs somebody, or could not be looked at. */
  finding: (page: Page, name: string) => page.getByRole('main').getByRole('region', { name, exact: true }),
  titles: (page: Page) => page.getByRole('main').getByRole('heading', { level: 2 }),
  /** A line of what was looked at. */
  line: (page: Page, name: string) =>
    page
      .getByRole('region', { name: 'Looked at', exact: true })
      .getByRole('listitem')
      .filter({ has: page.getByText(name, { exact: true }) }),
};
