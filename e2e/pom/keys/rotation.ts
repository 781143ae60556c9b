import type { Page } from '@playwright/test';

export const rotatePage = {
  path: (keyId: string) => `/keys/rotate?key=${keyId}`,
  make: (page: Page) => page.getByRole('button', { name: 'Make the new key' }),
};

export const shownOnce = {
  dialog: (page: Page) => page.getByRole('dialog'),
  reveal: (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'Show the key' }),
  key: (page: Page) => page.getByRole('dialog').getByRole('status', { name: 'The new key' }),
  stored: (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'I stored it' }),
};

export const rotationPage = {
  path: (id: string) => `/keys/rotate/${id}`,
  url: /\/keys\/rotate\/[0-9a-f-]{36}$/,
  overlap: (page: Page) => page.getByLabel('The old key goes on for'),
  silence: (page: Page) => page.getByLabel('Silent after'),
  showEnd: (page: Page) => page.getByRole('button', { name: 'See what this does' }),
  setEnd: (page: Page) => page.getByRole('button', { name: 'Give the old key this end' }),
  revoke: (page: Page) => page.getByRole('button', { name: 'Revoke the old key' }),
  revokeRun: (page: Page) => page.getByRole('button', { name: 'Revoke it', exact: true }),
  oldCallers: (page: Page) => page.getByRole('region', { name: 'Who still calls with the old key' }),
  newCallers: (page: Page) => page.getByRole('region', { name: 'Who calls with the new key' }),
  here: (page: Page) => page.getByRole('listitem').filter({ has: page.getByText('here', { exact: true }) }),
  next: (page: Page) => page.getByRole('region', { name: /What comes next|How it ended/ }),
  cancel: (page: Page) => page.getByText('Cancel the rotation', { exact: true }).first(),
  cancelPreview: (page: Page) => page.getByRole('button', { name: 'See what cancelling does' }),
  cancelRun: (page: Page) => page.getByRole('button', { name: 'Cancel the rotation' }),
};
