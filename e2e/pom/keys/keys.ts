import { expect, type Page } from '@playwright/test';

export const keysPage = {
  path: '/keys',
  table: (page: Page) => page.getByRole('table', { name: 'Keys' }),
  rows: (page: Page) =>
    keysPage
      .table(page)
      .getByRole('row')
      .filter({ has: page.getByRole('link') })
      .filter({ has: page.getByRole('cell') }),
  key: (page: Page, name: string | RegExp) => keysPage.table(page).getByRole('link', { name }),
  heading: (page: Page, name: string) =>
    page.getByRole('navigation', { name: 'Keys by status' }).getByRole('link', { name }),
  search: (page: Page) => page.getByRole('searchbox', { name: 'Search keys' }),
  sort: (page: Page, column: string) => page.getByRole('columnheader', { name: column }).getByRole('link'),
  create: (page: Page) => page.getByRole('link', { name: 'Create key' }),
};

export const keyPage = {
  path: (id: string) => `/keys/${id}`,
  heading: (page: Page) => page.getByRole('heading', { level: 1 }),
  action: (page: Page, name: string) => page.getByRole('main').getByRole('link', { name, exact: true }),
  more: (page: Page) => page.getByRole('main').getByRole('button', { name: 'More', exact: true }),
  item: (page: Page, name: string) => page.getByRole('menuitem', { name }),
  facts: (page: Page) => page.getByRole('region', { name: 'Details' }),
  permissions: (page: Page) => page.getByRole('region', { name: 'Permissions' }),
  requests: (page: Page) => page.getByRole('region', { name: /^(The newest|All \d|The only)/ }),
  integrations: (page: Page) => page.getByRole('region', { name: 'Integrations' }),
  history: (page: Page) => page.getByRole('region', { name: 'History' }),
  removeUnused: (page: Page, count: number) => page.getByRole('link', { name: `Remove ${count} unused permissions` }),
};

export const keyForm = {
  path: '/keys/new',
  name: (page: Page) => page.getByRole('textbox', { name: /^(Name|Nome)$/ }),
  preset: (page: Page, name: string) =>
    page.getByRole('group', { name: /^(Presets|Modelos)$/ }).getByRole('radio', { name: new RegExp(`^${name}`) }),
  profile: (page: Page, name: RegExp) => page.getByRole('group', { name: 'Profile' }).getByRole('radio', { name }),
  level: (page: Page, resource: string, level: string) =>
    page.getByRole('group', { name: resource, exact: true }).getByRole('radio', { name: level, exact: true }),
  matrix: (page: Page) => page.getByRole('group', { name: 'Permissions by resource' }),
  resources: (page: Page) => keyForm.matrix(page).getByRole('group'),
  matrixCount: (page: Page) => page.getByRole('status').filter({ hasText: /chosen/ }),
  /** How many resources are further down. */
  matrixMore: (page: Page) => page.getByText(/^\d+ more$/),
  everything: (page: Page) => page.getByRole('checkbox', { name: /^Full access/ }),
  /** What a choice needs that the own key lacks. */
  needs: (page: Page, scope: string) => page.getByRole('button', { name: scope, exact: true }),
  instances: (page: Page, choice: string) =>
    page.getByRole('radiogroup', { name: 'Instances' }).getByRole('radio', { name: choice }),
  sentence: (page: Page) => page.getByRole('complementary').getByRole('paragraph').first(),
  /** What stands between the form and its review. */
  needed: (page: Page, what: string) => page.getByRole('listitem').getByRole('button', { name: what }),
  expiry: (page: Page) => page.getByRole('textbox', { name: /^(Expires at|Expira em)/ }),
  /** The plan of what the form says now is there. */
  reviewed: (page: Page) => expect(keyForm.create(page)).toBeEnabled(),
  create: (page: Page) => page.getByRole('button', { name: 'Create key' }),
  save: (page: Page) => page.getByRole('button', { name: /^Save( \d+)? changes?$/ }),
};

/** What stands in place of a deed that is not possible. */
export const barred = (page: Page, title: string) => page.getByRole('alert').filter({ hasText: title });

/** The dialog that shows a key once. */
export const shownOnce = {
  dialog: (page: Page) => page.getByRole('dialog'),
  text: (page: Page) => page.getByRole('status', { name: 'New key' }),
  reveal: (page: Page) => page.getByRole('button', { name: 'Show key' }),
  copy: (page: Page) => page.getByRole('button', { name: 'Copy', exact: true }),
  download: (page: Page) => page.getByRole('button', { name: 'Download .env' }),
  stored: (page: Page) => page.getByRole('button', { name: 'I stored it' }),
  keepOpen: (page: Page) => page.getByRole('button', { name: 'Keep open' }),
};

/** What is said of a key whose text may not have been shown. */
export const unshown = {
  notice: (page: Page) => page.getByRole('main').getByText('May not have been shown', { exact: true }),
  again: (page: Page) => page.getByRole('link', { name: 'Revoke and create another' }),
};

export const endPage = {
  revokePath: (id: string) => `/keys/${id}/revoke`,
  deletePath: (id: string) => `/keys/${id}/delete`,
  leakedPath: (id: string) => `/keys/${id}/leaked`,
  reason: (page: Page) => page.getByLabel('Reason'),
  details: (page: Page) => page.getByLabel('Details'),
  revoke: (page: Page) => page.getByRole('button', { name: 'Revoke key' }),
  delete: (page: Page) => page.getByRole('button', { name: 'Delete key' }),
  integrations: (page: Page) => page.getByRole('region', { name: 'Integrations' }),
  leakOrder: (page: Page, name: string) =>
    page.getByRole('group', { name: 'Order' }).getByRole('radio', { name: new RegExp(`^${name}`) }),
};
