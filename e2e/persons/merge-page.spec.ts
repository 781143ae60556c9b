import { axe } from '../a11y/axe.ts';
import { fits } from '../a11y/measures.ts';
import { makePeople } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';
import { mergePage, operation } from '../pom/operations.ts';
import { personPage } from '../pom/persons.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const WIDTHS = [320, 360, 480, 640, 768, 1024, 1280, 1440, 1680];
/** Nobody is named by an id. */
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-/;
const LONG = 'Maria Aparecida dos Santos Wolfeschlegelsteinhausenbergerdorff '.repeat(5).slice(0, 255);

/** Numbers of Peru and of Porto Alegre that look alike, of this test alone. */
function lookalikes() {
  const digits = `97${String(Date.now()).slice(-7)}`;
  return { peru: `+51${digits}`, alegre: `+5551${digits}` };
}

test('persons.merge: two of one name with numbers of two countries are told apart; the number that isn’t kept is named, and undo restores it', async ({
  page,
  open,
  omni,
}) => {
  const { peru, alegre } = lookalikes();
  const [into, from] = await makePeople(
    omni,
    { name: 'Rosa Duas Vezes', phone: alegre, email: 'rosa.duas@example.com' },
    { name: 'Rosa Duas Vezes', phone: peru, email: 'rosa.duas@example.com' },
  );
  if (!into || !from) throw new Error('nobody');
  const phones = async () =>
    (await omni.sql("SELECT primary_phone FROM persons WHERE display_name = 'Rosa Duas Vezes' ORDER BY 1")).map(
      (row) => row.primary_phone,
    );
  await open(mergePage.path(into.id, from.id));
  const phone = mergePage.field(page, 'Phone');
  await expect(phone).toContainText('Brazil');
  await expect(phone).toContainText('Peru');
  await expect(phone.getByRole('radio', { name: /^Kept: \+55 51/ })).toBeChecked();
  await expect(mergePage.field(page, 'Email')).toHaveCount(0);
  await expect(page.getByText('4 fields are the same')).toBeVisible();
  await expect(mergePage.review(page)).toContainText('Phone +51');
  await axe(page);
  // The other number: now that of Porto Alegre is not kept.
  await phone.getByRole('radio', { name: /^Duplicate: \+51/ }).check();
  await expect(mergePage.review(page)).toContainText('Phone +55 51');
  await phone.getByRole('radio', { name: /^Kept: \+55 51/ }).check();
  await expect(mergePage.review(page)).toContainText('Phone +51');
  await operation.typed(page).fill('merge');
  await mergePage.merge(page).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await phones()).toEqual([alegre]);
  await expect(page.getByText('The kept record has all 2 identities')).toBeVisible();
  const [held] = await omni.sql('SELECT COUNT(*) AS n FROM platform_identities WHERE person_id = ?', [into.id]);
  expect(Number(held?.n)).toBe(2);
  expect(await page.getByRole('main').innerText()).not.toMatch(UUID);
  await expect(page.getByRole('link', { name: 'Open Rosa Duas Vezes' })).toBeVisible();
  await operation.undo(page).click();
  await operation.undoRun(page).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await phones()).toEqual([peru, alegre].toSorted());
  await expect(page.getByText('The new person has exactly this identity')).toBeVisible();
  expect(await page.getByRole('main').innerText()).not.toMatch(UUID);
  await page.getByRole('link', { name: 'Open Rosa Duas Vezes' }).click();
  await expect(page).toHaveURL(new RegExp(`/persons/${into.id}$`));
  await expect(personPage.heading(page)).toHaveText('Rosa Duas Vezes');
});

test('persons.merge: of two spellings the one with accents is recommended, and neither is a loss', async ({
  page,
  open,
  omni,
}) => {
  const [into, from] = await makePeople(omni, { name: 'JOAO  GRAFIA' }, { name: 'João Grafia' });
  if (!into || !from) throw new Error('nobody');
  await open(mergePage.path(into.id, from.id));
  const name = mergePage.field(page, 'Name');
  await expect(name).toContainText('Spelling differs');
  await expect(name.getByRole('radio', { name: 'Duplicate: João Grafia' })).toBeChecked();
  await expect(mergePage.review(page)).toContainText('Name: JOAO GRAFIA → João Grafia');
  await expect(operation.typed(page)).toHaveCount(0);
  await name.getByRole('radio', { name: 'Kept: JOAO GRAFIA' }).check();
  await expect(mergePage.review(page)).not.toContainText('João Grafia →');
  await expect(operation.typed(page)).toHaveCount(0);
  await name.getByRole('radio', { name: 'Duplicate: João Grafia' }).check();
  await expect(mergePage.review(page)).toContainText('Name: JOAO GRAFIA → João Grafia');
  await mergePage.merge(page).click();
  await expect(operation.done(page)).toBeVisible();
  const [row] = await omni.sql('SELECT display_name FROM persons WHERE id = ?', [into.id]);
  expect(row?.display_name).toBe('João Grafia');
});

for (const [what, name, typed] of [
  ['quotes and an accent', '“Zé” d’Água', '"ze" d\'agua'],
  ['a zero-width joiner', 'Ana\u200d Confirma', 'ana confirma'],
  ['an override of the writing direction', 'A\u202Egnp.exe', 'agnp.exe'],
  ['255 characters', `Zulmira ${'W'.repeat(240)} Fim`, 'zulmira fim'],
] as const) {
  test(`persons.merge: a name with ${what} can be typed to confirm`, async ({ page, open, omni }) => {
    const [into, from] = await makePeople(omni, { name: 'Outra Pessoa' }, { name });
    if (!into || !from) throw new Error('nobody');
    await open(mergePage.path(into.id, from.id));
    await expect(mergePage.merge(page)).toBeDisabled();
    await operation.typed(page).fill(typed);
    await expect(mergePage.merge(page)).toBeEnabled();
  });
}

test.describe('with a key that may not write access rules', () => {
  test.use({ as: 'nobody' });

  test('persons.merge-many: who refuses is named with the reason, at their row too, and can be left out', async ({
    page,
    open,
    omni,
    signInAnew,
  }) => {
    const people = await makePeople(omni, { name: 'Trinca Um' }, { name: 'Trinca Dois' }, { name: 'Trinca Três' });
    const [, , third] = people;
    if (!third) throw new Error('nobody');
    await omni.rows({
      access_rules: [{ instanceId: WHATSAPP, ruleType: 'deny', platformUserId: 'trinca', personId: third.id }],
    });
    const scopes = [
      'persons:read',
      'persons:write',
      'instances:read',
      'access:read',
      'routes:read',
      'agents:read',
      'providers:read',
      'automations:read',
    ];
    await signInAnew({ scopes });
    await open(`/persons/merge-many?ids=${people.map(({ id }) => id).join(',')}`);
    const why = 'A blocking rule on wa-vendas names Trinca Três. Moving it needs access:write';
    await expect(operation.refused(page)).toContainText(why);
    await expect(page.getByRole('group', { name: 'Which record is kept?' })).toContainText(why);
    await expect(page.getByRole('button', { name: 'Copy request for an admin' })).toBeVisible();
    await axe(page);
    await page.getByRole('link', { name: 'Leave out Trinca Três' }).click();
    await expect(page).toHaveURL(/\/persons\/merge\?into=/);
    await expect(mergePage.merge(page)).toBeVisible();
    // The other way round nothing is in the way: whoever has the rule is kept.
    await open(mergePage.path(third.id, people[0]?.id ?? ''));
    await expect(mergePage.merge(page)).toBeVisible();
    await open(mergePage.path(people[0]?.id ?? '', third.id));
    await expect(operation.refused(page)).toContainText(why);
    await expect(page.getByRole('region', { name: 'Fields' })).toContainText('Only the other way is possible: swap.');
  });
});

test('persons.merge, persons.merge-many, persons.link: fit from 320 to 1,680 px with names of 255 characters', async ({
  page,
  open,
  omni,
}) => {
  const email = `${'muito.longo.'.repeat(10)}@example-${'x'.repeat(50)}.com`;
  const [one, other, third] = await makePeople(
    omni,
    { name: LONG, identities: 4, email },
    { name: `${LONG.slice(1)}w`, identities: 4 },
    { name: 'W'.repeat(255) },
  );
  if (!one || !other || !third) throw new Error('nobody');
  await omni.write('UPDATE persons SET metadata = ? WHERE id = ?', [JSON.stringify({ nota: 'n'.repeat(900) }), one.id]);
  const link = `/persons/link?from=${one.id}&identity=${one.identities[0]}&to=${other.id}`;
  for (const path of [
    mergePage.path(one.id, other.id),
    `/persons/merge-many?ids=${one.id},${other.id},${third.id}`,
    link,
  ]) {
    await page.setViewportSize({ width: 1440, height: 800 });
    await open(path);
    await expect(page.getByRole('button', { name: /^(Merge into|Link to) / })).toBeVisible();
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      await fits(page);
    }
  }
});

test('persons.link: the identity is named at the top; the whole is a merge', async ({ page, open, omni }) => {
  const [ana, bia] = await makePeople(omni, { name: 'Ana Origem', identities: 2 }, { name: 'Bia Destino' });
  if (!ana || !bia) throw new Error('nobody');
  const [row] = await omni.sql('SELECT platform_user_id AS handle FROM platform_identities WHERE id = ?', [
    ana.identities[0] ?? '',
  ]);
  const called = `WhatsApp ${String(row?.handle).split('@')[0]}`;
  await open(`/persons/link?from=${ana.id}&identity=${ana.identities[0]}&to=${bia.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Link ${called}`);
  await expect(page.getByText([called, 'goes to Bia Destino. Ana Origem keeps 1 identity.'].join(' '))).toBeVisible();
  await expect(page.getByRole('button', { name: 'Link to Bia Destino' })).toBeVisible();
  await page.getByRole('radio', { name: /^Everything: merge the two people/ }).check();
  await expect(page.getByRole('button', { name: 'Merge into Bia Destino' })).toBeVisible();
  await expect(page.getByText('Ana Origem becomes part of Bia Destino.')).toBeVisible();
});
