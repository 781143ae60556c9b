import { axe } from '../a11y/axe.ts';
import { expect, test } from '../fixtures/test.ts';
import { holderOf, makePeople } from '../fixtures/people.ts';
import { operation } from '../pom/operations.ts';
import { personPage } from '../pom/persons.ts';

test('an identity is separated with a name, and put back', async ({ page, open, omni }) => {
  const [ana] = await makePeople(omni, { identities: 2 });
  if (!ana) throw new Error('nobody');
  await open(personPage.path(ana.id));
  await page.getByRole('link', { name: 'Separate' }).first().click();
  await page.getByLabel('Name of the new person').fill('Pessoa Nova');
  await expect(page.getByText('The new person is called “Pessoa Nova”')).toBeVisible();
  await expect(page.getByText('Omni cannot delete people')).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: 'Separate it' }).click();
  await expect(operation.done(page)).toBeVisible();
  const moved = await Promise.all(ana.identities.map((id) => holderOf(omni, id)));
  expect(moved.filter((id) => id === ana.id)).toHaveLength(1);
  await operation.undo(page).click();
  await operation.typed(page).fill('Pessoa Nova');
  await operation.undoRun(page).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await Promise.all(ana.identities.map((id) => holderOf(omni, id)))).toEqual([ana.id, ana.id]);
});

test('only one identity moves to somebody else, found by name', async ({ page, open, omni }) => {
  const [ana, bia] = await makePeople(omni, { identities: 2 }, { name: 'Beatriz Destino Única' });
  if (!ana || !bia) throw new Error('nobody');
  await open(`/persons/link?from=${ana.id}&identity=${ana.identities[0]}`);
  await page.getByRole('searchbox').fill('beatriz destino');
  await page.getByRole('button', { name: /Beatriz Destino Única/ }).click();
  await expect(page.getByRole('link', { name: 'Join both people' })).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: 'Move only this identity' }).click();
  await page.getByRole('button', { name: 'Move it' }).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await Promise.all(ana.identities.map((id) => holderOf(omni, id)))).toEqual([bia.id, ana.id]);
});

test('a pasted identity id is taken when one of the two has it', async ({ page, open, omni }) => {
  const [ana, bia, eva] = await makePeople(omni, {}, { identities: 2 }, {});
  if (!ana || !bia || !eva) throw new Error('nobody');
  await open(`/persons/link?from=${ana.id.toUpperCase()}&to=${bia.id}`);
  await page.getByLabel('Or paste an identity’s id').fill(String(eva.identities[0]));
  await page.getByRole('button', { name: 'Use this id' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('This identity is not there');
  await page.getByLabel('Or paste an identity’s id').fill(String(bia.identities[1]).toUpperCase());
  await page.getByRole('button', { name: 'Use this id' }).click();
  await page.getByRole('button', { name: 'Move only this identity' }).click();
  await page.getByRole('button', { name: 'Move it' }).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await holderOf(omni, String(bia.identities[1]))).toBe(ana.id);
});

test('joining both from there is the merge, with everything it costs', async ({ page, open, omni }) => {
  const [ana, bia] = await makePeople(omni, { identities: 2 }, {});
  if (!ana || !bia) throw new Error('nobody');
  await open(`/persons/link?from=${ana.id}&identity=${ana.identities[0]}&to=${bia.id}`);
  await page.getByRole('link', { name: 'Join both people' }).click();
  await expect(page.getByRole('heading', { name: 'Join two people' })).toBeVisible();
  await expect(page.getByText(`The name “${ana.name}”`)).toBeVisible();
});

test('a link that names nobody says what to do', async ({ page, open, omni }) => {
  const [ana, bia] = await makePeople(omni, {}, {});
  if (!ana || !bia) throw new Error('nobody');
  for (const path of [
    `/persons/link?from=${ana.id}&identity=${bia.identities[0]}`,
    `/persons/link?from=${ana.id}&identity=x`,
    `/persons/unlink?person=${ana.id}`,
  ]) {
    await open(path);
    await expect(page.getByRole('main').getByRole('alert')).toContainText('This identity is not there');
  }
});

test.describe('with a key that may only read', () => {
  test.use({ as: 'viewer' });
  test('nothing is offered, and a forged preview is refused with the scope', async ({ page, open, omni }) => {
    const [ana] = await makePeople(omni, { identities: 2 });
    if (!ana) throw new Error('nobody');
    await open(personPage.path(ana.id));
    await expect(page.getByRole('link', { name: 'Separate' })).toHaveCount(0);
    for (const name of ['Separate', 'Move'])
      await expect(page.getByRole('button', { name }).first()).toHaveAccessibleDescription('Needs persons:write');
    await open(`/persons/unlink?person=${ana.id}&identity=${ana.identities[0]}`);
    await expect(page.getByRole('main').getByRole('alert')).toContainText('persons:write');
    expect(await holderOf(omni, String(ana.identities[0]))).toBe(ana.id);
  });
});
