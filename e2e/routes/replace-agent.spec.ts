import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { Control } from '../../sandbox/wire/control/control-client.ts';
import { withMortalConsole } from '../fixtures/servers/mortal-console.ts';
import { expect, openAlive, reloadAlive, test } from '../fixtures/test.ts';
import { operation } from '../pom/operations.ts';
import { routeHealth } from '../pom/routes/route-health.ts';
import { routesPage } from '../pom/routes/routes.ts';

// The next test of this worker begins with a small world again.
test.afterEach(({ omni }) => omni.reset({ persons: 500, seed: 1 }));

const ROUTES = 154;
const RETIRED = 'Aposentada';

/** Chats of an instance whose routes name an agent that is inactive. */
async function retiredAgent(omni: Control) {
  const [agentId, instanceId] = [randomUUID(), randomUUID()];
  const chats = Array.from({ length: ROUTES }, (_, index) => ({
    id: randomUUID(),
    instanceId,
    name: `Grupo ${index}`,
  }));
  const routes = chats.map(({ id: chatId }) => ({ id: randomUUID(), instanceId, scope: 'chat', chatId, agentId }));
  await omni.rateLimit(100_000);
  await omni.rows({
    agents: [{ id: agentId, name: RETIRED, isActive: false }],
    instances: [{ id: instanceId, name: 'Loja grande', agentId }],
    chats,
    agent_routes: routes,
  });
  const left = async () => {
    const [row] = await omni.sql<{ count: number }>('SELECT count(*) AS count FROM agent_routes WHERE agent_id = ?', [
      agentId,
    ]);
    return Number(row?.count);
  };
  return { ids: routes.map(({ id }) => id), left };
}

async function patches(omni: Control): Promise<number> {
  return (await omni.calls()).items.filter(({ method }) => method === 'PATCH').length;
}

/** From the page of findings to the review: four clicks, and the fifth runs it. */
async function review(page: Page): Promise<void> {
  await routeHealth.group(page, 'Agent inactive').click();
  await page.getByRole('button', { name: `Replace ${RETIRED} · ${ROUTES} routes` }).click();
  const box = routesPage.dialog(page);
  await box.getByRole('combobox', { name: 'With' }).click();
  await page.getByRole('option', { name: /^Vendas/ }).click();
  await expect(box.getByText(/154 chats get another agent on Loja grande/)).toBeVisible();
}

const run = (page: Page) =>
  routesPage.dialog(page).getByRole('button', { name: `Replace ${RETIRED} on ${ROUTES} routes` });

test('routes.bulk-edit: 154 routes get another agent with five clicks; two refused ones are tried again; undo', async ({
  page,
  open,
  omni,
  smallWorld,
}) => {
  await smallWorld();
  const { ids, left } = await retiredAgent(omni);
  await open('/routes/health');
  await review(page);
  for (const id of [ids[7], ids[90]])
    await omni.fault({ kind: 'status', status: 403, method: 'PATCH', path: `${id}$`, times: null });
  await omni.clearCalls();
  const started = Date.now();
  await run(page).click();
  const box = routesPage.dialog(page);
  await expect(box.getByText('2 steps failed')).toBeVisible();
  const took = Date.now() - started;
  const { items } = await omni.calls();
  console.log(`154 routes: 5 clicks, ${took} ms, ${items.length} calls, ${await patches(omni)} of them PATCH`);
  expect(await left()).toBe(2);
  await omni.clearFaults();
  await omni.clearCalls();
  await box.getByRole('button', { name: 'Retry 2 failed' }).click();
  await expect(operation.done(page)).toBeVisible();
  expect([await left(), await patches(omni)]).toEqual([0, 2]);
  await operation.undo(page).click();
  await operation.undoRun(page).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await left()).toBe(ROUTES);
});

test('routes.bulk-edit of 154 routes, killed in the middle: Finish changes the rest, and no route twice', async ({
  browser,
  sandbox,
  omni,
}) => {
  await omni.reset({ persons: 500, seed: 1 });
  const { left } = await retiredAgent(omni);
  await withMortalConsole(browser, sandbox, async ({ page, start, end, lapse }) => {
    await openAlive(page, '/routes/health');
    await review(page);
    // Omni does not come to the 25th: the console is killed while it waits for it, however fast the machine is.
    await omni.fault({ kind: 'hold', method: 'PATCH', nth: 25, times: null });
    await omni.clearCalls();
    await run(page).click();
    await expect.poll(left).toBe(ROUTES - 24);
    await expect.poll(() => patches(omni)).toBe(25);
    expect(await end('SIGKILL')).toBe('SIGKILL');
    // It was sent, so it happens all the same.
    await omni.clearFaults();
    await expect.poll(left).toBe(ROUTES - 25);
    await lapse();
    await start();
    await openAlive(page, '/activity');
    await page
      .getByRole('main')
      .getByRole('link', { name: /Aposentada/ })
      .first()
      .click();
    await page.waitForURL(/\/activity\/[0-9a-f-]{36}$/);
    const finish = operation.left(page);
    await expect(async () => {
      await reloadAlive(page);
      await expect(finish).toBeVisible({ timeout: 5000 });
    }).toPass();
    await finish.click();
    await operation.finish(page).click();
    await expect(operation.done(page).first()).toBeVisible();
    expect([await left(), await patches(omni)]).toEqual([0, ROUTES]);
  });
});
