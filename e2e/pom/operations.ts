import type { Page } from '@playwright/test';

/** What every change shows: preview, confirmation, receipt, toast. */
export const operation = {
  typed: (page: Page) => page.getByLabel(/^Type “/),
  /** What the review asks to be typed. */
  async asked(page: Page) {
    const label = await page
      .getByText(/^Type “/)
      .first()
      .textContent();
    return /“(.+)”/.exec(label ?? '')?.[1] ?? '';
  },
  done: (page: Page) => page.getByRole('status').filter({ hasText: 'Done and verified' }),
  refused: (page: Page) => page.getByRole('alert').filter({ hasText: /Can’t / }),
  /** Opens what is left of an entry that stopped halfway. */
  left: (page: Page) => page.getByRole('button', { name: 'Finish' }),
  finish: (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'Finish' }),
  undo: (page: Page) => page.getByRole('button', { name: 'Undo', exact: true }),
  undoRun: (page: Page) => page.getByRole('button', { name: 'Undo this change' }),
};

export const mergePage = {
  path: (into: string, from: string) => `/persons/merge?into=${into}&from=${from}`,
  merge: (page: Page) => page.getByRole('button', { name: /^Merge into / }),
  swap: (page: Page) => page.getByRole('link', { name: 'Swap' }),
  /** A field that the two people have differently. */
  field: (page: Page, name: string) => page.getByRole('group', { name, exact: true }),
  review: (page: Page) => page.getByRole('region', { name: 'Review' }),
};
