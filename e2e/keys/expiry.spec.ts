import { expect, test } from '../fixtures/test.ts';
import { axe } from '../a11y/axe.ts';
import { dropKeys, ownKey } from '../fixtures/keys-bed.ts';
import { keyForm, keyPage } from '../pom/keys/keys.ts';
import { operation } from '../pom/operations.ts';

test.afterEach(({ omni }) => dropKeys(omni));

// Typed as digits; what the field shows then; the day in the sentence; the moment Omni stores.
for (const [locale, timezoneId, typed, shown, day, at] of [
  ['en-US', 'America/New_York', '12312027', '12/31/2027 11:59 PM', 'December 31, 2027', '2028-01-01T04:59:00Z'],
  ['pt-BR', 'America/Sao_Paulo', '31122027', '31/12/2027 23:59', '31 de dezembro de 2027', '2028-01-01T02:59:00Z'],
  ['en-US', 'Asia/Kolkata', '12312027', '12/31/2027 11:59 PM', 'December 31, 2027', '2027-12-31T18:29:00Z'],
  ['en-US', 'Pacific/Auckland', '12312027', '12/31/2027 11:59 PM', 'December 31, 2027', '2027-12-31T10:59:00Z'],
] as const)
  test.describe(`/keys/new in ${locale}, in ${timezoneId}`, () => {
    test.use({ locale, timezoneId });

    test('an expiry is typed by keyboard, written out on Tab, and is that moment in Omni', async ({
      page,
      open,
      omni,
    }) => {
      await open(keyForm.path);
      await keyForm.name(page).fill('prazo');
      await page
        .getByRole('group', { name: /^(Presets|Modelos)$/ })
        .getByRole('radio')
        .first()
        .check();
      const expiry = keyForm.expiry(page);
      await expiry.focus();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(typed);
      await page.keyboard.press('Tab');
      await expect(expiry).toHaveValue(shown);
      await expect(keyForm.sentence(page)).toContainText(day);
      await page.getByRole('button', { name: /^(Create key|Criar chave)$/ }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      const [row] = await omni.sql("SELECT expires_at FROM api_keys WHERE name = 'prazo'");
      expect(new Date(Number(row?.expires_at) / 1000).toISOString()).toBe(at.replace('Z', '.000Z'));
    });
  });

test.describe('/keys/new in New York', () => {
  test.use({ timezoneId: 'America/New_York' });

  test('arrows change the number at the caret; a missing hour is told, of a doubled one the first is meant', async ({
    page,
    open,
  }) => {
    await open(keyForm.path);
    await keyForm.name(page).fill('relógio');
    await keyForm.level(page, 'people', 'Read').check();
    const expiry = keyForm.expiry(page);
    await expiry.fill('03/13/2027 02:30');
    await expiry.press('Tab');
    await keyForm.reviewed(page);
    await expiry.press('Home');
    await expiry.press('ArrowRight');
    await expiry.press('ArrowUp');
    await expect(expiry).toHaveValue('04/13/2027 02:30 AM');
    await expiry.press('ArrowDown');
    await expect(expiry).toHaveValue('03/13/2027 02:30 AM');
    await expiry.fill('03/14/2027 02:30');
    await expiry.press('Tab');
    await expect(page.getByText('Clocks are set forward over this time')).toBeVisible();
    await expect(expiry).toHaveValue('03/14/2027 02:30');
    await expect(keyForm.needed(page, 'Choose a date, or Never expires.')).toBeVisible();
    // The plan of the moment before is gone with it.
    await expect(keyForm.create(page)).toBeDisabled();
    await axe(page, '#section-expiresAt');
    await expiry.fill('11/07/2027 01:30');
    await expiry.press('Tab');
    await expect(expiry).toHaveAccessibleDescription(/2027/);
    await expect(page.getByText(/this time comes twice/)).toBeVisible();
    await keyForm.reviewed(page);
  });

  test('a moment beyond what Omni takes, and one that has passed, are told at the field', async ({ page, open }) => {
    await open(keyForm.path);
    await keyForm.name(page).fill('longe');
    await keyForm.level(page, 'people', 'Read').check();
    await keyForm.expiry(page).fill('12/31/9999 23:59');
    await keyForm.expiry(page).press('Tab');
    await expect(page.getByText(/^Too far: at most/)).toBeVisible();
    await keyForm.expiry(page).fill('01/01/2020');
    await keyForm.expiry(page).press('Tab');
    await expect(page.getByRole('region', { name: 'Expiry' }).getByText('This date is in the past.')).toBeVisible();
    await expect(keyForm.create(page)).toBeDisabled();
  });
});

test.describe('/keys/[id]/edit in Kolkata', () => {
  test.use({ timezoneId: 'Asia/Kolkata' });

  test('the review names instances and tells the expiry in the reader’s zone', async ({ page, open, omni }) => {
    const id = await ownKey(omni, { name: 'fuso', scopes: ['persons:read'], expiresAt: '2031-01-01T18:29:00.000Z' });
    await open(`${keyPage.path(id)}/edit`);
    await keyForm.expiry(page).fill('01/02/2030 10:00');
    await keyForm.expiry(page).press('Tab');
    await keyForm.instances(page, 'Only these').check();
    await page.getByRole('checkbox', { name: 'wa-vendas' }).check();
    await expect(page.getByText('Jan 1, 2031, 11:59 PM → Jan 2, 2030, 10:00 AM')).toBeVisible();
    await expect(page.getByText('All instances, including future ones → wa-vendas')).toBeVisible();
    await keyForm.save(page).click();
    await expect(operation.done(page)).toBeVisible();
    const [row] = await omni.sql('SELECT expires_at FROM api_keys WHERE id = ?', [id]);
    expect(new Date(Number(row?.expires_at) / 1000).toISOString()).toBe('2030-01-02T04:30:00.000Z');
  });
});

test('/keys/new: where Omni doesn’t answer, the form says what it could not see, and offers another try', async ({
  page,
  open,
  omni,
}) => {
  await omni.fault({ kind: 'status', status: 500, method: 'GET', path: 'keys$', times: null });
  await open(keyForm.path);
  await expect(page.getByText(/^Your key may be limited to some instances \(couldn’t load/)).toBeVisible();
  await omni.clearFaults();
  await keyForm.name(page).fill('fica');
  await page.getByRole('link', { name: 'Try again' }).click();
  await expect(page.getByText(/^Your key may be limited to some instances/)).toHaveCount(0);
  await expect(keyForm.name(page)).toHaveValue('fica');
});
