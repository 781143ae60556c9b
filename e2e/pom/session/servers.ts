import type { Page } from '@playwright/test';

export const servers = {
  menu: (page: Page) => page.getByRole('button', { name: /^Server: .*Choose another$/ }),
  item: (page: Page, name: string) => page.getByRole('menuitemradio', { name: new RegExp(name) }),
  turnTo: async (page: Page, name: string): Promise<void> => {
    await servers.menu(page).click();
    await servers.item(page, name).click();
  },
};
