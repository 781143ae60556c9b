import { expect, test } from '../fixtures/test.ts';
import { makePeople } from '../fixtures/people.ts';
import { personPage } from '../pom/persons.ts';
import { picker } from '../pom/picker.ts';
import { mergePage } from '../pom/operations.ts';

test('persons.merge: the kept record is chosen first; a search that fails says so and is tried again; the address keeps what is chosen', async ({
  page,
  open,
  omni,
}) => {
  const family = `Escolha${Date.now() % 1e6}`;
  const [ana, bia] = await makePeople(omni, { name: `${family} Ana` }, { name: `${family} Bia` });
  if (!ana || !bia) throw new Error('nobody');
  await open('/persons/merge');
  await expect(page.getByRole('heading', { name: 'Which record is kept?' })).toBeVisible();
  // It is all there is to do here, so its list is open.
  await expect(picker.field(page, 'Which record is kept?')).toBeFocused();
  await expect(picker.options(page).first()).toBeVisible();
  await omni.fault({ kind: 'status', status: 500, method: 'GET', path: '/persons$', times: null });
  await picker.field(page, 'Which record is kept?').fill(family);
  await expect(picker.again(page)).toBeVisible();
  await omni.clearFaults();
  await picker.again(page).click();
  await picker.option(page, new RegExp(ana.name)).click();
  await page.waitForURL(new RegExp(`into=${ana.id}`));
  await picker.field(page, /same person as/).fill(bia.id.toUpperCase());
  await page.waitForURL(new RegExp(`from=${bia.id}`, 'i'));
  await expect(mergePage.merge(page)).toBeVisible();
  await page.getByRole('radio', { name: bia.name }).check();
  await page.waitForURL(/fields=displayName\.duplicate/);
  await open(page.url());
  await expect(page.getByRole('radio', { name: bia.name })).toBeChecked();
});

test('person page: an instance whose routes could not be loaded is named', async ({ page, open, omni, signInAnew }) => {
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
  await signInAnew();
  await open(personPage.path(ana.id));
  await expect(page.getByText(`Couldn’t load the routes of ${String(instance?.name)}.`)).toBeVisible();
});

test.describe('with a key that cannot read access rules', () => {
  test.use({ as: 'operator' });
  test('persons.merge: refused, with a URL that carries the choices', async ({ page, open, omni, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const [ana, bia] = await makePeople(omni, {}, {});
    if (!ana || !bia) throw new Error('nobody');
    await open(`${mergePage.path(ana.id, bia.id)}&fields=displayName.duplicate`);
    await expect(
      page.getByText(/Can’t merge: it might unblock somebody, since access rules can’t be read \(.*access:read\)/),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Copy request for an admin' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`fields=displayName.duplicate`);
  });
});
