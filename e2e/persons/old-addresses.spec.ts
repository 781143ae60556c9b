import { expect, test } from '../fixtures/test.ts';
import { mergePage } from '../pom/operations.ts';
import { signInPage } from '../pom/session/sign-in.ts';

const JOAO = 'dddddd01-0000-4000-8000-000000000001';
const OTHER = 'dddddd07-0000-4000-8000-000000000007';

test('persons.merge: an address of before opens as today', async ({ page, open }) => {
  await open(`/persons/merge?stays=${JOAO}&goes=${OTHER}&fields=displayName.goes`);
  await expect(page).toHaveURL(
    new RegExp(`/persons/merge\\?into=${JOAO}&from=${OTHER}&fields=displayName\\.duplicate`),
  );
  await expect(mergePage.merge(page)).toBeVisible();
});

test.describe('signed out', () => {
  test.use({ as: 'nobody' });
  test('persons.merge: an address of before opens as today after sign-in', async ({ page, open, sandbox }) => {
    await open(`/persons/merge?stays=${JOAO}&goes=${OTHER}`);
    await signInPage.signIn(page, sandbox.keys.admin, 'Demo');
    await expect(page).toHaveURL(new RegExp(`/persons/merge\\?into=${JOAO}&from=${OTHER}`));
    await expect(mergePage.merge(page)).toBeVisible();
  });
});
