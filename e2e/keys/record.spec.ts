import { expect, test } from '../fixtures/test.ts';
import { dropKeys } from '../fixtures/keys-bed.ts';
import { keyForm, keysPage } from '../pom/keys/keys.ts';
import { listTools } from '../pom/list-tools.ts';

test.afterEach(({ omni }) => dropKeys(omni));

test.describe('/keys on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('the list keeps its labels, and can be sorted', async ({ page, open }) => {
    await open('/keys');
    const card = keysPage.rows(page).filter({ hasText: 'chatbot-site' });
    await expect(card.getByText('Last use', { exact: true })).toBeVisible();
    await expect(card).toContainText(/Last use .*ago/);
    const heads = keysPage.table(page).getByRole('columnheader');
    await expect(heads.filter({ hasText: 'Last use' })).toHaveCount(1);
    expect(await card.getByRole('cell').count()).toBe(await heads.count());
    await listTools.fold(page).click();
    await listTools.order(page).selectOption('Expires first');
    await expect(page).toHaveURL(/sort=expires/);
  });
});

test.describe('/keys/new in Portuguese', () => {
  test.use({ locale: 'pt-BR', timezoneId: 'America/Sao_Paulo' });

  test('the sentence is one, with the time of the place', async ({ page, open }) => {
    await open('/keys/new');
    await page.getByRole('textbox', { name: 'Nome' }).fill('Suporte');
    await page.getByRole('button', { name: 'Usar modelo Suporte' }).click();
    await page.getByRole('button', { name: '30 dias' }).click();
    await expect(keyForm.sentence(page)).toHaveText(
      /^“Suporte”: Leitura e escrita: pessoas, rotas · Leitura: .* Alcance: todas as instâncias\. Expira: .* às 23:59 \(Horário Padrão de Brasília\)\.$/,
    );
  });
});

test.describe('/keys when Omni fails', () => {
  test('the list says so and offers to try again', async ({ page, open, omni }) => {
    await omni.fault({ kind: 'status', status: 503, method: 'GET', path: '/keys$', times: null });
    await open('/keys');
    await expect(page.getByRole('main').getByRole('alert')).toContainText('Omni is not available');
  });
});
