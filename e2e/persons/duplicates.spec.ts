import { axe } from '../a11y/axe.ts';
import { expect, test } from '../fixtures/test.ts';
import { makePeople } from '../fixtures/people.ts';
import { smallWorld } from '../fixtures/small-world.ts';
import { personPage } from '../pom/persons.ts';

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
  await expect(card.getByText('Same phone, other spelling')).toBeVisible();
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
  context,
  web,
}) => {
  await smallWorld(context, web, omni);
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
