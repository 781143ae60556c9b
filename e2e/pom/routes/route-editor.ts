import { expect, type Page } from '@playwright/test';

export const routeEditor = {
  path: (instance: string, route: string) => `/routes/${instance}/${route}`,
  newPath: (query: Record<string, string>) => `/routes/new?${new URLSearchParams(query).toString()}`,
  agent: (page: Page) => page.getByRole('combobox', { name: 'Agent' }),
  target: (page: Page, what: 'chats' | 'people') =>
    page.getByRole('combobox', { name: what === 'chats' ? 'Chat' : 'Person', exact: true }),
  option: (page: Page, name: string | RegExp) => page.getByRole('option', { name }),
  /** Finds an override and adds it. */
  async add(page: Page, name: string) {
    await page.getByRole('combobox', { name: 'Add override' }).fill(name);
    await routeEditor.option(page, name).first().click();
  },
  setting: (page: Page, name: string) => page.getByRole('radiogroup', { name }),
  value: (page: Page, name: string) => page.getByRole('textbox', { name }),
  /** The overrides of the route, and those that are cleared. */
  overrides: (page: Page) => page.getByRole('region', { name: /overrides?$/ }),
  /** What saving changes, and afterwards what it changed. */
  review: (page: Page) => page.getByRole('region', { name: /^(Review|Result)$/ }),
  save: (page: Page) => page.getByRole('button', { name: /^Save( \d+)?( changes?)?$/ }),
  create: (page: Page) => page.getByRole('button', { name: 'Create route' }),
};

export const routeTest = {
  path: (query: Record<string, string>) => `/routes/test?${new URLSearchParams(query).toString()}`,
  answer: (page: Page) => page.getByRole('region', { name: 'Answer' }),
  /** Who answers, or why nobody does: the headline. */
  verdict: (page: Page) => routeTest.answer(page).getByRole('status'),
  /** One part of the way of a message. */
  part: (page: Page, name: 'Access' | 'Chat route' | 'Person route' | 'Default agent' | 'Agent' | 'Provider') =>
    page
      .getByRole('list', { name: 'Routing chain' })
      .getByRole('listitem')
      .filter({ has: page.getByText(name, { exact: true }) }),
  settings: (page: Page) => page.getByRole('region', { name: 'Settings in force' }),
  /** Opens the dialog that saves the question as a test. */
  saveTest: (page: Page) => page.getByRole('button', { name: 'Save test' }).first(),
  save: (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'Save test' }),
  /** Saves the question as a test under a name. */
  async saveAs(page: Page, name: string) {
    await routeTest.saveTest(page).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(name);
    await routeTest.save(page).click();
    await expect(page.getByText('Saved.')).toBeVisible();
  },
};
