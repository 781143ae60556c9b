import { expect, test } from '../fixtures/test.ts';
import { homePage } from '../pom/home.ts';
import { personsPage } from '../pom/persons.ts';
import { shell } from '../pom/shell.ts';
import { signInPage } from '../pom/session/sign-in.ts';

test.use({ as: 'nobody' });

test('sign-in: the right key opens Home, and in People João is found by typing Silva', async ({
  page,
  open,
  sandbox,
}) => {
  await open('/');
  await expect(signInPage.heading(page)).toBeVisible();
  await signInPage.yourName(page).fill('Ana Luíza 🌻');
  await signInPage.signIn(page, sandbox.keys.support, 'Demo');
  await expect(homePage.heading(page)).toBeVisible();
  await shell.room(page, 'People').click();
  await expect(personsPage.rows(page)).toHaveCount(20);
  await personsPage.search(page).fill('Silva');
  await expect(personsPage.person(page, 'João Silva')).toBeVisible();
  await expect(page).toHaveURL(/\/persons\?q=Silva$/);
});

test('people: a search for joao without its accent finds João too', async ({ page, open, sandbox }) => {
  await open('/login?next=/persons');
  await signInPage.signIn(page, sandbox.keys.viewer, 'Demo');
  await personsPage.search(page).fill('joao silva');
  await expect(personsPage.person(page, 'João Silva')).toBeVisible();
});

test('sign-in: leads to the requested page', async ({ page, open, sandbox }) => {
  await open('/persons?q=Silva');
  await expect(page).toHaveURL(/\/login\?/);
  await signInPage.signIn(page, sandbox.keys.support, 'Demo');
  await expect(personsPage.search(page)).toHaveValue('Silva');
  await expect(personsPage.person(page, 'João Silva')).toBeVisible();
});

test('sign-in: the key can be shown and hidden, and is required', async ({ page, open }) => {
  await open('/login');
  await expect(signInPage.key(page)).toHaveAttribute('type', 'password');
  await signInPage.key(page).fill('omni_sk_x');
  await signInPage.showKey(page).click();
  await expect(signInPage.key(page)).toHaveAttribute('type', 'text');
  await signInPage.key(page).fill('');
  await signInPage.submit(page).click();
  await expect(signInPage.key(page)).toBeFocused();
  await expect(signInPage.key(page)).toHaveAccessibleDescription(/^Enter the key\./);
});

test('sign-out: ends the session and says so', async ({ page, open, sandbox }) => {
  await open('/login');
  await signInPage.signIn(page, sandbox.keys.support, 'Demo');
  await expect(homePage.heading(page)).toBeVisible();
  await shell.signOut(page);
  await expect(signInPage.heading(page)).toBeVisible();
  await expect(signInPage.reason(page)).toHaveText('You are signed out.');
  await open('/persons');
  await expect(signInPage.heading(page)).toBeVisible();
});

for (const next of ['https://example.com/', '//example.com/', '/\\example.com', 'javascript:alert(1)']) {
  test(`sign-in: never leads to ${next}`, async ({ page, open, sandbox, web }) => {
    await open(`/login?next=${encodeURIComponent(next)}`);
    await signInPage.signIn(page, sandbox.keys.support, 'Demo');
    await expect(homePage.heading(page)).toBeVisible();
    expect(new URL(page.url()).origin).toBe(web.origin);
  });
}

for (const [what, wrap] of [
  ['a line of a file', (key: string) => `OMNI_API_KEY="${key}"`],
  ['a header', (key: string) => `Authorization: Bearer ${key}`],
] as const) {
  test(`sign-in: the key is taken out of ${what} that was pasted`, async ({ page, open, sandbox }) => {
    await open('/login');
    await signInPage.signIn(page, wrap(sandbox.keys.support), 'Demo');
    await expect(homePage.heading(page)).toBeVisible();
  });
}

test('sign-in: a key that the browser filled in without a word is read when it is sent', async ({
  page,
  open,
  sandbox,
}) => {
  await open('/login');
  await signInPage.server(page).selectOption({ label: 'Demo' });
  await signInPage.key(page).evaluate((field: HTMLInputElement, key) => (field.value = key), sandbox.keys.support);
  await signInPage.submit(page).click();
  await expect(homePage.heading(page)).toBeVisible();
});
