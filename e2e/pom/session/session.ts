import type { Page } from '@playwright/test';

export const sessionDialog = {
  warning: (page: Page) => page.getByRole('alertdialog', { name: 'Are you still there?' }),
  limit: (page: Page) => page.getByRole('alertdialog', { name: 'Your session reaches its time limit' }),
  ended: (page: Page) => page.getByRole('alertdialog', { name: 'Your session has ended' }),
  moved: (page: Page) => page.getByRole('alertdialog', { name: 'This browser has moved on' }),
  proof: (page: Page) => page.getByRole('dialog', { name: 'Type your key again' }),
  key: (page: Page) => page.getByLabel('API key'),
  stay: (page: Page) => page.getByRole('button', { name: 'Stay signed in' }),
  /** As if one came back to the tab after doing something else. */
  lookAgain: (page: Page) => page.evaluate(() => window.dispatchEvent(new Event('focus'))),
};

/** What the console tells this browser of its session. */
export async function ownSession(page: Page): Promise<{ sid: string; idleEndsAt: number; now: number }> {
  return (await page.request.get('/api/session')).json();
}
