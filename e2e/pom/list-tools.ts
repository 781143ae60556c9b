import type { Locator, Page } from '@playwright/test';

/** What every list has: filters, saved views, columns, selection, the menus of rows and of the page. */
export const listTools = {
  views: (page: Page) => page.getByRole('button', { name: /^Views?(:|$)/ }),
  view: (page: Page, name: string) => page.getByRole('list', { name: 'Saved views' }).getByRole('link', { name }),
  name: (page: Page) => page.getByRole('textbox', { name: 'Name of this view' }),
  save: (page: Page) => page.getByRole('button', { name: 'Save', exact: true }),
  remove: (page: Page, name: string) => page.getByRole('button', { name: `Delete the view ${name}` }),
  columns: (page: Page) => page.getByRole('button', { name: 'Columns' }),
  column: (page: Page, name: string) => page.getByRole('group', { name: 'Columns' }).getByRole('checkbox', { name }),
  /** The button that opens all of it on a phone. */
  fold: (page: Page) => page.getByRole('button', { name: /^Filters( \d+)?$/ }),
  /** On a phone, inside of it: the order, which the heads are for elsewhere. */
  order: (page: Page) => page.getByRole('combobox', { name: 'Order' }),
  chip: (page: Page, label: string) =>
    page.getByRole('list', { name: 'Filters in effect' }).getByRole('button', { name: new RegExp(`^${label}: `) }),
  unset: (page: Page, label: string) => page.getByRole('button', { name: `Remove filter ${label}` }),
  /** Sets a filter as somebody does who types what they look for. */
  async filter(page: Page, label: string, value: string) {
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    const field = page.getByRole('combobox', { name: 'Find a filter or value' });
    await field.fill(`${label} ${value}`);
    await page.getByRole('option', { name: `${label}: ${value}` }).click();
  },
  /** Sets a filter that is typed. */
  async typed(page: Page, label: string, value: string) {
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('option', { name: label, exact: true }).click();
    const box = page.getByRole('dialog', { name: label });
    await box.getByLabel(label).fill(value);
    await box.getByRole('button', { name: 'Apply' }).click();
  },
  count: (page: Page) =>
    page
      .getByRole('main')
      .getByRole('status')
      .filter({ hasText: /^[\d,.]+( of [\d,.]+| so far)?$/ }),
  selection: (page: Page) => page.getByRole('region', { name: 'Selection' }),
  /** An action of a row, in its menu. */
  async menu(page: Page, row: Locator) {
    await row.hover();
    await row.getByRole('button', { name: /^Actions for/ }).click();
    await page.getByRole('menu', { name: /^Actions for/ }).waitFor();
  },
  async act(page: Page, row: Locator, name: string | RegExp) {
    await listTools.menu(page, row);
    await page.getByRole('menuitem', { name }).click();
  },
  more: (page: Page) => page.getByRole('button', { name: 'More', exact: true }),
  /** The list as a file, from the page's menu. */
  async file(page: Page, name = 'Export as CSV') {
    await listTools.more(page).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name, exact: true }).click(),
    ]);
    return file;
  },
};
