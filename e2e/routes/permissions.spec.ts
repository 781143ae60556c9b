import type { Control } from '../../sandbox/wire/control/control-client.ts';
import { listTools } from '../pom/list-tools.ts';
import { expect, test } from '../fixtures/test.ts';
import { routeEditor, routeTest } from '../pom/routes/route-editor.ts';
import { routesPage } from '../pom/routes/routes.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const VENDAS = 'bbbbbbb1-0000-4000-8000-000000000001';

test.use({ as: 'nobody' });

async function chatRoute(omni: Control) {
  const [chatId = ''] = (await omni.rows({ chats: [{ instanceId: WHATSAPP, name: 'Conversa de chave' }] })).chats ?? [];
  const route = { instanceId: WHATSAPP, scope: 'chat', chatId, agentId: VENDAS, label: 'Rota de chave' };
  const [id = ''] = (await omni.rows({ agent_routes: [route] })).agent_routes ?? [];
  return { id, chatId };
}

test('without agents:read the agent is never called missing: in routes list, editor, test and saved tests', async ({
  page,
  open,
  omni,
  signInAnew,
}) => {
  const scopes = ['routes:read', 'routes:write', 'instances:read', 'chats:read', 'persons:read', 'access:read'];
  await signInAnew({ scopes });
  const { id, chatId } = await chatRoute(omni);
  await open(`/routes?instance=${WHATSAPP}&q=chave`);
  await expect(routesPage.rows(page)).toHaveCount(1);
  await expect(page.getByText(/agents:read/).first()).toBeVisible();
  await expect(page.getByText(/does(n’t| not) exist|not found/)).toHaveCount(0);
  await open(routeEditor.path(WHATSAPP, id));
  await expect(routeEditor.agent(page)).toBeEnabled();
  await open(routeTest.path({ instance: WHATSAPP, chat: chatId }));
  await expect(routeTest.answer(page)).not.toContainText(/does(n’t| not) exist|not found/);

  await routeTest.saveAs(page, 'Antes');
  await open('/routes/tests');
  await listTools.act(page, page.getByRole('row', { name: /Antes/ }), 'Edit');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Depois');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('row', { name: /Depois/ })).toContainText('needs agents:read');
});

test('limited to one instance a key sees that one and its routes', async ({ page, open, omni, signInAnew }) => {
  await signInAnew({ scopes: ['*'], instanceIds: [WHATSAPP] });
  await chatRoute(omni);
  await open('/routes');
  await expect(routesPage.rows(page).first()).toBeVisible();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('option', { name: 'Instance', exact: true }).click();
  await expect(page.getByRole('listbox', { name: 'Instance' }).getByRole('option')).toHaveCount(1);
});

test('with routes:read alone an instance is asked for by its id, and each thing missing is named', async ({
  page,
  open,
  omni,
  signInAnew,
}) => {
  await signInAnew({ scopes: ['routes:read'] });
  await chatRoute(omni);
  await open('/routes');
  await expect(page.getByRole('main').getByRole('alert')).toContainText('instances:read');
  await open(`/routes?instance=${WHATSAPP}`);
  await expect(routesPage.rows(page).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'New route' })).toHaveAccessibleDescription('Needs routes:write');
  await open(routeTest.path({ instance: WHATSAPP }));
  await expect(page.getByText(/instances:read/).first()).toBeVisible();
});
