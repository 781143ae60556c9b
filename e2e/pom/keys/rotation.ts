import type { Page } from '@playwright/test';

export const rotatePage = {
  path: (keyId: string) => `/keys/rotate?key=${keyId}`,
  create: (page: Page) => page.getByRole('button', { name: 'Create new key' }),
};

export const shownOnce = {
  dialog: (page: Page) => page.getByRole('dialog'),
  reveal: (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'Show key' }),
  key: (page: Page) => page.getByRole('dialog').getByRole('status', { name: 'New key' }),
  stored: (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'I stored it' }),
};

export const rotationPage = {
  path: (id: string) => `/keys/rotate/${id}`,
  url: /\/keys\/rotate\/[0-9a-f-]{36}$/,
  oldKeyExpires: (page: Page) => page.getByRole('combobox', { name: 'Old key expires' }),
  unusedAfter: (page: Page) => page.getByLabel('Counts as unused after'),
  reviewExpiry: (page: Page) => page.getByRole('button', { name: 'Review expiry' }),
  setExpiry: (page: Page) => page.getByRole('button', { name: 'Set expiry', exact: true }),
  revoke: (page: Page) => page.getByRole('button', { name: 'Revoke old key' }),
  revokeRun: (page: Page) => page.getByRole('button', { name: 'Revoke key', exact: true }),
  oldIntegrations: (page: Page) => page.getByRole('region', { name: 'Integrations on the old key' }),
  newIntegrations: (page: Page) => page.getByRole('region', { name: 'Integrations on the new key' }),
  part: (page: Page, name: string) => page.getByRole('region', { name, exact: true }),
  currentStage: (page: Page) =>
    page.getByRole('listitem').filter({ has: page.getByText('current step', { exact: true }) }),
  next: (page: Page) => page.getByRole('region', { name: 'Rotation', exact: true }),
  cancel: (page: Page) => page.getByText('Cancel rotation', { exact: true }).first(),
  cancelPreview: (page: Page) => page.getByRole('button', { name: 'Review cancellation' }),
  cancelRun: (page: Page) => page.getByRole('button', { name: 'Cancel rotation' }),
};
