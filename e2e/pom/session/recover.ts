import type { Page } from '@playwright/test';

export const recoverPage = {
  heading: (page: Page) => page.getByRole('heading', { name: 'Recover access', level: 1 }),
  diagnosis: (page: Page) => page.getByRole('region', { name: 'What is wrong?' }),
  machine: (page: Page) => page.getByRole('region', { name: 'On the machine Omni runs on' }),
  code: (page: Page) => page.getByRole('region', { name: /code from this machine/ }),
  findings: (page: Page) => recoverPage.diagnosis(page).getByRole('status'),
  diagnose: async (page: Page, key: string): Promise<void> => {
    await recoverPage.diagnosis(page).getByLabel('The key that does not work').fill(key);
    await recoverPage.diagnosis(page).getByRole('button', { name: 'Check', exact: true }).click();
  },
  print: (page: Page) => recoverPage.code(page).getByRole('button', { name: /^(Show a code|Another code)/ }),
  problem: (page: Page) => recoverPage.code(page).getByRole('alert'),
  typed: (page: Page) => recoverPage.code(page).getByLabel('Code', { exact: true }),
  type: async (page: Page, code: string): Promise<void> => {
    await recoverPage.typed(page).fill(code);
    await recoverPage.code(page).getByRole('button', { name: 'Sign in' }).click();
  },
};
