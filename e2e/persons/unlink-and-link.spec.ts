import { axe } from '../a11y/axe.ts';
import { expect, test } from '../fixtures/test.ts';
import { holderOf, makePeople } from '../fixtures/people.ts';
import { mergePage, operation } from '../pom/operations.ts';
import { personPage } from '../pom/persons.ts';
import { picker } from '../pom/picker.ts';

test('persons.unlink: an identity is unlinked with a name, and undone', async ({ page, open, omni }) => {
  const [ana] = await makePeople(omni, { identities: 2 });
  if (!ana) throw new Error('nobody');
  await open(personPage.path(ana.id));
  await personPage.identityMenu(page).click();
  await personPage.item(page, 'Unlink…').click();
  await expect(personPage.dialog(page).getByRole('heading', { name: /^Unlink WhatsApp 55\d+$/ })).toBeVisible();
  await page.getByLabel('Name of the new person').fill('Pessoa Nova');
  await expect(page.getByText('Name of the new person: Pessoa Nova')).toBeVisible();
  await expect(page.getByText('It can’t be deleted, only merged')).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: 'Unlink identity' }).click();
  await expect(operation.done(page)).toBeVisible();
  const moved = await Promise.all(ana.identities.map((id) => holderOf(omni, id)));
  expect(moved.filter((id) => id === ana.id)).toHaveLength(1);
  await operation.undo(page).click();
  await operation.typed(page).fill('Pessoa Nova');
  await operation.undoRun(page).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await Promise.all(ana.identities.map((id) => holderOf(omni, id)))).toEqual([ana.id, ana.id]);
});

test('persons.unlink: loaded again, the page with the receipt is the entry’s own, with Undo', async ({
  page,
  open,
  omni,
}) => {
  const [ana] = await makePeople(omni, { identities: 2 });
  if (!ana) throw new Error('nobody');
  await open(personPage.path(ana.id));
  await personPage.identityMenu(page).click();
  await personPage.item(page, 'Unlink…').click();
  await page.getByLabel('Name of the new person').fill('Pessoa Recarregada');
  await page.getByRole('button', { name: 'Unlink identity' }).click();
  await expect(operation.done(page)).toBeVisible();
  await expect(page).toHaveURL(/[?&]receipt=[0-9a-f-]{36}/);
  await page.reload();
  await expect(page).toHaveURL(/\/activity\/[0-9a-f-]{36}$/);
  await expect(operation.done(page)).toBeVisible();
  await expect(operation.undo(page)).toBeVisible();
});

test('persons.link: only one identity is linked to somebody else, found by name', async ({ page, open, omni }) => {
  const [ana, bia] = await makePeople(omni, { identities: 2 }, { name: 'Beatriz Destino Única' });
  if (!ana || !bia) throw new Error('nobody');
  await open(`/persons/link?from=${ana.id}&identity=${ana.identities[0]}`);
  await picker.field(page, /belong to/).fill('beatriz destino');
  await picker.option(page, /Beatriz Destino Única/).click();
  await expect(page.getByRole('radio', { name: /^Only this identity/ })).toBeChecked();
  await axe(page);
  await page.getByRole('button', { name: 'Link to Beatriz Destino Única' }).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await Promise.all(ana.identities.map((id) => holderOf(omni, id)))).toEqual([bia.id, ana.id]);
});

test('persons.link: the identities of both people are cards, and one click chooses', async ({ page, open, omni }) => {
  const [ana, bia] = await makePeople(omni, {}, { identities: 2 });
  if (!ana || !bia) throw new Error('nobody');
  const [{ platform_user_id: handle } = {}] = await omni.sql(
    'SELECT platform_user_id FROM platform_identities WHERE id = ?',
    [String(bia.identities[1])],
  );
  await open(`/persons/link?from=${ana.id.toUpperCase()}&to=${bia.id}`);
  const cards = page.getByRole('region', { name: 'Which identity?' });
  await expect(cards.getByRole('listitem')).toHaveCount(3);
  await axe(page);
  await cards.getByRole('link', { name: String(handle).split('@')[0] }).click();
  await page.getByRole('button', { name: /^Link to / }).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await holderOf(omni, String(bia.identities[1]))).toBe(ana.id);
});

test('persons.link: who has one identity is only asked to whom it goes', async ({ page, open, omni }) => {
  const [ana, bia] = await makePeople(omni, {}, { name: 'Beatriz Só Para Quem' });
  if (!ana || !bia) throw new Error('nobody');
  await open(`/persons/link?from=${ana.id}`);
  await expect(page.getByRole('main')).toContainText(`leaves ${ana.name}`);
  await picker.field(page, /belong to/).fill('beatriz só para quem');
  await picker.option(page, /Beatriz Só Para Quem/).click();
  await page.getByRole('button', { name: /^Link to / }).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await holderOf(omni, String(ana.identities[0]))).toBe(bia.id);
});

test('persons.link: merging both people is reviewed on the page, and leads to where values are chosen', async ({
  page,
  open,
  omni,
}) => {
  const [ana, bia] = await makePeople(omni, { identities: 2 }, {});
  if (!ana || !bia) throw new Error('nobody');
  await open(`/persons/link?from=${ana.id}&identity=${ana.identities[0]}&to=${bia.id}`);
  await page.getByRole('radio', { name: /^Everything: merge the two people/ }).check();
  await expect(mergePage.merge(page)).toBeVisible();
  await expect(page.getByText(`Name ${ana.name}`)).toBeVisible();
  await page.getByRole('link', { name: 'Choose which values to keep' }).click();
  await expect(page.getByRole('heading', { name: 'Merge two people' })).toBeVisible();
  await expect(page.getByText(`Name ${ana.name}`)).toBeVisible();
});

test('persons.link, persons.unlink: an address that names nobody says what to do', async ({ page, open, omni }) => {
  const [ana, bia] = await makePeople(omni, {}, {});
  if (!ana || !bia) throw new Error('nobody');
  for (const path of [
    `/persons/link?from=${ana.id}&identity=${bia.identities[0]}`,
    `/persons/link?from=${ana.id}&identity=x`,
    `/persons/unlink?person=${ana.id}`,
  ]) {
    await open(path);
    await expect(page.getByRole('main').getByRole('alert')).toContainText('Identity not found');
  }
});

test.describe('with a key that only reads', () => {
  test.use({ as: 'viewer' });
  test('persons.unlink: not offered, and a forged preview is refused with the scope', async ({ page, open, omni }) => {
    const [ana] = await makePeople(omni, { identities: 2 });
    if (!ana) throw new Error('nobody');
    await open(personPage.path(ana.id));
    await expect(page.getByRole('button', { name: 'Link…' })).toHaveAccessibleDescription('Needs persons:write');
    await personPage.identityMenu(page).click();
    await expect(page.getByText('Needs persons:write')).not.toHaveCount(0);
    await expect(page.getByRole('menuitem', { name: /link/i })).toHaveCount(0);
    await open(`/persons/unlink?person=${ana.id}&identity=${ana.identities[0]}`);
    await expect(page.getByRole('main').getByRole('alert')).toContainText('persons:write');
    expect(await holderOf(omni, String(ana.identities[0]))).toBe(ana.id);
  });
});
