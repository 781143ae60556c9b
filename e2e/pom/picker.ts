import type { Page } from '@playwright/test';

/** Where one thing is picked by name. */
export const picker = {
  field: (page: Page, name: string | RegExp) => page.getByRole('combobox', { name }),
  option: (page: Page, name: string | RegExp) => page.getByRole('option', { name }),
  options: (page: Page) => page.getByRole('listbox').getByRole('option'),
  again: (page: Page) => page.getByRole('button', { name: 'Try again' }),
  /** The option that Enter would take, as the field tells it. */
  active: async (page: Page, name: string | RegExp): Promise<string | null> =>
    picker.field(page, name).evaluate((field) => {
      const id = field.getAttribute('aria-activedescendant');
      return id === null ? null : (document.getElementById(id)?.textContent ?? null);
    }),
};
