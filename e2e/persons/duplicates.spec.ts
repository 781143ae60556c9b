import { axe } from '../a11y/axe.ts';
import { expect, test } from '../fixtures/test.ts';
import { makePeople } from '../fixtures/people.ts';
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
