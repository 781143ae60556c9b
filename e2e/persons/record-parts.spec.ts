import { makePeople } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';
import { personPage, personsPage } from '../pom/persons.ts';

const JOAO = 'dddddd01-0000-4000-8000-000000000001';
const SLOW = { kind: 'latency', ms: 1500, path: '^/api/v2/', times: null } as const;

/** How long after a click on a row the page has the heading, by the page's own clock; and whether its parts still load then. */
declare global {
  // oxlint-disable-next-line no-var
  var headAfter: Promise<{ ms: number; loading: boolean }> | undefined;
}

test.use({ as: 'nobody' });
test.beforeEach(({ signInAnew }) => signInAnew());

test('person page: the head stands from the row before Omni has answered anything; on a slow Omni the rest comes as it can', async ({
  page,
  open,
  omni,
}, info) => {
  const [ana] = await makePeople(omni, { name: 'Ana Lenta', phone: '+5511987650001' });
  if (!ana) throw new Error('nobody');
  await open('/persons');
  const link = personsPage.person(page, 'Ana Lenta');
  await expect(link).toBeVisible();
  // Nothing is answered until it is seen that the head needs no answer.
  const held = await omni.fault({ kind: 'hold', path: '^/api/v2/', times: null });
  await page.evaluate(() => {
    globalThis.headAfter = new Promise((resolve) => {
      let from = 0;
      addEventListener('click', () => (from = performance.now()), { capture: true, once: true });
      const look = () => {
        const head = [...document.querySelectorAll('h1')].find((one) => one.checkVisibility());
        if (from === 0 || head?.textContent !== 'Ana Lenta') return requestAnimationFrame(look);
        const loading = [...document.querySelectorAll('.skeleton')].some((one) => one.checkVisibility());
        return resolve({ ms: performance.now() - from, loading });
      };
      look();
    });
  });
  await link.click();
  await expect(personPage.heading(page)).toHaveText('Ana Lenta');
  await expect(page.getByText('(11) 98765-0001').filter({ visible: true }).first()).toBeVisible();
  for (const title of ['Details', 'Identities', 'Timeline', 'Who answers', 'Access'])
    await expect(page.getByRole('heading', { level: 2, name: title, exact: true })).toBeVisible();
  await expect(personPage.part(page, 'Details')).toHaveCount(0);
  const head = await page.evaluate(() => globalThis.headAfter);
  await omni.fault(SLOW);
  await omni.clearFault(held.id);
  await page.waitForURL(new RegExp(`/persons/${ana.id}$`));
  await expect(personPage.part(page, 'Details')).toContainText('(11) 98765-0001');
  await expect(personPage.part(page, 'Identities').getByRole('button', { name: /^Actions for/ })).toBeVisible();
  const ms = Math.round(head?.ms ?? 0);
  info.annotations.push({ type: 'person page', description: `head ${ms} ms after the click` });
  process.stdout.write(`person page: head ${ms} ms after the click on its row\n`);
  expect(head?.loading).toBe(true);
});

test('person page: where no route and no default agent answer, a route is one click away; messages counted and not listed are told as that', async ({
  page,
  open,
  omni,
}) => {
  const handle = String(Date.now());
  const [ana] = await makePeople(omni, { name: 'Ana Sem Agente', handle });
  const [place] = await omni.sql("SELECT id FROM instances WHERE name = 'tg-suporte'");
  if (!ana || !place) throw new Error('nobody');
  const at = String(place.id);
  await omni.write('UPDATE platform_identities SET instance_id = ? WHERE person_id = ?', [at, ana.id]);
  // That instance lets in only who is allowed.
  await omni.rows({ access_rules: [{ instanceId: at, ruleType: 'allow', platformUserId: handle }] });
  await open(personPage.path(ana.id));
  const answers = personPage.part(page, 'Who answers');
  await expect(answers).toContainText('Nobody answers: no route and no default agent');
  await expect(page.getByText('no route and no default agent')).toHaveCount(1);
  await expect(personPage.part(page, 'Timeline')).toContainText('Omni counts 3 messages but lists none');
  await answers.getByRole('link', { name: 'Create route on tg-suporte' }).click();
  await expect(page).toHaveURL(`/routes/new?instance=${at}&person=${ana.id}`);
});

/** What each part of a record needs, the parts that need it, and what they say without it. */
const PARTS = [
  ['presence', '/persons/[^/]+/presence', ['Identities', 'Who answers', 'Access'], 'the identities'],
  ['timeline', '/persons/[^/]+/timeline', ['Timeline'], 'the timeline'],
  ['access rules', '/access/rules', ['Access'], 'the access rules'],
  ['routes', '/instances/[^/]+/routes', ['Who answers'], /routes/],
  ['instances', '/api/v2/instances$', ['Identities', 'Who answers'], 'the instances'],
] as const;
const ALL = ['Details', 'Identities', 'Who answers', 'Access', 'History', 'Timeline'] as const;

for (const [what, path, parts, says] of PARTS) {
  test(`person page: where ${what} can't be read, that part says so and all others stand`, async ({
    page,
    open,
    omni,
  }) => {
    await omni.fault({ kind: 'status', status: 500, path, times: null });
    await open(personPage.path(JOAO));
    await expect(personPage.heading(page)).toHaveText('João Silva');
    await expect(personPage.part(page, 'Details')).toContainText('joao.silva@example.com');
    for (const part of parts) await expect(personPage.part(page, part)).toContainText(says);
    const events = personPage.part(page, 'Timeline').getByRole('listitem');
    if (what === 'timeline') await expect(events).toHaveCount(0);
    else await expect(events.first()).toBeVisible();
    await expect(personPage.part(page, 'History')).toContainText(/./);
    await expect(page.getByText(/Something went wrong/)).toHaveCount(0);
  });

  test(`person page: while ${what} is awaited, the head and all that does not need it stand`, async ({
    page,
    omni,
  }) => {
    const held = await omni.fault({ kind: 'hold', path, times: null });
    await page.goto(personPage.path(JOAO), { waitUntil: 'commit' });
    await expect(personPage.heading(page)).toHaveText('João Silva');
    const late = new Set<string>(parts);
    for (const part of ALL.filter((one) => !late.has(one)))
      await expect(personPage.part(page, part)).toContainText(/./);
    await omni.clearFault(held.id);
    for (const part of ALL) await expect(personPage.part(page, part)).toContainText(/./);
  });
}

test('person page: on paper it is its content, light, without what can only be pressed', async ({ page, open }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await open(personPage.path(JOAO));
  await expect(page.getByRole('link', { name: 'Merge…' })).toBeVisible();
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
  await expect(personPage.heading(page)).toBeVisible();
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Merge…' })).toBeHidden();
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('light');
});
