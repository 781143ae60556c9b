import { DEMO_KEYS } from '../sandbox/keys-demo.ts';
import { expect, test } from './fixtures.ts';
import { axe } from './a11y/axe.ts';
import { fits } from './a11y/measures.ts';
import { dropKeys } from './keys-bed.ts';
import { endPage, keyForm, keyPage, keysPage } from './pom/keys.ts';

const { leaked } = DEMO_KEYS;

test.afterEach(({ omni }) => dropKeys(omni));

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('every page of keys fits and keeps its words', async ({ page, open }) => {
    for (const path of [
      '/keys',
      '/keys?show=all',
      keyPage.path(leaked.id),
      '/keys/new',
      `${keyPage.path(leaked.id)}/edit`,
      endPage.revokePath(leaked.id),
      endPage.leakedPath(leaked.id),
    ]) {
      await open(path);
      await fits(page);
      await axe(page);
    }
    await open('/keys');
    await expect(keysPage.rows(page).filter({ hasText: 'chatbot-site' })).toContainText('Last use');
  });
});

test.describe('in Portuguese', () => {
  test.use({ locale: 'pt-BR', timezoneId: 'America/Sao_Paulo' });

  test('the sentence is one, with the time of the place', async ({ page, open }) => {
    await open('/keys/new');
    await page.getByRole('textbox', { name: 'Nome' }).fill('Suporte');
    await page.getByRole('button', { name: 'Usar o modelo Suporte' }).click();
    await page.getByRole('button', { name: '30 dias' }).click();
    await expect(keyForm.sentence(page)).toHaveText(
      /^“Suporte” pode ler e alterar pessoas e rotas; ler .* Alcance: todas as instâncias\. Duração: até .* às 23:59 \(Horário Padrão de Brasília\)\.$/,
    );
  });
});

test.describe('when Omni fails', () => {
  test('the list says so and offers to try again', async ({ page, open, omni }) => {
    await omni.fault({ kind: 'status', status: 503, method: 'GET', path: '/keys$', times: null } as never);
    await open('/keys');
    await expect(page.getByRole('main').getByRole('alert')).toContainText('Omni is not available');
  });
});
