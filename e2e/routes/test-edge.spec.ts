import { fits } from '../a11y/measures.ts';
import { routedChat, WHATSAPP } from '../fixtures/routed-chat.ts';
import { operation } from '../pom/operations.ts';
import { routeEditor, routeTest } from '../pom/routes/route-editor.ts';
import { expect, test } from '../fixtures/test.ts';

for (const hours of [-1, 1]) {
  test(`test routing: how long a change takes is told by the server’s clock, with the browser’s ${hours} h off`, async ({
    page,
    open,
    omni,
  }) => {
    const { chatId, chatRoute } = await routedChat(omni);
    await page.clock.install({ time: Date.now() + hours * 3_600_000 });
    await open(routeEditor.path(WHATSAPP, chatRoute));
    await routeEditor.agent(page).click();
    await routeEditor.option(page, /Vendas/).click();
    await routeEditor.save(page).click();
    await expect(operation.done(page)).toBeVisible();
    await expect(page.getByText(/Takes effect within \d+ s/).first()).toBeVisible();
    await open(routeTest.path({ instance: WHATSAPP, chat: chatId }));
    await expect(routeTest.part(page, 'Chat route')).toContainText(/Takes effect within \d+ s/);
    await page.clock.fastForward(31_000);
    await expect(routeTest.part(page, 'Chat route')).not.toContainText('Takes effect');
  });
}

test('test routing: an instance that is not there says so, and a name is never wider than the page', async ({
  page,
  open,
  omni,
  signInAnew,
}) => {
  await open(routeTest.path({ instance: crypto.randomUUID(), chat: crypto.randomUUID() }));
  await expect(page.getByText('Instance not found')).toBeVisible();
  await page.setViewportSize({ width: 320, height: 740 });
  const { chatId } = await routedChat(omni);
  const [agentId = ''] = (await omni.rows({ agents: [{ name: 'W'.repeat(120) }] })).agents ?? [];
  await omni.write('UPDATE agent_routes SET agent_id = ? WHERE chat_id = ?', [agentId, chatId]);
  await signInAnew();
  await open(routeTest.path({ instance: WHATSAPP, chat: chatId }));
  await expect(routeTest.part(page, 'Agent')).toContainText('WWW');
  await fits(page);
});
