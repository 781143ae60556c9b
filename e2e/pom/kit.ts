import type { Page } from '@playwright/test';

/** The page where the parts of a form stand by themselves. */
export const kitForms = {
  path: '/dev/kit/forms',
  part: (page: Page, name: 'Fields' | 'Pickers' | 'Refused') => page.getByRole('region', { name }),
  moment: (page: Page) => page.getByRole('textbox', { name: 'Moment' }),
  sent: (page: Page) => page.getByRole('status', { name: 'Sent' }),
};
