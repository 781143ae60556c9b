import { axe } from '../a11y/axe.ts';
import { expect, test } from '../fixtures/test.ts';
import { holderOf, makePeople } from '../fixtures/people.ts';
import { operation } from '../pom/operations.ts';
import { personsPage } from '../pom/persons.ts';

test('persons.merge-many: three results become one person, and undo recreates them', async ({ page, open, omni }) => {
  const family = `Trio${Date.now() % 1e6}`;
  const people = await makePeople(
    omni,
    { name: `${family} Um`, phone: '+5511900010001' },
    { name: `${family} Dois`, identities: 2 },
    { name: `${family} Três` },
  );
  await open('/persons');
  await personsPage.search(page).fill(family);
  for (const { name } of people) await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  await page.getByRole('link', { name: 'Merge 3' }).click();
  await expect(page.getByRole('heading', { name: 'Merge several people' })).toBeVisible();
  await expect(page.getByRole('radio', { name: new RegExp(`${family} Um`) })).toBeChecked();
  await expect(page.getByText(`Name ${family} Dois`)).toBeVisible();
  await axe(page);
  await operation.typed(page).fill('2');
  await page.getByRole('button', { name: `Merge into ${family} Um` }).click();
  await expect(operation.done(page)).toBeVisible();
  const all = people.flatMap(({ identities }) => identities);
  expect(new Set(await Promise.all(all.map((id) => holderOf(omni, id))))).toEqual(new Set([people[0]?.id]));
  await operation.undo(page).click();
  await operation.undoRun(page).click();
  await expect(operation.done(page)).toBeVisible();
  expect(new Set(await Promise.all(all.map((id) => holderOf(omni, id)))).size).toBe(3);

  const file = await page.request.get('/persons/old-ids');
  const lines = (await file.text()).split('\n').filter((line) => line.includes(String(people[1]?.id)));
  const back = await holderOf(omni, String(people[1]?.identities[0]));
  expect(lines.map((line) => line.split(',')[2])).toEqual([back, back]);
});

test('persons.merge-many: two people are compared side by side, with the one of more values kept', async ({
  page,
  open,
  omni,
}) => {
  const [ana, bia] = await makePeople(omni, { name: 'Dupla Um' }, { name: 'Dupla Dois', phone: '+5511900010009' });
  await open(`/persons/merge-many?ids=${ana?.id},${bia?.id}`);
  await expect(page).toHaveURL(`/persons/merge?into=${bia?.id}&from=${ana?.id}`);
  await expect(page.getByRole('button', { name: 'Merge into Dupla Dois' })).toBeVisible();
});

test('persons.merge-many: an address with too few, too many or unknown people says so', async ({
  page,
  open,
  omni,
}) => {
  const [ana] = await makePeople(omni, {});
  const nobody = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  for (const [ids, title] of [
    ['', 'Choose at least two people'],
    [ana?.id ?? '', 'Choose at least two people'],
    [`${ana?.id},${ana?.id}`, 'Choose at least two people'],
    [Array.from({ length: 22 }, (_, index) => nobody(index)).join(','), 'Too many people'],
  ]) {
    await open(`/persons/merge-many?ids=${ids}`);
    await expect(page.getByRole('main').getByRole('alert')).toContainText(String(title));
  }
});

test('persons.merge: who is selected stays so on the next page of the list', async ({ page, open }) => {
  await open('/persons?limit=20');
  const first = personsPage.rows(page).first();
  const link = first.getByRole('link').first();
  const one = String(await link.getAttribute('href'))
    .split('/')
    .at(-1);
  await first.hover();
  await first.getByRole('checkbox').check();
  await personsPage.next(page).click();
  await expect(page).toHaveURL(/[?&]at=/);
  await expect(personsPage.rows(page).first().getByRole('link').first()).not.toHaveAttribute('href', `/persons/${one}`);
  const other = personsPage.rows(page).nth(1);
  const two = String(await other.getByRole('link').first().getAttribute('href'))
    .split('/')
    .at(-1);
  await other.hover();
  await other.getByRole('checkbox').check();
  await page.getByRole('link', { name: 'Merge 2' }).click();
  await expect(page).toHaveURL(new RegExp(`/persons/merge\\?into=${one}&from=${two}`));
});
