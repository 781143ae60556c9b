import type { Page } from '@playwright/test';

/** Saved views and columns, beside the filters of a list. */
export const listTools = {
  views: (page: Page) => page.getByRole('button', { name: /^Views?(:|$)/ }),
  view: (page: Page, name: string) => page.getByRole('list', { name: 'Saved views' }).getByRole('link', { name }),
  name: (page: Page) => page.getByRole('textbox', { name: 'Name of this view' }),
  save: (page: Page) => page.getByRole('button', { name: 'Save', exact: true }),
  remove: (page: Page, name: string) => page.getByRole('button', { name: `Delete the view ${name}` }),
  columns: (page: Page) => page.getByRole('button', { name: 'Columns' }),
  column: (page: Page, name: string) => page.getByRole('group', { name: 'Columns' }).getByRole('checkbox', { name }),
};
