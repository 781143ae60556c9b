import { expect, test } from '../fixtures/test.ts';
import { personsPage } from '../pom/persons.ts';
import { signInPage } from '../pom/session/sign-in.ts';

const KEY = 'omni_sk_StolenFromSomewhere0000000000000';

test('any page: a key in the address is taken out and warned about, and one goes on from there', async ({
  page,
  context,
  log,
  web,
}) => {
  log.expectLogged(/request\.secret_in_address/);
  await page.goto(`/persons?api_key=${KEY}&q=Silva`);
  expect(page.url()).not.toContain('omni_sk_');
  await expect(signInPage.reason(page)).toContainText('have it rotated');
  await page.getByRole('link', { name: 'Continue' }).click();
  await expect(page).toHaveURL(`${web.origin}/persons?q=Silva`);
  await expect(personsPage.person(page, 'João Silva')).toBeVisible();
  const data = await context.request.get(`/api/lookup/persons?q=${KEY}`, { maxRedirects: 0 });
  expect(data.status()).toBe(400);
});

test.describe('signed out', () => {
  test.use({ as: 'nobody' });

  test('sign-in: the warning about a key in the address stands above the form, and signing in goes on to the clean address', async ({
    page,
    open,
    log,
    sandbox,
    web,
  }) => {
    log.expectLogged(/request\.secret_in_address/);
    await open(`/persons?q=Silva&api_key=${KEY}`);
    await expect(signInPage.reason(page)).toContainText('have it rotated');
    await signInPage.signIn(page, sandbox.keys.support, 'Demo');
    await expect(page).toHaveURL(`${web.origin}/persons?q=Silva`);
  });
});

test('/api/health: a health check may ask by any host, a page may not', async ({ page }) => {
  const headers = { host: '10.0.0.7:3000' };
  expect((await page.request.get('/api/health/live', { headers })).status()).toBe(200);
  expect((await page.request.get('/persons', { headers, maxRedirects: 0 })).status()).toBe(421);
  expect((await page.request.get('/api/lookup/persons?q=a', { headers })).status()).toBe(421);
});

test('POST /persons: a body larger than any form is refused', async ({ page, web }) => {
  const answer = await page.request.post('/persons', {
    headers: { origin: web.origin, 'content-type': 'text/plain;charset=UTF-8' },
    data: 'x'.repeat(1_100_000),
  });
  expect(answer.status()).toBe(413);
});
