import { axe } from '../a11y/axe.ts';
import { signInAnew } from '../fixtures/small-world.ts';
import { expect, test } from '../fixtures/test.ts';
import { palette } from '../pom/palette.ts';
import { picker } from '../pom/picker.ts';
import { routeTest } from '../pom/routes/route-editor.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
/** Carlos, whom an access rule blocks on wa-vendas, and the same man on Telegram. */
const BLOCKED = 'dddddd20-0000-4000-8000-000000000020';
const DOUBLE = 'dddddd21-0000-4000-8000-000000000021';
const BADGE = 'Blocked on wa-vendas';

test('a blocked person is seen as blocked on the person page, in the list, the picker, the merge and the routing test', async ({
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
});

test.describe('with another key', () => {
  test.use({ as: 'nobody' });

  test('somebody blocked by phone alone, by a rule without a person, is seen as blocked', async ({
    page,
    open,
    omni,
    web,
    context,
  }) => {
    await signInAnew(context, web, omni);
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

  test('without access:read no badge is shown, and one line under Access names the permission with a request to copy', async ({
    page,
    open,
    omni,
    web,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: web.origin });
    const scopes = ['persons:read', 'instances:read', 'routes:read', 'chats:read', 'agents:read', 'providers:read'];
    await signInAnew(context, web, omni, { scopes });
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
    web,
    context,
  }) => {
    await signInAnew(context, web, omni);
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
});
