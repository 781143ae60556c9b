import type { Page } from '@playwright/test';

export const personsPage = {
  path: '/persons',
  heading: (page: Page) => page.getByRole('heading', { name: 'People', level: 1 }),
  search: (page: Page) => page.getByRole('searchbox', { name: 'Search people' }),
  table: (page: Page) => page.getByRole('table', { name: 'People' }),
  /** The rows of people, without the head. */
  rows: (page: Page) =>
    personsPage
      .table(page)
      .getByRole('row')
      .filter({ has: page.getByRole('cell') }),
  person: (page: Page, name: string | RegExp) => personsPage.table(page).getByRole('link', { name }),
  /** What the search says of itself. */
  status: (page: Page) =>
    page
      .getByRole('main')
      .getByRole('status')
      .filter({ hasText: /so far|^[\d,.]+$/ }),
  next: (page: Page) => page.getByRole('link', { name: 'Next' }),
  newest: (page: Page) => page.getByRole('link', { name: 'First' }),
};

export const personPage = {
  path: (id: string) => `/persons/${id}`,
  heading: (page: Page) => page.getByRole('heading', { level: 1 }),
  part: (page: Page, name: 'Who answers' | 'Access' | 'Identities' | 'Timeline' | 'History' | 'Details') =>
    page.getByRole('region', { name: new RegExp(`^${name}`) }),
  /** The menu of an identity, the first one unless told. */
  identityMenu: (page: Page, index = 0) =>
    personPage
      .part(page, 'Identities')
      .getByRole('button', { name: /^Actions for / })
      .nth(index),
  item: (page: Page, name: string) => page.getByRole('menuitem', { name, exact: true }),
  dialog: (page: Page) => page.getByRole('dialog'),
};
