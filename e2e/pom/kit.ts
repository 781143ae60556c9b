import type { Page } from '@playwright/test';

/** The page where the parts of a form stand by themselves. */
export const kitForms = {
  path: '/dev/kit/forms',
  part: (page: Page, name: 'Fields' | 'Pickers' | 'Refused') => page.getByRole('region', { name }),
  moment: (page: Page) => page.getByRole('textbox', { name: 'Moment' }),
  sent: (page: Page) => page.getByRole('status', { name: 'Sent' }),
};

/** The page with every part of a list in every state. */
export const kitLists = {
  path: '/dev/kit/lists',
  part: (page: Page, name: string) => page.getByRole('region', { name, exact: true }),
  rows: (page: Page, name: string) =>
    kitLists
      .part(page, name)
      .getByRole('row')
      .filter({ has: page.getByRole('link') })
      .filter({ has: page.getByRole('cell') }),
};
