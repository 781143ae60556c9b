import type { Page } from '@playwright/test';

export const rotatePage = {
  path: (keyId: string) => `/keys/rotate?key=${keyId}`,
  create: (page: Page) => page.getByRole('button', { name: 'Create new key' }),
  choices: (page: Page) => page.getByRole('table', { name: 'Which key?' }),
};

export const shownOnce = {
  dialog: (page: Page) => page.getByRole('dialog'),
  reveal: (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'Show key' }),
  key: (page: Page) => page.getByRole('dialog').getByRole('status', { name: 'New key' }),
  stored: (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'I stored it' }),
};

/** What a source sent with a key, in its row in *Switch*. */
const sent = (page: Page, source: string, key: 'Old key' | 'New key') =>
  page
    .getByRole('list', { name: 'What uses each key' })
    .getByRole('listitem')
    .filter({ hasText: source })
    .getByRole('paragraph')
    .filter({ hasText: `${key}: ` });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Cancel rotation' });

export const rotationPage = {
  path: (id: string) => `/keys/rotate/${id}`,
  url: /\/keys\/rotate\/[0-9a-f-]{36}(\?.*)?$/,
  overlap: (page: Page, name: string) =>
    page.getByRole('radiogroup', { name: 'Old key expires' }).getByRole('radio', { name, exact: true }),
  unusedAfter: (page: Page) => page.getByLabel('Counts as unused after'),
  reviewExpiry: (page: Page) => page.getByRole('button', { name: 'Review expiry' }),
  setExpiry: (page: Page) => page.getByRole('button', { name: 'Set expiry', exact: true }),
  revoke: (page: Page) => page.getByRole('button', { name: 'Revoke old key' }),
  revokeRun: (page: Page) => page.getByRole('button', { name: 'Revoke key', exact: true }),
  withOldKey: (page: Page, source: string) => sent(page, source, 'Old key'),
  withNewKey: (page: Page, source: string) => sent(page, source, 'New key'),
  /** Whether the old key is still in use. */
  use: (page: Page) => page.getByRole('region', { name: 'Switch', exact: true }).getByRole('status'),
  part: (page: Page, name: string) => page.getByRole('region', { name, exact: true }),
  currentStage: (page: Page) =>
    page.getByRole('listitem').filter({ has: page.getByText('current step', { exact: true }) }),
  next: (page: Page) => page.getByRole('region', { name: 'Rotation', exact: true }),
  async cancel(page: Page) {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Cancel rotation' }).click();
  },
  revokeUnstored: (page: Page) => page.getByRole('link', { name: 'Revoke and create another' }),
  cancelDialog: dialog,
  cancelRun: (page: Page) => dialog(page).getByRole('button', { name: 'Cancel rotation' }),
  closeCancelled: (page: Page) => dialog(page).getByRole('button', { name: 'Close' }),
};
