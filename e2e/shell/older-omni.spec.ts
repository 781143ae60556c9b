import { axe } from '../a11y/axe.ts';
import { expect, test } from '../fixtures/test.ts';
import { keysPage } from '../pom/keys/keys.ts';
import { personPage, personsPage } from '../pom/persons.ts';
import { routeEditor } from '../pom/routes/route-editor.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';

test.beforeEach(({ omni }) => omni.reset({ generation: 'feb', persons: 500 }));
test.afterEach(({ omni }) => omni.reset({ generation: 'measured', persons: 500 }));

test('older Omni: the route editor says so and is read-only', async ({ page, open }) => {
  await open(routeEditor.path(WHATSAPP, 'fffffff1-0000-4000-8000-000000000001'));
  await expect(page.getByRole('main').getByRole('alert').first()).toContainText('older Omni version');
  await expect(routeEditor.agent(page)).toBeDisabled();
  await axe(page);
});

test('older Omni: people and keys are found, opened and changed as anywhere', async ({ page, open }) => {
  await open(personsPage.path);
  await personsPage.search(page).fill('joao silva');
  await personsPage.person(page, 'João Silva').click();
  await expect(personPage.heading(page)).toHaveText('João Silva');
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
  await page.getByRole('button', { name: 'Edit E-mail' }).click();
  await page.getByRole('textbox', { name: 'E-mail' }).fill('joao@antigo.example');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('joao@antigo.example', { exact: true })).toBeVisible();
  await open('/keys');
  await expect(keysPage.table(page)).toContainText('Suporte');
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
});
