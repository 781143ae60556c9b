import type { Page } from '@playwright/test';
import type { Control } from '../../sandbox/wire/control/control-client.ts';
import { expect, openAlive } from '../fixtures/test.ts';
import { holderOf, makePeople } from '../fixtures/people.ts';
import { activityPage, entryPage } from '../pom/activity.ts';
import { endPage, keyForm, keyPage, shownOnce } from '../pom/keys/keys.ts';
import { mergePage, operation } from '../pom/operations.ts';
import { personPage, personsPage } from '../pom/persons.ts';
import { routesPage } from '../pom/routes/routes.ts';
import { ownSession, sessionDialog } from '../pom/session/session.ts';
import { shell } from '../pom/shell.ts';
import { signInPage } from '../pom/session/sign-in.ts';
import type { ConsolePair } from '../fixtures/servers/pair.ts';
import { test } from '../fixtures/servers/replicas.ts';

// One pair for all: what one test left in the store, the others see.
test.describe.configure({ mode: 'default' });

const JOAO = 'dddddd01-0000-4000-8000-000000000001';
const WHATSAPP = '11111111-1111-4111-8111-111111111111';

/** Which replicas answered requests for a path, since the proxy had passed on `since` of them. */
function answeredBy({ proxy }: ConsolePair, path: RegExp, since = 0): Set<number> {
  return new Set(
    proxy.passed
      .slice(since)
      .filter((one) => path.test(one.path))
      .map(({ port }) => port),
  );
}

/** Two people whose join takes four steps: a route made anew, the join, a phone, the route switched on. */
async function fourSteps(omni: Control) {
  const phone = `+55119${String(Date.now()).slice(-8)}`;
  const [survivor, duplicate] = await makePeople(omni, {}, { phone });
  const [agent] = await omni.sql<{ id: string }>('SELECT id FROM agents WHERE is_active = 1 LIMIT 1');
  if (!survivor || !duplicate || !agent) throw new Error('nobody');
  await omni.rows({
    agent_routes: [
      {
        instanceId: WHATSAPP,
        scope: 'user',
        personId: duplicate.id,
        agentId: agent.id,
        label: duplicate.name,
        isActive: true,
      },
    ],
  });
  await omni.clearCalls();
  const after = async () => ({
    holder: await holderOf(omni, String(duplicate.identities[0])),
    phone: (await omni.sql('SELECT primary_phone AS phone FROM persons WHERE id = ?', [survivor.id]))[0]?.phone,
    routes: await omni.sql('SELECT person_id AS person, is_active AS active FROM agent_routes WHERE label = ?', [
      duplicate.name,
    ]),
    merges: (await omni.calls()).items.filter(({ path }) => path.endsWith('/persons/merge')).length,
    made: (await omni.calls()).items.filter(({ method, path }) => method === 'POST' && path.endsWith('/routes')).length,
  });
  const merged = { holder: survivor.id, phone, routes: [{ person: survivor.id, active: 1 }], merges: 1, made: 1 };
  return { survivor, duplicate, after, merged };
}

async function merge(page: Page, { survivor, duplicate }: Awaited<ReturnType<typeof fourSteps>>): Promise<void> {
  await openAlive(page, mergePage.path(survivor.id, duplicate.id));
  await operation.typed(page).fill(duplicate.name);
  await mergePage.merge(page).click();
}

const mergeSent = async (omni: Control) =>
  (await omni.calls()).items.some(({ path }) => path.endsWith('/persons/merge'));

test.describe('somebody comes', () => {
  test.use({ as: 'nobody' });

  test('replicas: sign-in, search, edit and undo; signed out through one replica, refused by the other', async ({
    page,
    open,
    pair,
    sandbox,
    browser,
    web,
  }) => {
    await open('/login');
    await signInPage.yourName(page).fill('Ana');
    await signInPage.signIn(page, sandbox.keys.admin, 'Demo');
    await shell.room(page, 'People').click();
    await expect(personsPage.heading(page)).toBeVisible();
    await personsPage.search(page).fill('joao silva');
    await personsPage.person(page, 'João Silva').click();
    await page.waitForURL(/\/persons\/dddddd01/);
    await page.getByRole('button', { name: 'Edit Phone' }).click();
    const phone = page.getByRole('textbox', { name: 'Phone' });
    const before = await phone.inputValue();
    await phone.fill('(47) 96666-4444');
    await page.keyboard.press('Enter');
    await expect(page.getByText('(47) 96666-4444')).toBeVisible();
    await operation.undo(page).click();
    await expect(page.getByText('Undone', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Edit Phone' }).click();
    await expect(phone).toHaveValue(before);
    expect(answeredBy(pair, /./)).toEqual(new Set([pair.first, pair.second]));

    const elsewhere = await browser.newContext({ baseURL: web.origin, locale: 'en-US' });
    await elsewhere.addCookies(await page.context().cookies());
    const copy = await elsewhere.newPage();
    pair.proxy.over(pair.second);
    expect((await copy.request.get('/api/session')).status()).toBe(200);
    pair.proxy.over(pair.first);
    await shell.signOut(page);
    await expect(signInPage.heading(page)).toBeVisible();
    await expect(signInPage.reason(page)).toHaveText('You are signed out.');
    pair.proxy.over(pair.second);
    expect((await copy.request.get('/api/session')).status()).toBe(401);
    await copy.goto(personPage.path(JOAO));
    await expect(signInPage.reason(copy)).toContainText('was ended');
    await elsewhere.close();
  });
});

test('replicas: a merge runs, and both replicas report its progress', async ({ page, omni, pair }) => {
  const scene = await fourSteps(omni);
  await omni.fault({ kind: 'hold', path: '/persons/merge$' });
  const since = pair.proxy.passed.length;
  await merge(page, scene);
  const busy = () => answeredBy(pair, /^\/api\/operations\//, since);
  await expect.poll(busy).toEqual(new Set([pair.first, pair.second]));
  await omni.clearFaults();
  await expect(operation.done(page)).toBeVisible();
  expect(await scene.after()).toEqual(scene.merged);
});

test('replicas: a route deactivated through one replica is inactive in the other’s list at once', async ({
  page,
  open,
  pair,
}) => {
  const toggle = routesPage.row(page, 'Helena Prado').getByRole('switch');
  for (const [by, seen, checked] of [
    [pair.first, pair.second, false],
    [pair.second, pair.first, true],
  ] as const) {
    pair.proxy.over(seen);
    await open(routesPage.path);
    expect(await toggle.isChecked()).toBe(!checked);
    pair.proxy.over(by);
    await open(routesPage.path);
    await toggle.click();
    await expect(page.getByText(checked ? /^Route .* activated/ : /^Route .* deactivated/)).toBeVisible();
    pair.proxy.over(seen);
    await open(routesPage.path);
    expect(await toggle.isChecked()).toBe(checked);
  }
});

test('replicas: a key is asked for again, created, shown once and revoked; Activity lists all of it', async ({
  page,
  open,
  web,
  omni,
  sandbox,
}) => {
  const { ageSession } = await import('../fixtures/forge.ts');
  await open(keyForm.path);
  await ageSession(web, (await ownSession(page)).sid, { proof: 16 * 60_000 });
  await keyForm.name(page).fill('replica');
  await keyForm.preset(page, 'Support').check();
  await keyForm.reviewed(page);
  await keyForm.create(page).click();
  await sessionDialog.proof(page).getByLabel('API key').fill(sandbox.keys.admin);
  await sessionDialog.proof(page).getByRole('button', { name: 'Continue' }).click();
  await expect(shownOnce.text(page)).toBeVisible();
  await expect(sessionDialog.proof(page)).toBeHidden();
  await shownOnce.reveal(page).click();
  await expect(shownOnce.text(page)).toHaveText(/^omni_sk_[A-Za-z0-9]{32}$/);
  await shownOnce.stored(page).click();
  await expect(keyPage.heading(page)).toContainText('replica');
  const [key] = await omni.sql<{ id: string }>("SELECT id FROM api_keys WHERE name = 'replica'");
  await open(endPage.revokePath(String(key?.id)));
  await endPage.reason(page).selectOption({ index: 1 });
  await endPage.revoke(page).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await omni.sql("SELECT status FROM api_keys WHERE name = 'replica'")).toEqual([{ status: 'revoked' }]);
  await open(activityPage.path());
  for (const title of [/^Revoke/, /^Create/, /^Deactivate route/, /^Activate route/, /^Merge/, /^Edit/])
    await expect(activityPage.entry(page, title).first()).toBeVisible();
});

test('replicas: PostgreSQL fails midway: the merge stops before the next step, says so, and finishes when it is back', async ({
  page,
  omni,
  pair,
  log,
}) => {
  log.expectLogged(/store_down|journal_away|not_written|maintenance_failed|upkeep_failed/);
  const scene = await fourSteps(omni);
  await omni.fault({ kind: 'hold', path: '/persons/merge$', when: 'after' });
  await merge(page, scene);
  await expect.poll(() => mergeSent(omni)).toBe(true);
  pair.line.cut();
  await omni.clearFaults();
  await expect(page.getByText('The console’s own database does not answer.')).toBeVisible();
  await expect.poll(() => log.lines().some((line) => line.includes('operations.journal_away'))).toBe(true);
  expect(await scene.after()).toMatchObject({ merges: 1, phone: null });
  pair.line.mend();
  await expect(page.getByText('It stopped before the next step')).toBeVisible();
  await entryPage.continue(page).click();
  await operation.finish(page).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await scene.after()).toEqual(scene.merged);
});

test('replicas: a replica is killed midway: the page learns it from the other, which finishes the rest, nothing twice', async ({
  page,
  context,
  omni,
  pair,
  web,
}) => {
  const scene = await fourSteps(omni);
  await omni.fault({ kind: 'hold', path: '/persons/merge$', when: 'after' });
  pair.proxy.over(pair.first);
  await merge(page, scene);
  await expect.poll(() => mergeSent(omni)).toBe(true);
  pair.proxy.over(pair.first, pair.second);
  await pair.kill(pair.first);
  await (await import('../fixtures/forge.ts')).lapseLeases(web);
  const other = await context.newPage();
  await openAlive(other, `${personsPage.path}?q=joao+silva`);
  await expect(personsPage.person(other, 'João Silva')).toBeVisible();
  await expect(entryPage.continue(page)).toBeVisible();
  expect(await scene.after()).toMatchObject({ holder: scene.survivor.id, phone: null, merges: 1 });
  await entryPage.continue(page).click();
  await operation.finish(page).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await scene.after()).toEqual(scene.merged);
  await pair.revive(pair.first);
  pair.proxy.over(pair.first);
  await openAlive(page, activityPage.path(`?subject=${scene.duplicate.id}`));
  await expect(activityPage.entries(page)).toHaveCount(1);
});

test('replicas: each holds the directory, and hears of a name that the other one changed', async ({
  page,
  open,
  pair,
  omni,
}) => {
  const [ana] = await makePeople(omni, { name: 'Ana de Duas Réplicas' });
  if (!ana) throw new Error('nobody');
  for (const replica of [pair.second, pair.first]) {
    pair.proxy.over(replica);
    await open('/persons?sort=name');
    await expect(page.getByText(/people as of/)).toBeVisible();
  }
  await open(personPage.path(ana.id));
  await page.getByRole('button', { name: 'Edit Name' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Zuleika de Duas Réplicas');
  await page.keyboard.press('Enter');
  await expect(personPage.heading(page)).toHaveText('Zuleika de Duas Réplicas');
  pair.proxy.over(pair.second);
  // The other replica reads what changed once it is asked again.
  await expect(async () => {
    await open('/persons?sort=-name');
    await expect(personsPage.person(page, 'Zuleika de Duas Réplicas')).toBeVisible({ timeout: 2000 });
  }).toPass();
});
