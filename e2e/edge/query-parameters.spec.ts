import { expect, test } from '../fixtures/test.ts';
import { personsPage } from '../pom/persons.ts';
import { signInPage } from '../pom/session/sign-in.ts';

const GARBAGE: readonly [what: string, query: string][] = [
  ['a limit that is no number', 'limit=lots'],
  ['a negative limit', 'limit=-20'],
  ['a limit of its own', 'limit=37'],
  ['a huge limit', 'limit=999999999999999999999'],
  ['duplicated limits', 'limit=50&limit=100&limit=x'],
  ['a position that is garbage', 'at=%F0%9F%92%A9'],
  ['a position that is not one of ours', 'at=bm90LWEtcG9zaXRpb24'],
  ['duplicated positions', 'at=a&at=b'],
  ['a huge position', `at=${'x'.repeat(6000)}`],
  ['unknown parameters', 'foo=bar&__proto__[x]=1&constructor=1'],
  ['broken percent signs', 'limit=%&at=%E0%A4%A'],
];

for (const [what, query] of GARBAGE) {
  test(`/persons: ${what} shows the list as always`, async ({ page, open }) => {
    await open(`/persons?${query}`);
    await expect(personsPage.heading(page)).toBeVisible();
    await expect(personsPage.rows(page).first()).toBeVisible();
  });
}

const QUERIES: readonly [what: string, query: string][] = [
  ['duplicated queries: the first counts', 'q=Silva&q=Souza'],
  ['a query that is only spaces', 'q=%20%20%20'],
  ['a query of wildcards', 'q=%25_%25'],
  ['a query with a zero byte', 'q=%00'],
  ['a query with a lone surrogate', 'q=%ED%A0%80'],
  ['a query of broken percent signs', 'q=%E0%A4%A'],
  ['SQL', "q='%3B%20DROP%20TABLE%20persons%3B--"],
  ['markup', 'q=%3Cscript%3Ealert(1)%3C%2Fscript%3E'],
  ['a huge query', `q=${'Silva%20'.repeat(800)}`],
];

for (const [what, query] of QUERIES) {
  test(`/persons search: ${what} is an answer, not an error`, async ({ page, open }) => {
    await open(`/persons?${query}`);
    await expect(personsPage.heading(page)).toBeVisible();
    await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
  });
}

test('/persons search: the first of duplicated queries is searched for', async ({ page, open }) => {
  await open('/persons?q=Silva&q=Souza');
  await expect(personsPage.search(page)).toHaveValue('Silva');
  await expect(personsPage.person(page, 'João Silva')).toBeVisible();
});

test('/persons: rows per page come from the address', async ({ page, open }) => {
  await open('/persons?limit=50');
  await expect(personsPage.rows(page)).toHaveCount(50);
  await personsPage.next(page).click();
  await expect(personsPage.newest(page)).toBeVisible();
  await expect(personsPage.rows(page)).toHaveCount(50);
});

test.describe('signed out', () => {
  test.use({ as: 'nobody' });

  for (const query of [
    'reason=%00&next=%00',
    'reason=toString&next[]=x',
    'reason=a&reason=b',
    `next=/${'x'.repeat(6000)}`,
  ]) {
    test(`/login: the sign-in page stands with ${query.slice(0, 40)}`, async ({ page, open }) => {
      await open(`/login?${query}`);
      await expect(signInPage.heading(page)).toBeVisible();
    });
  }
});
