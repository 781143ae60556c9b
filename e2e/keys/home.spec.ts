import { expect, test } from '../fixtures/test.ts';
import { dropKeys } from '../fixtures/keys-bed.ts';
import { homePage } from '../pom/home.ts';
import { keysPage } from '../pom/keys/keys.ts';

const DAY = 86_400_000;

/** Microseconds, as Omni keeps moments. */
const FAR = 1000 * 1000 * DAY;

test.afterEach(async ({ omni }) => {
  await dropKeys(omni);
  await omni.write('UPDATE api_keys SET expires_at = expires_at - ? WHERE expires_at IS NOT NULL', [FAR]);
});

test('home: among 150 keys those that expire next come first, then those that expired lately; all that expire soon are counted', async ({
  page,
  open,
  omni,
  smallWorld,
}) => {
  await smallWorld();
  const key = (name: string, days: number | null, more: object = {}) => ({
    name,
    keyHash: name,
    scopes: ['persons:read'],
    createdBy: 'Massa',
    createdAt: 1000 * (Date.now() - 400 * DAY),
    expiresAt: days === null ? null : 1000 * (Date.now() + days * DAY),
    ...more,
  });
  // The keys a sandbox starts with expire later than any of these, for as long as this test runs.
  await omni.write('UPDATE api_keys SET expires_at = expires_at + ? WHERE expires_at IS NOT NULL', [FAR]);
  await omni.rows({
    api_keys: [
      ...Array.from({ length: 130 }, (_, n) => key(`sem-fim-${n}`, null, { createdAt: 1000 * Date.now() })),
      ...Array.from({ length: 5 }, (_, n) => key(`antiga-${n}`, -60 - n)),
      ...Array.from({ length: 3 }, (_, n) => key(`logo-${n}`, 3.5 + n)),
      ...Array.from({ length: 2 }, (_, n) =>
        key(`passou-${n}`, -1.5 - n, { lastUsedAt: 1000 * (Date.now() - 2 * DAY) }),
      ),
      key('revogada', 1, { status: 'revoked' }),
    ],
  });
  const keys = homePage.finding(page, 'Expiring and expired keys');
  const named = () =>
    keys.getByRole('listitem').evaluateAll((all) => all.map((one) => /[a-z]+-\d/.exec(one.textContent ?? '')?.[0]));
  await open('/');
  await expect(keys.getByRole('link', { name: '3 keys expire soon' })).toBeVisible();
  expect(await named()).toEqual(['logo-0', 'logo-1', 'logo-2', 'passou-1', 'passou-0']);
  await expect(keys).toContainText('Omni doesn’t list the newest keys, so they weren’t checked.');

  await omni.rows({ api_keys: Array.from({ length: 6 }, (_, n) => key(`hoje-${n}`, 0.5 + n / 10)) });
  await page.reload();
  await expect(keys.getByRole('link', { name: '9 keys expire soon' })).toBeVisible();
  expect(await named()).toEqual(['hoje-0', 'hoje-1', 'hoje-2', 'hoje-3', 'hoje-4']);
  await keys.getByRole('link', { name: '9 keys expire soon' }).click();
  await page.waitForURL(/\/keys\?show=expires_soon/);
  await expect(keysPage.rows(page)).toHaveCount(9);
  await expect(keysPage.rows(page).first()).toContainText('hoje-0');
});
