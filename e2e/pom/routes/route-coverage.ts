import type { Page } from '@playwright/test';

const COLUMNS = ['name', 'chats', 'people', 'inactive', 'nobody'] as const;

type Column = Exclude<(typeof COLUMNS)[number], 'name'>;

export const routeCoverage = {
  table: (page: Page) => page.getByRole('table', { name: /^(Route coverage|Cobertura das rotas)$/ }),
  row: (page: Page, name: string) =>
    routeCoverage
      .table(page)
      .getByRole('row')
      .filter({ has: page.getByRole('cell') })
      .filter({ hasText: name }),
  cell: (page: Page, name: string, column: Column) =>
    routeCoverage.row(page, name).getByRole('cell').nth(COLUMNS.indexOf(column)),
  /** The number of a line, which opens the list of as many routes. */
  number: (page: Page, name: string, column: Column) => routeCoverage.cell(page, name, column).getByRole('link'),
  sort: (page: Page, name: string) => routeCoverage.table(page).getByRole('columnheader', { name }).getByRole('link'),
};
