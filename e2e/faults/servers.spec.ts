import { expect, test } from '../fixtures/test.ts';
import { signInPage } from '../pom/session/sign-in.ts';

test.use({ as: 'nobody' });

const SENTENCES: readonly [server: string, title: string, advice: RegExp][] = [
  ['Down', 'Omni is not answering', /Is Omni running\?/],
  ['Slow', 'Omni took too long', /Try again/],
  ['Not Omni', 'This is not Omni', /Check OMNI_SERVERS/],
  ['Elsewhere', 'The server redirects to another address', /Check the address/],
  ['Untrusted', 'The server’s certificate is not trusted', /expired, be for another name, or be self-signed/],
  ['Broken', 'The connection broke', /Try again/],
];

for (const [server, title, advice] of SENTENCES) {
  test(`sign-in to the server ${server}: "${title}", and what to do`, async ({ page, open, sandbox }) => {
    await open('/login');
    await signInPage.signIn(page, sandbox.keys.support, server);
    await expect(signInPage.alert(page)).toContainText(new RegExp(title.replace('’', '.')));
    await expect(signInPage.alert(page)).toContainText(advice);
    await expect(signInPage.submit(page)).toBeEnabled();
  });
}

test('sign-in: a redirect is never followed with a key', async ({ page, open, sandbox, odd }) => {
  await open('/login');
  await signInPage.signIn(page, sandbox.keys.support, 'Elsewhere');
  await expect(signInPage.alert(page)).toBeVisible();
  expect(odd.followed).toEqual([]);
});
