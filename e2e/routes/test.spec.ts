import { axe } from '../a11y/axe.ts';
import { fits } from '../a11y/measures.ts';
import { routedChat, VENDAS, WHATSAPP } from '../fixtures/routed-chat.ts';
import { listTools } from '../pom/list-tools.ts';
import { routeEditor, routeTest } from '../pom/routes/route-editor.ts';
import { expect, test } from '../fixtures/test.ts';

for (const scheme of ['light', 'dark'] as const) {
  test.describe(scheme, () => {
    test.use({ colorScheme: scheme });

    test('test routing: the verdict is the headline, then the chain, the chat first whatever the priority', async ({
      page,
      open,
      omni,
    }) => {
      const { chatId, personId } = await routedChat(omni);
      await open(routeTest.path({ instance: WHATSAPP, chat: chatId, person: personId }));
      await expect(routeTest.verdict(page)).toHaveText('Answered by Suporte');
      await expect(routeTest.part(page, 'Chat route')).toContainText('Suporte“Da sala” · decides');
      await expect(routeTest.part(page, 'Person route')).toContainText('comes after the chat route');
      await expect(routeTest.part(page, 'Person route')).toContainText('Its priority 99 changes nothing.');
      await expect(routeTest.part(page, 'Access')).toContainText('Allowed');
      await expect(routeTest.part(page, 'Provider')).toContainText('responds');
      await expect(routeTest.settings(page)).toContainText('server default (not reported)');
      await axe(page);
    });
  });
}

test('test routing: an inactive route is passed over, named and linked', async ({ page, open, omni }) => {
  const { chatId, personId, chatRoute } = await routedChat(omni, false);
  await open(routeTest.path({ instance: WHATSAPP, chat: chatId, person: personId }));
  await expect(routeTest.part(page, 'Chat route')).toContainText('Suporte“Da sala” · inactive');
  await expect(routeTest.part(page, 'Person route')).toContainText('decides');
  await expect(routeTest.verdict(page)).toHaveText('Answered by Vendas');
  await expect(routeTest.part(page, 'Chat route').getByRole('link', { name: 'Open' })).toHaveAttribute(
    'href',
    routeEditor.path(WHATSAPP, chatRoute),
  );
});

test('test routing: the question stands in the address; a chat id that is no UUID skips every route', async ({
  page,
  open,
}) => {
  await open('/routes/test');
  await expect(page.getByText('Choose an instance, then a chat or a person')).toBeVisible();
  await page.getByRole('combobox', { name: 'Instance' }).fill('wa-v');
  await page.getByRole('option', { name: /^wa-vendas/ }).click();
  await expect(page).toHaveURL(/instance=1111/);
  await page.getByRole('combobox', { name: 'In the chat' }).fill('maria');
  await page.getByRole('option', { name: /Maria Conceição/ }).click();
  await expect(page).toHaveURL(/chat=cccccc02/);
  await open(routeTest.path({ instance: WHATSAPP, chat: '5511@s.whatsapp.net' }));
  await expect(routeTest.answer(page)).toContainText('skipped: the chat’s ID is not a UUID');
});

test('test routing: Enter before the answer takes the first hit when it comes, unless something else was typed since', async ({
  page,
  open,
}) => {
  let answer = Promise.withResolvers<void>();
  await page.route('**/api/lookup/chats?*', async (route) => {
    await answer.promise;
    await route.continue().catch(() => undefined);
  });
  await open(routeTest.path({ instance: WHATSAPP }));
  const chat = page.getByRole('combobox', { name: 'In the chat' });
  const asked = (text: string) => page.waitForRequest((request) => request.url().endsWith(`q=${text}`));
  const first = asked('maria');
  await chat.fill('maria');
  await chat.press('Enter');
  await first;
  const second = asked('conc');
  await chat.fill('conc');
  await second;
  answer.resolve();
  await expect(page.getByRole('option', { name: /Maria Conceição/ })).toBeVisible();
  expect(page.url()).not.toContain('chat=');
  answer = Promise.withResolvers<void>();
  const third = asked('maria');
  await chat.fill('maria');
  await chat.press('Enter');
  await third;
  answer.resolve();
  await expect(page).toHaveURL(/chat=cccccc02/);
  await expect(chat).toHaveValue(/Maria Conceição/);
});

for (const [what, path] of [
  ['half an instance', '/routes/test?instance=1111&chat=%00&person=x&person=y'],
  ['a copy of nothing', '/routes/new?instance=zzz&copy=zzz&chat[]=1'],
  ['an instance nobody has', `/routes/tests?instance=${'x'.repeat(5000)}`],
  ['a route that is none', '/routes/abc/def'],
] as const) {
  test(`${what} in the address never reaches Omni as it is`, async ({ page, open, omni, signInAnew }) => {
    // A key of its own: what others asked with theirs may have used up how many calls Omni takes.
    await signInAnew();
    await omni.clearCalls();
    await open(path);
    await expect(page.getByRole('heading', { level: 1 }).or(page.getByText('Route not found'))).toBeVisible();
    const { items } = await omni.calls();
    // A saved test of another spec may ask for a chat that is gone: 404 is no answer to what stands in the address.
    const asked = items.map(({ method, path: at, query, status }) => `${status} ${method} ${at}${query}`);
    expect(asked.filter((call) => /^(400|422) |%00|zzz|xxxxx|[=/](1111|abc|x|y)(?![-\w])/.test(call))).toEqual([]);
  });
}

test('route editor: a route that does not exist has a page of its own', async ({ page, open }) => {
  await open(routeEditor.path(WHATSAPP, '00000000-0000-4000-8000-00000000dead'));
  await expect(page.getByText('Route not found')).toBeVisible();
});

test('test routing: behind an inactive provider nobody answers', async ({ page, open, omni, signInAnew }) => {
  const { chatId } = await routedChat(omni);
  await omni.write("UPDATE agent_providers SET is_active = 0 WHERE name = 'webhook-local'");
  await signInAnew();
  await open(routeTest.path({ instance: WHATSAPP, chat: chatId }));
  await expect(routeTest.verdict(page)).toHaveText('Nobody answers: provider inactive');
  await expect(routeTest.part(page, 'Provider')).toContainText('provider inactive');
  await expect(routeTest.part(page, 'Chat route')).toContainText('Suporte“Da sala” · applies');
  await omni.write("UPDATE agent_providers SET is_active = 1 WHERE name = 'webhook-local'");
});

test('test routing: whoever an access rule blocks, or whose provider does not respond, is answered by nobody', async ({
  page,
  open,
  omni,
  signInAnew,
}) => {
  const { chatId, personId } = await routedChat(omni);
  const asked = routeTest.path({ instance: WHATSAPP, chat: chatId, person: personId });
  await omni.write("UPDATE agent_providers SET base_url = 'http://127.0.0.1:1' WHERE name = 'webhook-local'");
  await signInAnew();
  await open(asked);
  await expect(routeTest.answer(page)).toContainText('Nobody answers: provider isn’t responding');
  await omni.write("UPDATE agent_providers SET base_url = 'http://127.0.0.1:7778' WHERE name = 'webhook-local'");
  const [identity] = await omni.sql('SELECT platform_user_id AS handle FROM platform_identities WHERE person_id = ?', [
    personId,
  ]);
  const phonePattern = `${String(identity?.handle).split('@')[0]}*`;
  await omni.rows({ access_rules: [{ instanceId: WHATSAPP, ruleType: 'deny', phonePattern }] });
  await signInAnew();
  await open(asked);
  await expect(routeTest.answer(page)).toContainText('Nobody answers: blocked by an access rule');
  await expect(routeTest.part(page, 'Access')).toContainText('Blocked');
  // The rule decides, so that nothing behind it does.
  await expect(routeTest.part(page, 'Chat route')).toContainText('Suporte“Da sala” · not reached');
  await expect(routeTest.answer(page)).not.toContainText('decides');
  await expect(routeTest.part(page, 'Provider')).not.toContainText('responds');
});

test('route editor: a draft for a chat that has a route already says so and can’t be tested or reviewed', async ({
  page,
  open,
  omni,
}) => {
  const { chatId } = await routedChat(omni, false);
  await open(`/routes/new?instance=${WHATSAPP}&chat=${chatId}&for=chat`);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('This chat already has a route (inactive)');
  await routeEditor.agent(page).click();
  await routeEditor.option(page, /Cobrança/).click();
  const why = 'This chat already has a route (inactive)';
  await expect(routeEditor.review(page)).toContainText(why);
  await expect(routeEditor.create(page)).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Test routing', exact: true })).toHaveAccessibleDescription(why);
});

test('route editor: a draft is tested before it is saved', async ({ page, open, omni }) => {
  const { personId, personRoute } = await routedChat(omni);
  await open(routeEditor.path(WHATSAPP, personRoute));
  await omni.clearCalls();
  await routeEditor.agent(page).click();
  await routeEditor.option(page, /Cobrança/).click();
  await page.getByRole('button', { name: 'Test routing', exact: true }).click();
  await expect(routeTest.verdict(page)).toHaveText('Answered by Cobrança');
  await expect(page.getByText('not saved').first()).toBeVisible();
  const [row] = await omni.sql('SELECT agent_id FROM agent_routes WHERE person_id = ?', [personId]);
  expect(row?.agent_id).toBe(VENDAS);
});

test('saved tests: one is saved, fails after a change, is edited and deleted, and undo restores it', async ({
  page,
  open,
  omni,
}) => {
  const { chatId, chatRoute } = await routedChat(omni);
  await open(routeTest.path({ instance: WHATSAPP, chat: chatId }));
  await routeTest.saveAs(page, 'Sala com Suporte');
  await open(routeEditor.path(WHATSAPP, chatRoute));
  await routeEditor.agent(page).click();
  await routeEditor.option(page, /Vendas/).click();
  await routeEditor.save(page).click();
  const item = page
    .getByRole('region', { name: 'Saved tests' })
    .getByRole('listitem')
    .filter({ hasText: 'Sala com Suporte' });
  await expect(item).toContainText('expected Suporte, but Vendas answers');
  await axe(page);
  await open(routeTest.path({ instance: WHATSAPP, chat: chatId }));
  await expect(routeTest.part(page, 'Chat route')).toContainText(/Takes effect within \d+ s/);
  await expect(routeTest.part(page, 'Default agent')).not.toContainText('Takes effect');
  await page.goto('/routes/test');
  const again = page.getByRole('list', { name: 'Saved tests' }).getByRole('link', { name: /^Sala com Suporte/ });
  await again.click();
  await expect(page).toHaveURL(new RegExp(`chat=${chatId}`));
  await expect(again).toHaveCount(0);
  await page.getByRole('button', { name: 'Saved tests' }).click();
  await expect(page.getByRole('menuitem', { name: 'Sala com Suporte' })).toBeVisible();
  await page.getByRole('menuitem', { name: 'All saved tests' }).click();
  await expect(page).toHaveURL(/\/routes\/tests/);
  await expect(page.getByText(/^They run after each change made here/)).toBeVisible();
  const row = page.getByRole('row', { name: /Sala com Suporte/ });
  await expect(row).toContainText('Fails');
  await expect(row.getByRole('link', { name: 'Why? Sala com Suporte' })).toHaveAttribute('href', /routes\/test\?/);
  await expect(page.getByRole('link', { name: 'New test' })).toBeVisible();
  await axe(page);
  await listTools.act(page, row, 'Edit');
  await page.getByRole('combobox', { name: 'Expected agent' }).click();
  await routeEditor.option(page, /Vendas/).click();
  await routeEditor.save(page).click();
  await expect(row).toContainText('Vendas answers, as expected');
  await listTools.act(page, row, 'Delete');
  await expect(row).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row).toContainText('as expected');
  await listTools.act(page, row, 'Delete');
  await expect(row).toHaveCount(0);
});

test('routes: the tabs stand in one place, whichever of them is open', async ({ page, open }) => {
  const tabs = page.getByRole('navigation', { name: 'Pages of routes' }).getByRole('link');
  const places = async () => Promise.all((await tabs.all()).map(async (tab) => (await tab.boundingBox())?.x));
  await open('/routes');
  await expect(tabs).toHaveCount(4);
  const first = await places();
  for (const path of ['/routes/test', '/routes/tests', '/routes/health', '/routes/coverage']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1, name: 'Routes' })).toBeVisible();
    expect(await places(), path).toEqual(first);
  }
});

test('the page of a person links to test routing', async ({ page, open }) => {
  await open('/persons/dddddd22-0000-4000-8000-000000000022');
  await page
    .getByRole('link', { name: /^Why\? Routing on/ })
    .first()
    .click();
  await expect(routeTest.part(page, 'Agent')).toContainText('Concierge VIP');
});

test.describe('test routing on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('the chain and the settings fit', async ({ page, open, omni }) => {
    const { chatId, personId } = await routedChat(omni);
    await open(routeTest.path({ instance: WHATSAPP, chat: chatId, person: personId }));
    await expect(routeTest.part(page, 'Provider')).toBeVisible();
    const tabs = page.getByRole('navigation', { name: 'Routes' });
    for (const tab of await tabs.getByRole('link').all()) await expect(tab).toBeInViewport({ ratio: 1 });
    await fits(page);
    await axe(page);
  });
});

test.describe('test routing with a key that only reads', () => {
  test.use({ as: 'viewer' });

  test('it can be tested, and not saved', async ({ page, open, omni }) => {
    const { chatId } = await routedChat(omni);
    await open(routeTest.path({ instance: WHATSAPP, chat: chatId }));
    await expect(routeTest.part(page, 'Chat route')).toContainText('decides');
    await expect(routeTest.saveTest(page)).toHaveAccessibleDescription('Needs routes:write');
  });
});
