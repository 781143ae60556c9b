import type { Page } from '@playwright/test';
import { axe } from '../a11y/axe.ts';
import { expect, test } from '../fixtures/test.ts';

const card = (page: Page) => page.getByRole('region', { name: 'Omni’s route cache' });

/** The page's clock stands: how often it asks does not depend on how fast this machine is. */
async function stopClock(page: Page): Promise<void> {
  // The clock cannot be stopped in the past, and goes on until the browser hears of it.
  await expect(async () => page.clock.pauseAt(await page.evaluate(() => Date.now() + 2000))).toPass();
}

const readings = async (page: Page) => Number(/(\d+) readings?/.exec((await card(page).textContent()) ?? '')?.[1] ?? 1);

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
      await stopClock(page);
      for (let asked = 0; asked < 4; asked += 1) {
        await omni.whoAnswers(
          { instanceId: '11111111-1111-4111-8111-111111111111', personId: 'dddddd22-0000-4000-8000-000000000022' },
          true,
        );
      }
      const first = await readings(page);
      // The five seconds begin with the last answer, which may still be coming.
      const readSoon = async () => {
        await page.clock.runFor(500);
        return readings(page);
      };
      await expect.poll(readSoon).toBe(first + 1);
      await expect(card(page).getByRole('img', { name: /^Hit rate: from/ })).toBeVisible();
      await expect(card(page).getByText(/^\+[34]$/)).toBeVisible();
      await card(page).getByText('Show as table').click();
      await expect(card(page).getByRole('row')).toHaveCount(first + 2);
      await page.clock.resume();
      await axe(page);
      await stopClock(page);

      await page.evaluate(() => {
        Object.defineProperty(document, 'hidden', { value: true, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      });
      await expect(card(page).getByText('paused while the tab is hidden')).toBeVisible();
      await omni.clearCalls();
      await page.clock.runFor(60_000);
      expect((await omni.calls()).items.filter(({ path }) => path.endsWith('/routes/metrics'))).toEqual([]);
      const before = await readings(page);
      await page.evaluate(() => {
        Object.defineProperty(document, 'hidden', { value: false, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      });
      await expect.poll(() => readings(page)).toBe(before + 1);
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

test('status: where Omni looked up no route, its cache has no hit rate', async ({ page, open, omni }) => {
  await omni.restart();
  await open('/status');
  await expect(card(page)).toContainText('Hit rate—');
});
