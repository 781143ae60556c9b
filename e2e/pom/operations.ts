import type { Page } from '@playwright/test';

/** What every change shows: preview, confirmation, receipt, toast. */
export const operation = {
  nothingLost: (page: Page) => page.getByText('Nothing is lost.'),
  typed: (page: Page) => page.getByLabel(/^Type “/),
  done: (page: Page) => page.getByRole('status').filter({ hasText: 'Done and verified' }),
  refused: (page: Page) => page.getByRole('alert').filter({ hasText: 'This is not done' }),
  undo: (page: Page) => page.getByRole('button', { name: 'Undo', exact: true }),
  takeBack: (page: Page) => page.getByRole('button', { name: 'Take it back' }),
};

export const mergePage = {
  path: (survivor: string, duplicate: string) => `/persons/merge?into=${survivor}&from=${duplicate}`,
  merge: (page: Page) => page.getByRole('button', { name: /^Merge into / }),
  swap: (page: Page) => page.getByRole('link', { name: 'Swap' }),
};
