import type { Control } from '../../sandbox/wire/control/control-client.ts';
import { expect, test } from '../fixtures/test.ts';
import { listState } from '../pom/list-state.ts';
import { personsPage } from '../pom/persons.ts';
import { keysPage } from '../pom/keys/keys.ts';

const KEY = '99999990-0000-4000-8000-000000000012';
const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const JOAO = 'dddddd01-0000-4000-8000-000000000001';
const JOAO_TOO = 'dddddd02-0000-4000-8000-000000000002';
const CHAT = `instance=${WHATSAPP}&chat=any`;

type List = { at: string; reads: string; shows: RegExp };

/** Pages, what they read of Omni, and a word of what they show once it is there. */
const LISTS: Record<string, List> = {
  people: { at: '/persons?limit=50', reads: '/persons$', shows: /Cadu Pires/ },
  'a search': { at: '/persons?q=Silva&limit=50', reads: '/persons$', shows: /João Silva/ },
  keys: { at: '/keys?show=all&q=o&limit=50', reads: '/keys$', shows: /Suporte/ },
  'requests of a key': { at: `/keys/${KEY}/audit?method=GET`, reads: '/audit$', shows: /203\.0\.113\.40/ },
  'a tested chat': { at: `/routes/test?${CHAT}`, reads: `/${WHATSAPP}/routes$`, shows: /Settings in force/ },
  status: { at: '/status', reads: '/health$', shows: /Version/ },
};

/** Pages that ask for somebody before they show a form. */
const FORMS: Record<string, List> = {
  'a merge': {
    at: `/persons/merge?into=${JOAO}&from=${JOAO_TOO}`,
    reads: '/presence$',
    shows: /João Silva/,
  },
  'a link of an identity': { at: `/persons/link?from=${JOAO}`, reads: '/presence$', shows: /João Silva/ },
  'a new route': { at: `/routes/new?instance=${WHATSAPP}&person=${JOAO}`, reads: '/routes$', shows: /João Silva/ },
};

const SKELETON = /<div role="status"><span class="sr-only">Loading/;

const whole = (omni: Control, reads: string, fault: object) =>
  omni.fault({ kind: 'status', method: 'GET', path: reads, times: null, ...fault });

for (const [name, { at, reads, shows }] of Object.entries({ ...LISTS, ...FORMS })) {
  test(`page ${name}: a late answer has its skeleton's place, and comes in the same answer of the page`, async ({
    context,
    web,
    omni,
  }) => {
    await whole(omni, reads, { kind: 'hold' });
    const cookie = (await context.cookies()).map(({ name: its, value }) => `${its}=${value}`).join('; ');
    const { body } = await fetch(web.origin + at, { headers: { cookie } });
    let text = '';
    for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += part;
      // Omni answers once the skeleton has come, however long this machine took for it.
      if (SKELETON.test(text)) await omni.clearFaults();
    }
    const skeleton = text.search(SKELETON);
    expect(skeleton).toBeGreaterThan(text.indexOf('<h1'));
    expect(text.slice(skeleton)).toMatch(shows);
  });
}

for (const [name, { at, reads, shows }] of Object.entries(LISTS)) {
  test(`page ${name}: a failed read says so, and Try again keeps the address`, async ({ page, open, omni }) => {
    await whole(omni, reads, { status: 503 });
    await open(at);
    await expect(listState.problem(page).first()).toContainText('Omni is not available');
    await expect(listState.heading(page)).toBeVisible();
    if (at.startsWith('/persons?q')) await expect(listState.retry(page)).toHaveRole('button');
    else await expect(listState.retry(page).first()).toHaveAttribute('href', at);
    await omni.clearFaults();
    await listState.retry(page).first().click();
    await expect(page.getByText(shows).first()).toBeVisible();
    await expect(listState.problem(page), 'nothing is said to fail any more').toHaveText([]);
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(at);
  });
}

test.describe('a key that may see nothing', () => {
  test.use({ as: 'narrow' });

  for (const [name, { at }] of Object.entries({
    ...LISTS,
    'saved tests': { at: '/routes/tests' },
    routes: { at: '/routes' },
  })) {
    if (name === 'status') continue;
    test(`page ${name}: names the missing scope, and offers no Try again`, async ({ page, open }) => {
      await open(at);
      await expect(listState.heading(page)).toBeVisible();
      await expect(
        page
          .getByRole('main')
          .getByText(/[a-z]+:read/)
          .filter({ visible: true })
          .first(),
      ).toBeVisible();
      await expect(listState.retry(page)).toHaveCount(0);
    });
  }

  test('forbidden pages: the missing scope is named after a client navigation too, and one can go on from there', async ({
    page,
    open,
  }) => {
    await open('/');
    const alert = page.getByRole('main').getByRole('alert');
    for (const [keys, what] of [
      ['gp', 'Your key can’t read people'],
      ['gr', 'Your key can’t read routes'],
      ['gk', 'Your key can’t read keys'],
    ] as const) {
      for (const key of keys) await page.keyboard.press(key);
      await expect(alert).toContainText(what);
    }
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible();
    await expect(alert).toHaveCount(0);
  });
});

test('people: a forbidden search offers no Try again and keeps the typed text', async ({ page, open, omni }) => {
  await open('/persons');
  await whole(omni, '/persons$', { status: 403 });
  await personsPage.search(page).fill('Silva');
  await expect(listState.problem(page)).toContainText('can’t');
  await expect(listState.retry(page)).toHaveCount(0);
  await expect(personsPage.search(page)).toHaveValue('Silva');
});

test('lists: no match for a filter leads back to the whole list', async ({ page, open }) => {
  for (const [at, back] of [
    [`/keys/${KEY}/audit?path=nowhere`, 'Clear'],
    ['/activity?subject=nobody-at-all', 'Clear filter'],
    ['/keys?q=no-key-is-called-so', 'Show active keys'],
  ] as const) {
    await open(at);
    await page.getByRole('main').getByRole('link', { name: back }).last().click();
    await expect(page).toHaveURL(new RegExp(`${at.slice(0, at.indexOf('?'))}$`));
  }
  await open('/routes/health?reason=duplicate');
  await page.getByRole('button', { name: 'Show all findings' }).click();
  await expect(page).toHaveURL(/\/routes\/health$/);
  await expect(keysPage.table(page)).toHaveCount(0);
});
