import type { Page } from '@playwright/test';

export const activityPage = {
  path: (query = '') => `/activity${query}`,
  entries: (page: Page) =>
    page
      .getByRole('table', { name: 'Activity' })
      .getByRole('row')
      .filter({ has: page.getByRole('cell') }),
  entry: (page: Page, title: string | RegExp) => page.getByRole('main').getByRole('link', { name: title }),
  forget: (page: Page) => page.getByRole('group').filter({ hasText: 'Forget' }),
};

export const entryPage = {
  heading: (page: Page) => page.getByRole('heading', { level: 1 }),
  changes: (page: Page) => page.getByRole('region', { name: 'What changed' }),
  steps: (page: Page) => page.getByRole('list', { name: /steps?$/ }),
  continue: (page: Page) => page.getByRole('button', { name: /^(Finish|Try again|Retry)/ }),
  previewAgain: (page: Page) => page.getByRole('button', { name: 'Preview again' }),
  doIt: (page: Page) => page.getByRole('button', { name: 'Run this change' }),
};
