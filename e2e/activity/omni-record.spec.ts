import type { Control } from '../../sandbox/wire/control/control-client.ts';
import { expect, openAlive, test } from '../fixtures/test.ts';
import { activityPage } from '../pom/activity.ts';
import { listTools } from '../pom/list-tools.ts';
import { routeEditor } from '../pom/routes/route-editor.ts';

const VIP = { id: 'fffffff5-0000-4000-8000-000000000005', instance: '11111111-1111-4111-8111-111111111111' };
const ROUTE = `/routes/${VIP.instance}/${VIP.id}`;

/** Somebody changes the route past the console. */
async function byCli(
  sandbox: { url: string; keys: { admin: string } },
  body: object,
  client = 'omni-cli/2.1.0',
): Promise<void> {
  const answer = await fetch(`${sandbox.url}/api/v2/instances/${VIP.instance}/routes/${VIP.id}`, {
    method: 'PATCH',
    headers: {
      'content-type': 'application/json',
      'x-api-key': sandbox.keys.admin,
      'user-agent': client,
      'x-omni-actor': 'Rui',
    },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
}

const emptied = (omni: Control) => omni.write('DELETE FROM config_audit_logs');

test('activity: a change made past the console stands with its values, key and client, and is opened', async ({
  page,
  omni,
  sandbox,
  signInAnew,
}) => {
  await emptied(omni);
  await signInAnew();
  await byCli(sandbox, { priority: 41 });
  await byCli(sandbox, { priority: 42 });
  await openAlive(page, activityPage.path(`?subject=${VIP.id}`));
  await expect(activityPage.entries(page)).toHaveCount(2);
  const first = activityPage.entries(page).first();
  await expect(first).toContainText('Priority: 41 → 42');
  await expect(first).toContainText('__primary__');
  await expect(first).toContainText('omni-cli/2.1.0');
  await first.getByRole('link').click();
  await expect(page).toHaveURL(/\/activity\/omni\//);
  const main = page.getByRole('main');
  await expect(main.getByRole('heading', { level: 1 })).toHaveText(/^Route for .+ changed$/);
  await expect(main.getByText('41 → 42')).toBeVisible();
  await expect(main.getByText('Rui (not checked by Omni)')).toBeVisible();
  await main.getByRole('link', { name: 'Open', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(ROUTE));
  await expect(page.getByRole('region', { name: 'History' })).toContainText('Priority: 41 → 42');
});

test('activity: a change of this console stands once, and Omni’s record of it leads to its entry', async ({
  page,
  omni,
}) => {
  await emptied(omni);
  await openAlive(page, ROUTE);
  const label = `VIP ${String(Date.now()).slice(-5)}`;
  await page.getByRole('textbox', { name: 'Label' }).fill(label);
  await routeEditor.save(page).click();
  await expect.poll(() => omni.sql('SELECT id FROM config_audit_logs')).toHaveLength(1);
  await openAlive(page, activityPage.path(`?subject=${VIP.id}`));
  await expect(activityPage.entries(page).filter({ hasText: label })).toHaveCount(1);
  await listTools.filter(page, 'Record', 'Omni’s record');
  await expect(page).toHaveURL(/origin=omni/);
  const line = activityPage.entries(page).filter({ hasText: label });
  await expect(line).toHaveCount(1);
  await expect(line).toContainText('Also recorded here');
  await line.getByRole('link').click();
  await page.getByRole('link', { name: 'Open its entry' }).click();
  await expect(page).toHaveURL(/\/activity\/[0-9a-f-]{36}$/);
});

test('activity: what may be listed twice says so in its line, with the column hidden, and on a phone', async ({
  page,
  omni,
  sandbox,
  signInAnew,
}) => {
  await emptied(omni);
  await signInAnew();
  await byCli(sandbox, { priority: 43 }, 'omni-console/0.0.1');
  await openAlive(page, activityPage.path(`?subject=${VIP.id}`));
  const line = activityPage.entries(page).first();
  for (const width of [1440, 700, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await expect(line.getByText('May be listed twice')).toBeVisible();
    await expect(line.getByText('Done', { exact: true })).toBeVisible();
  }
});

test('activity: a key without audit:read is told so, and reads its own entries', async ({ page, signInAnew }) => {
  await signInAnew({ scopes: ['persons:read', 'auth:validate'] });
  await openAlive(page, activityPage.path());
  await expect(page.getByText('Needs audit:read')).toBeVisible();
  await openAlive(page, activityPage.path('?origin=omni'));
  await expect(page.getByText('Needs audit:read')).toBeVisible();
  await expect(page.getByText(/^No changes/)).toHaveCount(0);
});

test('activity: where Omni’s record can’t be read, it is told as a failure and the console’s entries stand', async ({
  page,
  omni,
  signInAnew,
}) => {
  await signInAnew();
  await omni.fault({ kind: 'status', status: 500, method: 'GET', path: '/audit', times: null });
  await openAlive(page, activityPage.path());
  await expect(page.getByText('Couldn’t load Omni’s record: Omni answered 500')).toBeVisible();
  await omni.clearFaults();
  await page.getByRole('link', { name: 'Try again' }).click();
  await expect(page.getByText('Couldn’t load Omni’s record')).toHaveCount(0);
});
