import type { Page } from '@playwright/test';

/** Tabs until the element has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, name: string | RegExp, role: 'link' | 'button' | 'checkbox' | 'textbox') {
  for (let tabs = 0; tabs < 120; tabs += 1) {
    const target = page.getByRole(role, { name }).first();
    if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${role} ${String(name)}`);
}
