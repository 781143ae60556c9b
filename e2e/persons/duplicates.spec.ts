import { axe } from '../a11y/axe.ts';
import { expect, test } from '../fixtures/test.ts';
import { makePeople } from '../fixtures/people.ts';
import { personPage } from '../pom/persons.ts';

test('a possible duplicate shows its reasons, and a decision is kept until they change', async ({
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
  await expect(card.getByText('Same phone, written otherwise')).toBeVisible();
  await expect(card.getByText('Other name')).toBeVisible();
  await expect(card.getByText('Other e-mail')).toBeVisible();
  await axe(page);
  await expect(card.getByRole('link', { name: 'Join' })).toHaveAttribute(
    'href',
    new RegExp(`survivor=${ana.id}.*duplicate=${double.id}`),
  );
  await card.getByRole('button', { name: 'Not the same person' }).click();
  await expect(card.getByText('1 is somebody else: decided')).toBeVisible();

  await open(personPage.path(double.id));
  await expect(card.getByText('1 is somebody else: decided')).toBeVisible();
  await card.getByText('1 is somebody else: decided').click();
  await expect(card.getByText('Not the same person, said')).toBeVisible();

  await omni.write('UPDATE persons SET primary_email = ? WHERE id IN (?, ?)', [
    'mesmo@exemplo.com.br',
    ana.id,
    double.id,
  ]);
  await open(personPage.path(ana.id));
  await expect(card.getByText('Same e-mail')).toBeVisible();
  await expect(card.getByRole('button', { name: 'Not the same person' })).toBeVisible();
});
