import { expect, test } from '../fixtures/test.ts';
import { makePeople } from '../fixtures/people.ts';
import { signInAnew } from '../fixtures/small-world.ts';
import { personPage, personsPage } from '../pom/persons.ts';
import { mergePage } from '../pom/operations.ts';

test('who stays is chosen first; a search that fails says so and is tried again; the address keeps what is chosen', async ({
  page,
  open,
  omni,
}) => {
  const family = `Escolha${Date.now() % 1e6}`;
  const [ana, bia] = await makePeople(omni, { name: `${family} Ana` }, { name: `${family} Bia` });
  if (!ana || !bia) throw new Error('nobody');
  await open('/persons/merge');
  await expect(page.getByRole('heading', { name: 'Who stays?' })).toBeVisible();
  await omni.fault({ kind: 'status', status: 500, method: 'GET', path: '/persons$', times: 10 });
  await personsPage.search(page).fill(family);
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  await omni.clearFaults();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('button', { name: ana.name }).click();
  await page.waitForURL(new RegExp(`stays=${ana.id}`));
  await personsPage.search(page).fill(bia.id.toUpperCase());
  await page.waitForURL(new RegExp(`goes=${bia.id}`, 'i'));
  await expect(mergePage.join(page)).toBeVisible();
  await page.getByRole('radio', { name: bia.name }).check();
  await page.waitForURL(/fields=displayName\.goes/);
  await open(page.url());
  await expect(page.getByRole('radio', { name: bia.name })).toBeChecked();
});

test('an instance whose routes do not answer is named on the page of a person', async ({
  page,
  open,
  omni,
  context,
  web,
}) => {
  const [ana] = await makePeople(omni, {});
  if (!ana) throw new Error('nobody');
  const [instance] = await omni.sql('SELECT name FROM instances WHERE id = ?', [
    '11111111-1111-4111-8111-111111111111',
  ]);
  await omni.fault({
    kind: 'status',
    status: 500,
    method: 'GET',
    path: '/instances/11111111-1111-4111-8111-111111111111/routes$',
    times: null,
  });
  await signInAnew(context, web, omni);
  await open(personPage.path(ana.id));
  await expect(page.getByText(`These instances did not answer: ${String(instance?.name)}`)).toBeVisible();
});

test.describe('with a key that cannot see access rules', () => {
  test.use({ as: 'operator' });
  test('a merge is refused, with a link that carries the choices', async ({ page, open, omni, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const [ana, bia] = await makePeople(omni, {}, {});
    if (!ana || !bia) throw new Error('nobody');
    await open(`${mergePage.path(ana.id, bia.id)}&fields=displayName.goes`);
    await expect(page.getByText(/cannot see access rules/)).toBeVisible();
    await page.getByRole('button', { name: 'Copy the link with these choices' }).click();
    await expect(page.getByText('Copied')).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`fields=displayName.goes`);
  });
});
