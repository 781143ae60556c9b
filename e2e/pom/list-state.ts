import type { Page } from '@playwright/test';

/** The state in place of a list. */
export const listState = {
  heading: (page: Page) => page.getByRole('heading', { level: 1 }),
  problem: (page: Page) => page.getByRole('main').getByRole('alert'),
  /** A link where the whole page is loaded again, a button where only a part of it is. */
  retry: (page: Page) => {
    const main = page.getByRole('main');
    return main.getByRole('link', { name: 'Try again' }).or(main.getByRole('button', { name: 'Try again' }));
  },
};
