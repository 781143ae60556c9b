import type { Page } from '@playwright/test';

const NUMBERS = {
  chats: / chat routes?$/,
  people: / person routes?$/,
  inactive: / inactive routes?$/,
  nobody: / routes? to nobody$/,
};

export const routeCoverage = {
  table: (page: Page) => page.getByRole('table', { name: /^(Route coverage|Cobertura das rotas)$/ }),
  row: (page: Page, name: string) =>
    routeCoverage
      .table(page)
      .getByRole('row')
      .filter({ has: page.getByRole('cell') })
      .filter({ hasText: name }),
  /** The number of a line, which opens the list of as many routes. */
  number: (page: Page, name: string, of: keyof typeof NUMBERS) =>
    routeCoverage.row(page, name).getByRole('link', { name: NUMBERS[of] }),
  sort: (page: Page, name: string) => routeCoverage.table(page).getByRole('columnheader', { name }).getByRole('link'),
};
