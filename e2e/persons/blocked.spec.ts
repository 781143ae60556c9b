import { axe } from '../a11y/axe.ts';
import { tabTo } from '../fixtures/keyboard.ts';
import { makePeople } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';
import { listTools } from '../pom/list-tools.ts';
import { operation } from '../pom/operations.ts';
import { palette } from '../pom/palette.ts';
import { personPage, personsPage } from '../pom/persons.ts';
import { picker } from '../pom/picker.ts';
import { routeTest } from '../pom/routes/route-editor.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
/** Carlos, whom an access rule blocks on wa-vendas, and the same man on Telegram. */
const BLOCKED = 'dddddd20-0000-4000-8000-000000000020';
const DOUBLE = 'dddddd21-0000-4000-8000-000000000021';
const JOAO = 'dddddd01-0000-4000-8000-000000000001';
const BADGE = 'Blocked on wa-vendas';

test('a blocked person is seen as blocked on the person page, in the list, the picker, the merge, the routing test and the palette', async ({
  page,
  open,
}) => {
  await open(`/persons/${BLOCKED}`);
  await expect(page.getByRole('banner').or(page.getByRole('main')).getByText(BADGE).first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Who answers' })).toContainText(
    'Nobody answers: blocked by an access rule',
  );
  await expect(page.getByRole('region', { name: 'Access' })).toContainText('Decides');
  await axe(page);
  await open(routeTest.path({ instance: WHATSAPP, person: BLOCKED }));
  await expect(routeTest.answer(page)).toContainText('Nobody answers: blocked by an access rule');
  await expect(routeTest.answer(page)).toContainText(BADGE);
  await open('/persons?q=Carlos Eduardo Pires');
  await expect(page.getByText(BADGE).first()).toBeVisible();
  await open(`/persons/merge?into=${DOUBLE}`);
  await picker.field(page, /same person as/).fill('Carlos Eduardo Pires');
  await expect(picker.option(page, /Carlos Eduardo Pires/)).toContainText(BADGE);
  await open(`/persons/merge?into=${DOUBLE}&from=${BLOCKED}`);
  await expect(page.getByText(BADGE).first()).toBeVisible();
  await palette.open(page);
  await page.keyboard.type('Carlos Eduardo Pires');
  await expect(
    palette
      .dialog(page)
      .getByRole('option', { name: /Carlos Eduardo Pires/ })
      .first(),
  ).toContainText(BADGE);
});

test.describe('with another key', () => {
  test.use({ as: 'nobody' });
  test.beforeEach(({ signInAnew }) => signInAnew());

  test('somebody blocked by phone alone, by a rule without a person, is seen as blocked', async ({
    page,
    open,
    omni,
  }) => {
    const [personId = ''] = (await omni.rows({ persons: [{ displayName: 'Só pelo telefone' }] })).persons ?? [];
    const number = `55119${String(Date.now()).slice(-8)}`;
    await omni.rows({
      platform_identities: [{ personId, instanceId: WHATSAPP, platformUserId: `${number}@s.whatsapp.net` }],
      access_rules: [{ instanceId: null, ruleType: 'deny', phonePattern: `+${number}*` }],
    });
    await open(`/persons/${personId}`);
    await expect(page.getByText(BADGE)).toBeVisible();
    await expect(page.getByRole('region', { name: 'Access' })).toContainText('All instances');
  });

  test('people: the filter blocked lists whom rules block, and names the phones and handles that no person has', async ({
    page,
    open,
    omni,
    smallWorld,
  }) => {
    await smallWorld();
    await omni.write('DELETE FROM access_rules', []);
    await makePeople(
      omni,
      { name: 'Zé do Filtro', handle: '5511955560001@s.whatsapp.net' },
      { name: 'Livre do Filtro', handle: '5511955560009@s.whatsapp.net' },
    );
    const deny = { instanceId: WHATSAPP, ruleType: 'deny' };
    await omni.rows({
      access_rules: [
        { ...deny, platformUserId: '5511955560001@s.whatsapp.net' },
        { ...deny, platformUserId: '5511955560001' },
        { ...deny, platformUserId: '5511955569002' },
        { ...deny, phonePattern: '+5521955569*' },
        { ...deny, phonePattern: '*', priority: -1 },
        { ...deny, ruleType: 'allow', phonePattern: '5511955560009*' },
      ],
    });
    await open('/persons');
    await listTools.filter(page, 'Access', 'blocked');
    await page.waitForURL(/blocked=yes/);
    await expect(personsPage.person(page, 'Zé do Filtro')).toBeVisible();
    await expect(personsPage.rows(page).filter({ hasText: 'Zé do Filtro' })).toContainText(BADGE);
    await expect(personsPage.person(page, 'Livre do Filtro')).toHaveCount(0);
    const main = page.getByRole('main');
    await expect(main).toContainText('Blocked by phone, no person has it: ');
    await expect(main).toContainText('(11) 95556-9002');
    await expect(main).toContainText('+5521955569*');
    await expect(main).toContainText('Blocked by phone, not everyone is listed: *.');
    await axe(page);
    await main.getByRole('link', { name: 'Access rules' }).last().click();
    await page.waitForURL(/access-rules\?does=blocks/);
    await expect(page.getByRole('table', { name: 'Access rules' })).toContainText('5511955569002');
    await open('/persons?blocked=yes');
    await listTools.unset(page, 'Access').click();
    await page.waitForURL((url) => !url.searchParams.has('blocked'));
    await expect(personsPage.rows(page)).toHaveCount(20);
  });

  test('without access:read no badge is shown, and one line under Access names the permission with a request to copy', async ({
    page,
    open,
    web,
    context,
    signInAnew,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: web.origin });
    const scopes = ['persons:read', 'instances:read', 'routes:read', 'chats:read', 'agents:read', 'providers:read'];
    await signInAnew({ scopes });
    await open(`/persons/${BLOCKED}`);
    const rules = page.getByRole('region', { name: 'Access' });
    await expect(rules).toContainText('Needs access:read');
    await expect(page.getByRole('region', { name: 'Who answers' })).toContainText('Can’t tell: needs access:read');
    await expect(page.getByText(BADGE)).toHaveCount(0);
    await rules.getByRole('button', { name: 'Copy request for an admin' }).click();
    await expect(rules.getByRole('status')).toHaveText('Copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      `I need access:read in the Omni console for this: ${web.origin}/persons/${BLOCKED}`,
    );
  });

  test('where access rules could not be read, list, picker and palette say so and show no badge', async ({
    page,
    open,
    omni,
  }) => {
    await omni.fault({ kind: 'status', status: 500, path: '/access/rules$', times: null });
    await open('/persons?q=Carlos Eduardo Pires');
    const sentence = 'Couldn’t load who is blocked: Omni answered 500';
    await expect(page.getByRole('main')).toContainText(sentence);
    await palette.open(page);
    await page.keyboard.type('Carlos Eduardo Pires');
    await expect(palette.dialog(page)).toContainText(sentence);
    await open(`/persons/merge?into=${DOUBLE}`);
    await picker.field(page, /same person as/).fill('Carlos Eduardo Pires');
    await expect(page.getByText('Couldn’t load who is blocked', { exact: true })).toBeVisible();
    await expect(page.getByText(/^Blocked on/)).toHaveCount(0);
    await omni.clearFaults();
  });

  test('persons.block, persons.unblock: in dialogs, by keyboard alone; undone', async ({
    page,
    open,
    omni,
    smallWorld,
  }) => {
    await smallWorld();
    const [ana] = await makePeople(omni, { name: 'Ana Bloqueável' });
    if (!ana) throw new Error('nobody');
    const made = () => omni.sql('SELECT enabled FROM access_rules WHERE person_id = ?', [ana.id]);
    await open(personPage.path(ana.id));
    await tabTo(page, 'Block…', 'link');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\?block=all$/);
    const dialog = personPage.dialog(page);
    await expect(dialog.getByRole('radio', { name: 'wa-vendas' })).toBeFocused();
    await expect(dialog).toContainText('no agent answers');
    await expect(dialog).toContainText('as messages carry it');
    await axe(page);
    await tabTo(page, /^Block Ana/, 'button');
    await page.keyboard.press('Enter');
    await expect(operation.done(page)).toBeVisible();
    expect(await made()).toHaveLength(2);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(page).toHaveURL(new RegExp(`/persons/${ana.id}$`));
    await expect(page.getByText('Blocked on wa-vendas').first()).toBeVisible();
    await expect(personPage.part(page, 'Access')).not.toContainText('[console');
    await expect(personPage.part(page, 'History')).toContainText('blocked on wa-vendas');
    await tabTo(page, 'Unblock', 'link');
    await page.keyboard.press('Enter');
    await tabTo(page, /^Unblock Ana/, 'button');
    await page.keyboard.press('Enter');
    await expect(operation.done(page)).toBeVisible();
    expect((await made()).every(({ enabled }) => Number(enabled) === 0)).toBe(true);
    await tabTo(page, 'Undo', 'button');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Undo this change', 'button');
    await page.keyboard.press('Enter');
    await expect(operation.done(page)).toBeVisible();
    await expect.poll(async () => (await made()).every(({ enabled }) => Number(enabled) === 1)).toBe(true);
  });

  test('persons.block: a key that may not is told the permission, with a request to copy', async ({
    page,
    open,
    signInAnew,
  }) => {
    const scopes = ['persons:read', 'instances:read', 'access:read'];
    await signInAnew({ scopes });
    await open(`${personPage.path(JOAO)}?block=${WHATSAPP}`);
    await expect(personPage.dialog(page)).toContainText('access:write');
    await expect(personPage.dialog(page).getByRole('button', { name: 'Copy request for an admin' })).toBeVisible();
  });
});
