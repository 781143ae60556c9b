import { homePage } from '../pom/home.ts';
import { expect, test } from '../fixtures/test.ts';
import { signInPage } from '../pom/session/sign-in.ts';

test.use({ as: 'nobody' });

const UNKNOWN = `omni_sk_${'Zz9'.repeat(10)}Zz`;

const BAD: readonly [what: string, key: string, sentence: RegExp][] = [
  ['an unknown key', UNKNOWN, /mistyped, revoked or expired/],
  ['a key cut short', 'omni_sk_abc', /32 letters and digits/],
  ['something that is no key', 'hunter2', /starts with omni_sk_/],
  ['a key with an accent in it', `omni_sk_${'é'.repeat(32)}`, /32 letters and digits/],
  ['a huge key', `omni_sk_${'a'.repeat(20_000)}`, /32 letters and digits/],
];

for (const [what, key, sentence] of BAD) {
  test(`sign-in: ${what} gets a sentence that says what to do`, async ({ page, open }) => {
    await open('/login');
    await signInPage.signIn(page, key, 'Demo');
    await expect(signInPage.alert(page)).toContainText(sentence);
    await expect(signInPage.submit(page)).toBeEnabled();
    await expect(page).toHaveURL(/\/login$/);
  });
}

for (const name of ['expired', 'revoked'] as const) {
  test(`sign-in with a key that is ${name}: Omni answers as for an unknown key, and the page says so`, async ({
    page,
    open,
    sandbox,
  }) => {
    await open('/login');
    await signInPage.signIn(page, sandbox.keys[name] ?? '', 'Demo');
    await expect(signInPage.alert(page)).toContainText(/mistyped, revoked or expired: Omni doesn’t report which/);
  });
}

test('sign-in: spaces and line breaks around a pasted key do not matter', async ({ page, open, sandbox }) => {
  await open('/login');
  await signInPage.signIn(page, `  ${sandbox.keys.support}\t`, 'Demo');
  await expect(homePage.heading(page)).toBeVisible();
});

test('sign-in: a valid key that may see nothing signs in, to a page it can use, and is told elsewhere what it lacks', async ({
  page,
  open,
  sandbox,
}) => {
  await open('/login');
  await signInPage.signIn(page, sandbox.keys.narrow ?? '', 'Demo');
  await expect(homePage.heading(page)).toBeVisible();
  await open('/persons');
  await expect(page.getByRole('main').getByRole('alert')).toContainText('persons:read');
});
