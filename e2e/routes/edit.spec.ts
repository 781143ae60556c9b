import type { Page } from '@playwright/test';
import { axe } from '../a11y/axe.ts';
import { fits } from '../a11y/measures.ts';
import type { Control } from '../../sandbox/wire/control/control-client.ts';
import { operation } from '../pom/operations.ts';
import { routeEditor } from '../pom/routes/route-editor.ts';
import { newRoute, rowOf } from '../fixtures/routes.ts';
import { expect, test } from '../fixtures/test.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const VENDAS = 'bbbbbbb1-0000-4000-8000-000000000001';
const SUPORTE = 'bbbbbbb2-0000-4000-8000-000000000002';

async function writesSent(omni: Control) {
  return (await omni.calls()).items.filter(({ method, path }) => method !== 'GET' && path.includes('/routes'));
}

/** Tabs until the element has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, role: 'combobox' | 'button' | 'textbox' | 'radio', name: string | RegExp) {
  for (let tabs = 0; tabs < 120; tabs += 1) {
    const target = page.getByRole(role, { name }).first();
    if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${role} ${String(name)}`);
}

test('routes.edit with the keyboard alone: agent, a number, review, save, read back, undo', async ({
  page,
  open,
  omni,
}) => {
  const { id } = await newRoute(omni, { agentTimeout: 45 });
  await open(routeEditor.path(WHATSAPP, id));
  await omni.clearCalls();
  await axe(page);
  await tabTo(page, 'combobox', 'Agent');
  await page.keyboard.type('supor');
  await expect(routeEditor.option(page, /Suporte/)).toBeVisible();
  await axe(page);
  await page.keyboard.press('Enter');
  await expect(routeEditor.agent(page)).toHaveValue('Suporte');
  await tabTo(page, 'textbox', 'Answer timeout');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('120');
  await tabTo(page, 'combobox', 'Add override');
  await page.keyboard.type('streaming');
  await expect(routeEditor.option(page, /Streaming/)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(routeEditor.setting(page, 'Streaming').getByRole('radio', { name: 'Off' })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  const review = routeEditor.review(page);
  await expect(review).toContainText('1 chat gets another agent');
  await expect(review).toContainText('is answered by Suporte instead of Vendas');
  await expect(review).toContainText('Answer timeout: 45 s → 120 s');
  await expect(review).toContainText('Streaming: inherited (off) → on');
  await axe(page);
  await tabTo(page, 'button', 'Save');
  await page.keyboard.press('Enter');
  await expect(operation.done(page)).toBeVisible();
  await expect(page.getByText(/^Takes effect within \d+ s$/)).toBeVisible();
  await axe(page);
  expect(await rowOf(omni, id)).toMatchObject({ agent_id: SUPORTE, agent_timeout: 120, agent_stream_mode: 1 });
  expect((await writesSent(omni)).map(({ method }) => method)).toEqual(['PATCH']);
  await tabTo(page, 'button', 'Undo');
  await page.keyboard.press('Enter');
  await tabTo(page, 'button', 'Undo this change');
  await page.keyboard.press('Enter');
  await expect(operation.done(page)).toBeVisible();
  expect(await rowOf(omni, id)).toMatchObject({ agent_id: VENDAS, agent_timeout: 45, agent_stream_mode: null });
});

test('routes.create: chat and agent by name, only what is set, and undo deletes it', async ({ page, open, omni }) => {
  const made = await omni.rows({ chats: [{ instanceId: WHATSAPP, name: 'Plantão de Natal' }] });
  const chatId = made.chats?.[0] ?? '';
  await open(routeEditor.newPath({ instance: WHATSAPP }));
  await expect(routeEditor.review(page)).toContainText('Choose a chat or a person first.');
  const choose = async () => {
    await routeEditor.target(page, 'chats').fill('plantão de natal');
    await routeEditor.option(page, /Plantão de Natal/).click();
    await expect(page).toHaveURL(new RegExp(chatId));
  };
  await choose();
  await page.getByRole('radio', { name: 'Person' }).check();
  await expect(page).not.toHaveURL(new RegExp(chatId));
  await expect(routeEditor.review(page)).toContainText('Choose a chat or a person first.');
  await expect(routeEditor.target(page, 'people')).toHaveValue('');
  await page.getByRole('radio', { name: 'Chat' }).check();
  await choose();
  await routeEditor.agent(page).click();
  await routeEditor.option(page, /Suporte/).click();
  await routeEditor.add(page, 'Gate model');
  await routeEditor.add(page, 'Answer timeout');
  await expect(page.getByText('Enter a value, or inherit it.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear Gate model: inherit' }).click();
  await expect(page.getByText('Chat “Plantão de Natal” is answered by Suporte instead of Vendas')).toBeVisible();
  await routeEditor.value(page, 'Answer timeout').fill('61');
  await routeEditor.create(page).click();
  await expect(operation.done(page)).toBeVisible();
  const [row] = await omni.sql('SELECT * FROM agent_routes WHERE chat_id = ?', [chatId]);
  expect(row).toMatchObject({ agent_id: SUPORTE, agent_gate_model: null, agent_timeout: 61, is_active: 1 });
  await expect(page.getByRole('link', { name: 'Open route' })).toHaveAttribute(
    'href',
    routeEditor.path(WHATSAPP, String(row?.id)),
  );
  await operation.undo(page).click();
  await operation.undoRun(page).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await omni.sql('SELECT id FROM agent_routes WHERE chat_id = ?', [chatId])).toEqual([]);
});

test('routes.create begins with a whole form: all waits for the instance, then the focus is where one goes on', async ({
  page,
  open,
}) => {
  await open('/routes/new');
  const instance = page.getByRole('combobox', { name: 'Instance', exact: true });
  await expect(instance).toBeFocused();
  await expect(routeEditor.agent(page)).toBeDisabled();
  await expect(routeEditor.value(page, 'Label')).toBeDisabled();
  await expect(routeEditor.review(page)).toContainText('Choose an instance first.');
  await axe(page);
  await instance.fill('wa-vendas');
  await routeEditor.option(page, /wa-vendas/).click();
  await expect(page).toHaveURL(new RegExp(`instance=${WHATSAPP}`));
  await expect(routeEditor.target(page, 'chats')).toBeFocused();
  await expect(routeEditor.agent(page)).toBeEnabled();
  await expect(routeEditor.review(page)).toContainText('Choose a chat or a person first.');
  await page.getByRole('radio', { name: 'Person' }).check();
  await routeEditor.target(page, 'people').fill('Helena');
  await routeEditor.option(page, /Helena Prado/).click();
  await expect(page).toHaveURL(/person=/);
  await page.reload();
  await expect(routeEditor.agent(page)).toBeFocused();
});

test('routes.create where an inactive route exists: it is named, can’t be reviewed, and is edited instead', async ({
  page,
  open,
  omni,
}) => {
  const { id, chatId } = await newRoute(omni, { isActive: false });
  await open(routeEditor.newPath({ instance: WHATSAPP, chat: chatId }));
  await expect(page.getByRole('main').getByRole('alert')).toContainText('This chat already has a route (inactive)');
  await routeEditor.agent(page).click();
  await routeEditor.option(page, /Suporte/).click();
  await expect(routeEditor.review(page)).toContainText('This chat already has a route (inactive)');
  await expect(routeEditor.create(page)).toBeDisabled();
  await expect(page.getByRole('link', { name: 'Open existing route' })).toHaveAttribute(
    'href',
    routeEditor.path(WHATSAPP, id),
  );
  await page.getByRole('button', { name: 'Edit existing route instead' }).click();
  await expect(page).toHaveURL(routeEditor.path(WHATSAPP, id));
  await expect(routeEditor.agent(page)).toHaveValue('Suporte');
  await expect(page.getByText('Unsaved changes restored')).toBeVisible();
  await page.getByRole('radio', { name: 'Inactive', exact: true }).check();
  await routeEditor.save(page).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await rowOf(omni, id)).toMatchObject({ agent_id: SUPORTE, is_active: 0 });
});

test('routes.create where a route is created between preview and write: it is named, with the ways on', async ({
  page,
  open,
  omni,
}) => {
  const made = await omni.rows({ chats: [{ instanceId: WHATSAPP, name: 'Disputada' }] });
  const chatId = made.chats?.[0] ?? '';
  const columns = 'id, instance_id, scope, chat_id, agent_id, priority, is_active, created_at, updated_at';
  await omni.fault({
    kind: 'write',
    method: 'POST',
    path: '/routes$',
    sql: `INSERT INTO agent_routes (${columns}) VALUES (?, ?, 'chat', ?, ?, 0, 1, 0, 0)`,
    params: [crypto.randomUUID(), WHATSAPP, chatId, VENDAS],
  });
  await open(routeEditor.newPath({ instance: WHATSAPP, chat: chatId }));
  await routeEditor.agent(page).click();
  await routeEditor.option(page, /Suporte/).click();
  await routeEditor.create(page).click();
  await expect(page.getByRole('button', { name: 'Edit existing route instead' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open existing route' })).toBeVisible();
});

test('routes.edit after somebody saved meanwhile: three columns, nothing overwritten, then what was chosen', async ({
  page,
  open,
  omni,
}) => {
  const { id } = await newRoute(omni, { agentTimeout: 10 });
  await open(routeEditor.path(WHATSAPP, id));
  await routeEditor.value(page, 'Answer timeout').fill('20');
  await routeEditor.value(page, 'Label').fill('Minha');
  await expect(routeEditor.review(page)).toContainText('Label: Rota de teste → Minha');
  const sql =
    'UPDATE agent_routes SET agent_timeout = 30, agent_gate_enabled = 1, updated_at = updated_at + 5000000 WHERE id = ?';
  await omni.write(sql, [id]);
  await routeEditor.save(page).click();
  await expect(page.getByRole('heading', { name: 'Somebody else saved this route meanwhile' })).toBeVisible();
  await axe(page);
  const timeout = page.getByRole('group', { name: 'Answer timeout' });
  await expect(timeout).toContainText('20 s');
  await expect(timeout).toContainText('10 s');
  await expect(timeout).toContainText('30 s');
  await expect(page.getByRole('button', { name: 'Choose 1 more' })).toBeDisabled();
  await timeout.getByText('Yours').click();
  await page.getByRole('button', { name: 'Continue with these' }).click();
  await expect(page.getByText('Answer timeout: 30 s → 20 s')).toBeVisible();
  await routeEditor.save(page).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await rowOf(omni, id)).toMatchObject({ agent_timeout: 20, label: 'Minha', agent_gate_enabled: 1 });
});

test('route editor: what was typed survives a reload, until it is discarded', async ({ page, open, omni }) => {
  const { id } = await newRoute(omni, { agentTimeout: 10 });
  await open(routeEditor.path(WHATSAPP, id));
  page.on('dialog', (dialog) => void dialog.accept());
  await routeEditor.value(page, 'Answer timeout').fill('77');
  await open(routeEditor.path(WHATSAPP, id));
  await expect(routeEditor.value(page, 'Answer timeout')).toHaveValue('77');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(routeEditor.value(page, 'Answer timeout')).toHaveValue('10');
});

test('routes.create finds an archived chat by its name, and says that it is archived', async ({ page, open, omni }) => {
  const made = await omni.rows({ chats: [{ instanceId: WHATSAPP, name: 'Feirão Antigo' }] });
  await omni.write('UPDATE chats SET archived_at = updated_at WHERE id = ?', [made.chats?.[0] ?? '']);
  await open(routeEditor.newPath({ instance: WHATSAPP }));
  await routeEditor.target(page, 'chats').fill('feirão');
  await expect(routeEditor.option(page, /Feirão Antigo/)).toContainText('archived');
});

test.describe('route editor on a phone, dark', () => {
  test.use({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' });

  test('nothing is wider than the screen, and the button is in reach', async ({ page, open, omni }) => {
    const { id } = await newRoute(omni, { reactionAckEmoji: { done: '✅' }, agentGatePrompt: 'x'.repeat(500) });
    await open(routeEditor.path(WHATSAPP, id));
    await fits(page);
    await routeEditor.value(page, 'Label').fill('No telefone');
    await expect(routeEditor.save(page)).toBeInViewport();
    await fits(page);
    await axe(page);
  });
});

test.describe('route editor with a key that only reads', () => {
  test.use({ as: 'viewer' });

  test('everything is shown, nothing can be changed, and the missing scope is named', async ({ page, open, omni }) => {
    const { id } = await newRoute(omni, { agentTimeout: 10 });
    await open(routeEditor.path(WHATSAPP, id));
    await expect(page.getByText('Needs routes:write').filter({ visible: true }).first()).toBeVisible();
    await expect(routeEditor.value(page, 'Answer timeout')).toBeDisabled();
    await expect(routeEditor.agent(page)).toBeDisabled();
    await expect(routeEditor.review(page)).toContainText('Needs routes:write');
    await expect(routeEditor.save(page)).toBeDisabled();
  });
});
