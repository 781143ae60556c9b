import type { Page } from '@playwright/test';

export const sessionDialog = {
  warning: (page: Page) => page.getByRole('alertdialog', { name: 'Are you still there?' }),
  limit: (page: Page) => page.getByRole('alertdialog', { name: 'Your session is about to end' }),
  ended: (page: Page) => page.getByRole('alertdialog', { name: 'Your session has ended' }),
  moved: (page: Page) => page.getByRole('alertdialog', { name: 'This browser uses another session now' }),
  proof: (page: Page) => page.getByRole('dialog', { name: 'Type your key again' }),
  key: (page: Page) => page.getByLabel('API key'),
  stay: (page: Page) => page.getByRole('button', { name: 'Stay signed in' }),
  /** As if the user came back to the tab. */
  returnToTab: (page: Page) => page.evaluate(() => window.dispatchEvent(new Event('focus'))),
};

/** The session of this browser, as `/api/session` reports it. */
export async function ownSession(page: Page): Promise<{ sid: string; idleEndsAt: number; now: number }> {
  return (await page.request.get('/api/session')).json();
}
