import { axe } from '../a11y/axe.ts';
import { expect, test } from '../fixtures/test.ts';
import { tabTo } from '../fixtures/keyboard.ts';
import { makePeople } from '../fixtures/people.ts';
import { mergePage, operation } from '../pom/operations.ts';
import { personPage } from '../pom/persons.ts';
import type { Control } from '../../sandbox/wire/control/control-client.ts';

test('duplicates: a possible duplicate shows its evidence, and a decision is kept until that changes', async ({
  page,
  open,
  omni,
}) => {
  const digits = String(Date.now()).slice(-7);
  const [ana, double] = await makePeople(
    omni,
    { name: 'Ana Duplicada', phone: `+55119${digits.padStart(8, '9')}`, email: `a${digits}@exemplo.com.br` },
    { name: 'Padaria Sol', phone: `+5511${digits.padStart(8, '9')}`, email: `b${digits}@exemplo.com.br` },
  );
  if (!ana || !double) throw new Error('nobody');
  await open(personPage.path(ana.id));
  const card = page.getByRole('region', { name: 'Possible duplicates' });
  await expect(card.getByRole('link', { name: 'Padaria Sol' })).toBeVisible();
  await expect(card.getByText('Same phone, written differently')).toBeVisible();
  await expect(card.getByText('Different name')).toBeVisible();
  await expect(card.getByText('Different email')).toBeVisible();
  await axe(page);
  await expect(card.getByRole('link', { name: 'Merge' })).toHaveAttribute(
    'href',
    new RegExp(`into=${ana.id}&from=${double.id}`),
  );
  await card.getByRole('button', { name: 'Not the same' }).click();
  await expect(card.getByText('1 person marked as not the same')).toBeVisible();

  await open(personPage.path(double.id));
  await expect(card.getByText('1 person marked as not the same')).toBeVisible();
  await card.getByText('1 person marked as not the same').click();
  await expect(card.getByText('Marked by')).toBeVisible();

  await omni.write('UPDATE persons SET primary_email = ? WHERE id IN (?, ?)', [
    'mesmo@exemplo.com.br',
    ana.id,
    double.id,
  ]);
  await open(personPage.path(ana.id));
  await expect(card.getByText('Same email')).toBeVisible();
  await expect(card.getByRole('button', { name: 'Not the same' })).toBeVisible();
});

test('duplicates: the queue is decided by keys: told apart, undone, merged, undone', async ({
  page,
  open,
  omni,
  smallWorld,
}) => {
  await smallWorld();
  const [ana, double, rui, twin] = await makePeople(
    omni,
    { name: 'Aaa Fila', phone: '+5511912340001', email: 'fila1@exemplo.com.br' },
    { name: 'Aaa Fila', phone: '(11) 91234-0001', email: 'fila1@exemplo.com.br' },
    { name: 'Aab Fila', phone: '+5511912340002', email: 'fila2@exemplo.com.br' },
    { name: 'Aab Fila', phone: '11 91234-0002', email: 'fila2@exemplo.com.br' },
  );
  if (!ana || !double || !rui || !twin) throw new Error('nobody');
  await open('/persons/duplicates');
  const list = page.getByRole('list', { name: 'Likely duplicates' });
  const line = (name: string) => list.getByRole('button', { name: new RegExp(`${name}.*Same phone`) });
  const review = (name: string) => page.getByRole('region', { name: `${name} and ${name}` });
  await expect(line('Aaa Fila')).toHaveAttribute('aria-current', 'true');
  await expect(review('Aaa Fila').getByText('Same phone')).toBeVisible();
  await expect(review('Aaa Fila').getByRole('button', { name: 'Merge into Aaa Fila' })).toBeVisible();
  await page.keyboard.press('n');
  await expect(line('Aaa Fila')).toHaveCount(0);
  await expect(line('Aab Fila')).toHaveAttribute('aria-current', 'true');
  await open('/persons/duplicates');
  await expect(line('Aab Fila')).toHaveAttribute('aria-current', 'true');
  await expect(line('Aaa Fila')).toHaveCount(0);
  await expect(review('Aab Fila').getByRole('button', { name: 'Merge into Aab Fila' })).toBeVisible();
  await page.keyboard.press('m');
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  await expect(line('Aab Fila')).toHaveCount(0);
  const left = async () => (await omni.sql('SELECT id FROM persons WHERE id IN (?, ?)', [rui.id, twin.id])).length;
  expect(await left()).toBe(1);
  await undo.click();
  await expect(line('Aab Fila')).toBeVisible();
  await omni.write(`UPDATE persons SET primary_phone = '+55 11 91234 0001' WHERE id = ?`, [double.id]);
  await omni.write(`UPDATE persons SET primary_email = 'outra@exemplo.com.br' WHERE id = ?`, [double.id]);
  await open(personPage.path(double.id));
  await open('/persons/duplicates');
  await expect(line('Aaa Fila')).toBeVisible();
});

/** So many pairs that share a phone and an email. */
async function makePairs(omni: Control, count: number, name: string) {
  const all = Array.from({ length: count }, (_, at) => {
    const [phone, email] = [`91234${String(1000 + at)}`, `${name.toLowerCase()}${at}@exemplo.com.br`];
    const own = `${name} ${String.fromCharCode(65 + at)}`;
    return [
      { name: own, phone: `+55119${phone.slice(1)}`, email },
      { name: own, phone: `(11) 9${phone.slice(1)}`, email },
    ];
  });
  return makePeople(omni, ...all.flat());
}

test('duplicates: three checked pairs are merged in one plan with one review, and undone together', async ({
  page,
  open,
  omni,
  smallWorld,
}) => {
  await smallWorld();
  const people = await makePairs(omni, 3, 'Aaa Junto');
  const left = async () => (await omni.sql(`SELECT id FROM persons WHERE display_name LIKE 'Aaa Junto%'`)).length;
  await open('/persons/duplicates');
  for (const letter of ['A', 'B', 'C'])
    await page.getByRole('checkbox', { name: `Select Aaa Junto ${letter} and Aaa Junto ${letter}` }).check();
  await page.getByRole('button', { name: 'Merge 3 duplicates' }).click();
  const review = page.getByRole('region', { name: '3 duplicates to merge' });
  await expect(review).toContainText('Aaa Junto B');
  await axe(page);
  const typed = operation.typed(page);
  await expect(review.getByRole('button', { name: 'Merge 3 duplicates' })).toBeVisible();
  if ((await typed.count()) > 0) await typed.fill('3');
  await review.getByRole('button', { name: 'Merge 3 duplicates' }).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await left()).toBe(3);
  await operation.undo(page).click();
  await operation.undoRun(page).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await left()).toBe(people.length);
  await page.getByRole('button', { name: 'Next duplicate' }).click();
  await expect(page.getByRole('list', { name: 'Likely duplicates' })).toBeVisible();
});

test('duplicates: three are selected, merged in one plan and undone by keys alone', async ({
  page,
  open,
  omni,
  smallWorld,
}, info) => {
  await smallWorld();
  const people = await makePairs(omni, 3, 'Aaa Tres');
  const left = async () => (await omni.sql(`SELECT id FROM persons WHERE display_name LIKE 'Aaa Tres%'`)).length;
  await open('/persons/duplicates');
  const line = (letter: string) =>
    page
      .getByRole('list', { name: 'Likely duplicates' })
      .getByRole('button', { name: new RegExp(`Aaa Tres ${letter}.*Same phone`) });
  let keys = 0;
  const press = async (key: string) => {
    keys += 1;
    await page.keyboard.press(key);
  };
  const reach = async (name: string) => {
    keys += await tabTo(page, name, 'button');
    await press('Enter');
  };
  for (const letter of ['A', 'B', 'C']) {
    await expect(line(letter)).toHaveAttribute('aria-current', 'true');
    await press('x');
    await expect(
      page.getByRole('checkbox', { name: `Select Aaa Tres ${letter} and Aaa Tres ${letter}` }),
    ).toBeChecked();
    if (letter !== 'C') await press('ArrowDown');
  }
  await press('m');
  const review = page.getByRole('region', { name: '3 duplicates to merge' });
  await expect(review.getByRole('heading', { name: '3 duplicates to merge' })).toBeFocused();
  await expect(review.getByRole('button', { name: 'Merge 3 duplicates' })).toBeEnabled();
  await reach('Merge 3 duplicates');
  await expect(operation.done(page)).toBeVisible();
  expect(await left()).toBe(3);
  await reach('Undo');
  await expect(operation.undoRun(page)).toBeVisible();
  await reach('Undo this change');
  await expect(operation.done(page)).toBeVisible();
  expect(await left()).toBe(people.length);
  info.annotations.push({ type: 'duplicates', description: `three merged in one plan and undone: ${keys} keys` });
  process.stderr.write(`duplicates: three merged in one plan and undone with ${keys} keys, 0 clicks\n`);
});

test('duplicates: ten are decided by keys alone', async ({ page, open, omni, smallWorld }, info) => {
  await smallWorld();
  await makePairs(omni, 10, 'Aaa Tecla');
  await open('/persons/duplicates');
  const list = page.getByRole('list', { name: 'Likely duplicates' });
  const lines = list.getByRole('button', { name: /Aaa Tecla/ });
  await expect(lines).toHaveCount(10);
  const begun = performance.now();
  let keys = 0;
  for (let left = 10; left > 0; left -= 1) {
    await expect(
      page.getByRole('region', { name: /^Aaa Tecla/ }).getByRole('button', { name: /^Merge into/ }),
    ).toBeEnabled();
    await page.keyboard.press(left % 2 === 0 ? 'n' : 'm');
    keys += 1;
    await expect(lines).toHaveCount(left - 1);
  }
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  info.annotations.push({ type: 'duplicates', description: `ten decided: ${keys} keys, 0 clicks, ${seconds} s` });
  process.stderr.write(`duplicates: ten decided with ${keys} keys, 0 clicks, in ${seconds} s\n`);
  await expect(page.getByText('10 of')).toBeVisible();
  expect(keys).toBe(10);
});

test('duplicates: a merge opened from the queue names the next one in its receipt, and leads there', async ({
  page,
  open,
  omni,
  smallWorld,
}) => {
  await smallWorld();
  await makePairs(omni, 3, 'Aaa Seguinte');
  await open('/persons/duplicates');
  const line = (letter: string) =>
    page
      .getByRole('list', { name: 'Likely duplicates' })
      .getByRole('button', { name: new RegExp(`Aaa Seguinte ${letter}.*Same phone`) });
  const compare = page.getByRole('link', { name: 'Compare all fields' });
  await expect(line('A')).toHaveAttribute('aria-current', 'true');
  await expect(compare).toBeVisible();
  await page.keyboard.press('s');
  await expect(line('B')).toHaveAttribute('aria-current', 'true');
  await expect(page.getByRole('region', { name: /^Aaa Seguinte B/ }).getByRole('link', { name: /^Aaa/ })).toHaveCount(
    2,
  );
  await compare.click();
  await page.waitForURL(/\/persons\/merge\?/);
  // The address says which way round; the queue knows the pair in either.
  const oneWay = page.url();
  await page.getByRole('link', { name: 'Swap' }).first().click();
  await page.waitForURL((url) => url.href !== oneWay);
  await mergePage.merge(page).click();
  await expect(operation.done(page)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Next duplicate: Aaa Seguinte C' })).toBeVisible();
  // A reload forgets the names, not the place.
  await page.reload();
  await page.getByRole('link', { name: 'Next duplicate', exact: true }).click();
  await page.waitForURL(/\/persons\/duplicates\?pair=/);
  await expect(line('C')).toHaveAttribute('aria-current', 'true');
  await expect(line('B')).toHaveCount(0);
  await expect(line('A')).toBeVisible();
});
