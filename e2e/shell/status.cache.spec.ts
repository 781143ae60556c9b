import type { Page } from '@playwright/test';
import { axe } from '../a11y/axe.ts';
import { expect, test } from '../fixtures/test.ts';

const card = (page: Page) => page.getByRole('region', { name: "Omni's route cache" });

for (const scheme of ['light', 'dark'] as const) {
  test.describe(scheme, () => {
    test.use({ colorScheme: scheme });

    test('status: the route cache is shown as plots and a table, read every five seconds, and not while the tab is hidden', async ({
      page,
      open,
      omni,
    }) => {
      await page.clock.install();
      await open('/status');
      // The page's clock stands from here on: how often it asks does not depend on how fast this machine is.
      await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1));
      await expect(card(page).getByRole('img', { name: /^Hit rate: from/ })).toBeVisible();
      for (let asked = 0; asked < 4; asked += 1) {
        await omni.whoAnswers(
          { instanceId: '11111111-1111-4111-8111-111111111111', personId: 'dddddd22-0000-4000-8000-000000000022' },
          true,
        );
      }
      await page.clock.runFor(5100);
      await expect(card(page).getByText(/2 readings/)).toBeVisible();
      await expect(card(page).getByText(/\+[34] since you opened this/)).toBeVisible();
      await card(page).getByText('The figures as a table').click();
      await expect(card(page).getByRole('row')).toHaveCount(3);
      await axe(page);

      await page.evaluate(() => {
        Object.defineProperty(document, 'hidden', { value: true, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      });
      await expect(card(page).getByText('paused while the tab is hidden')).toBeVisible();
      await omni.clearCalls();
      await page.clock.runFor(60_000);
      expect((await omni.calls()).items.filter(({ path }) => path.endsWith('/routes/metrics'))).toEqual([]);
      await page.evaluate(() => {
        Object.defineProperty(document, 'hidden', { value: false, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      });
      await expect(card(page).getByText(/3 readings/)).toBeVisible();
    });
  });
}

test.describe('a key without routes:read', () => {
  test.use({ as: 'narrow' });

  test('status: the route cache names the missing scope', async ({ page, open }) => {
    await open('/status');
    await expect(card(page).getByRole('alert')).toContainText('routes:read');
  });
});
