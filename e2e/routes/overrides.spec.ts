import { routeEditor } from '../pom/routes/route-editor.ts';
import { operation } from '../pom/operations.ts';
import { newRoute, rowOf } from '../fixtures/routes.ts';
import { expect, test } from '../fixtures/test.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';

test('routes.edit sets a reply filter and emojis, and reads them back', async ({ page, open, omni }) => {
  const { id } = await newRoute(omni);
  await open(routeEditor.path(WHATSAPP, id));
  await routeEditor.add(page, 'Reply filter');
  await routeEditor.setting(page, 'Who gets an answer').getByText('only some').click();
  for (const name of ['direct messages', 'mentions', 'replies to the agent', 'a name in the text'])
    await page.getByRole('checkbox', { name }).setChecked(false);
  await expect(routeEditor.value(page, 'Names, one per line')).toHaveCount(0);
  await routeEditor.value(page, 'Label').focus();
  await expect(page.getByText('Choose at least one condition.')).toBeVisible();
  for (const name of ['mentions', 'a name in the text']) await page.getByRole('checkbox', { name }).check();
  await routeEditor.value(page, 'Names, one per line').fill(' zé \n\nomni');
  await routeEditor.add(page, 'Reaction emojis');
  await page.getByRole('textbox', { name: 'Emoji 1', exact: true }).fill('👀');
  await routeEditor.value(page, 'Moment of emoji 1').fill('received');
  await page.getByRole('button', { name: 'Add an emoji' }).click();
  await routeEditor.value(page, 'Moment of emoji 2').fill('without an emoji');
  await routeEditor.value(page, 'Label').focus();
  await expect(page.getByText('Each emoji needs a moment, and each moment an emoji.')).toBeVisible();
  await expect(routeEditor.save(page)).toBeDisabled();
  await page.getByRole('button', { name: 'Correct 1 value first.' }).click();
  await expect(page.getByRole('textbox', { name: 'Emoji 1', exact: true })).toBeFocused();
  await page.getByRole('button', { name: 'Remove emoji 2' }).click();
  await routeEditor.save(page).click();
  await expect(operation.done(page)).toBeVisible();
  const row = await rowOf(omni, id);
  expect(JSON.parse(String(row?.agent_reply_filter))).toMatchObject({
    mode: 'filtered',
    conditions: { onDm: false, onMention: true, onNameMatch: true, namePatterns: ['zé', 'omni'] },
  });
  expect(JSON.parse(String(row?.reaction_ack_emoji))).toEqual({ received: '👀' });
  await open(routeEditor.path(WHATSAPP, id));
  await expect(routeEditor.setting(page, 'Who gets an answer').getByRole('radio', { name: 'only some' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'direct messages' })).not.toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'a name in the text' })).toBeChecked();
  await expect(routeEditor.value(page, 'Names, one per line')).toHaveValue('zé\nomni');
  await expect(routeEditor.value(page, 'Moment of emoji 1')).toHaveValue('received');
  await expect(page.getByRole('textbox', { name: 'Emoji 1', exact: true })).toHaveValue('👀');
  await expect(routeEditor.value(page, 'Moment of emoji 2')).toHaveCount(0);
});

test('route editor: a value that cannot be sent is named at its field', async ({ page, open, omni }) => {
  const { id } = await newRoute(omni, { agentTimeout: 10 });
  await open(routeEditor.path(WHATSAPP, id));
  await routeEditor.value(page, 'Answer timeout').fill('30');
  await expect(routeEditor.save(page)).toBeVisible();
  await routeEditor.value(page, 'Answer timeout').fill('0');
  await expect(page.getByText('Too small.')).toBeVisible();
  await expect(routeEditor.save(page)).toBeDisabled();
  await routeEditor.value(page, 'Answer timeout').fill('soon');
  await expect(page.getByText('Enter a whole number.')).toBeVisible();
  await page.getByRole('button', { name: 'Correct 1 value first.' }).click();
  await expect(routeEditor.value(page, 'Answer timeout')).toBeFocused();
});

test('route editor: 3 overrides stand open; clearing one that matches the inherited value is said as that', async ({
  page,
  open,
  omni,
}) => {
  const { id } = await newRoute(omni, { agentTimeout: 10, agentStreamMode: false, agentGatePrompt: 'Só vendas' });
  await open(routeEditor.path(WHATSAPP, id));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Conversa de teste');
  await expect(page).toHaveTitle(/^Conversa de teste · Edit route/);
  await expect(page.getByRole('region', { name: '3 overrides' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Clear .+: inherit$/ })).toHaveCount(3);
  await page.getByRole('button', { name: 'Clear Streaming: inherit' }).click();
  await expect(page.getByRole('region', { name: '2 overrides' })).toBeVisible();
  const review = routeEditor.review(page);
  await expect(review).toContainText('Inherited again, same value: Streaming');
  await expect(review).not.toContainText('→');
  await page.getByRole('button', { name: 'Undo the change of Streaming' }).click();
  await expect(review).toContainText('No changes yet.');
});

test('route editor: an agent beyond the first 200 has its name, and the limit is said', async ({
  page,
  open,
  omni,
  signInAnew,
}) => {
  const { id } = await newRoute(omni);
  const agents = Array.from({ length: 210 }, (_, at) => ({ name: `Robô ${String(at).padStart(3, '0')}` }));
  const made = (await omni.rows({ agents })).agents ?? [];
  try {
    await signInAnew();
    await open(routeEditor.newPath({ instance: WHATSAPP }));
    await expect(page.getByText(/^Only the first 200 are listed/)).toBeVisible();
    for (const agent of [made[0], made[209]]) {
      await omni.write('UPDATE agent_routes SET agent_id = ? WHERE id = ?', [agent ?? '', id]);
      await open(routeEditor.path(WHATSAPP, id));
      await expect(routeEditor.agent(page)).toHaveValue(/^Robô/);
    }
  } finally {
    await omni.write("DELETE FROM agents WHERE name LIKE 'Robô %'");
  }
});

test('copy of a route: it starts with every setting and says what is not copied', async ({ page, open, omni }) => {
  const { id } = await newRoute(omni, { agentTimeout: 99, agentSessionStrategy: 'per_thread' });
  await omni.write(`UPDATE agent_routes SET agent_send_media_path_types = '["image"]' WHERE id = ?`, [id]);
  await open(routeEditor.newPath({ copy: id }));
  await expect(page.getByText('Not copied: Omni doesn’t accept these values')).toBeVisible();
  await expect(page.getByText('["image"]')).toBeVisible();
  await expect(page.getByText('"per_thread"')).toBeVisible();
  await expect(routeEditor.value(page, 'Answer timeout')).toHaveValue('99');
  await expect(routeEditor.target(page, 'chats')).toHaveValue('');
});
