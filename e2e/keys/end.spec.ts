import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { callRows } from '#lib/keys/testing/calls.ts';
import { DEMO_KEYS } from '../../sandbox/resources/keys/keys-demo.ts';
import { expect, test } from '../fixtures/test.ts';
import { axe } from '../a11y/axe.ts';
import { dropKeys, ownKey, writes } from '../fixtures/keys-bed.ts';
import { auditPage } from '../pom/keys/requests.ts';
import { barred, endPage, keyForm, keyPage, shownOnce } from '../pom/keys/keys.ts';
import { operation } from '../pom/operations.ts';

const { admin, operator, whatsapp } = DEMO_KEYS;

test.afterEach(({ omni }) => dropKeys(omni));

test('/keys/[id]/revoke and /delete: a key is revoked with its reason by the keyboard alone, then deleted by its typed name', async ({
  page,
  open,
  omni,
}) => {
  const id = await ownKey(omni, { name: 'parar', usageCount: 0 });
  await open(keyPage.path(id));
  const press = async (target: ReturnType<Page['getByRole']>, presses: string) => {
    for (let tabs = 0; tabs < 60; tabs += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return page.keyboard.press(presses);
      await page.keyboard.press('Tab');
    }
    throw new Error('Tab never reaches it');
  };
  const choose = async (name: string) => {
    await press(keyPage.more(page), 'Enter');
    await expect(keyPage.item(page, 'Requests')).toBeFocused();
    await page.keyboard.press('End');
    await expect(keyPage.item(page, name)).toBeFocused();
    await page.keyboard.press('Enter');
  };
  await choose('Revoke key');
  await expect(endPage.integrations(page)).toContainText('Never used');
  await expect(page.getByText('within 60 s')).toBeVisible();
  await axe(page);
  await press(endPage.details(page), 'x');
  await expect(page.getByText('Reason: No longer needed: x')).toBeVisible();
  await press(endPage.revoke(page), 'Enter');
  await expect(operation.done(page)).toBeVisible();
  const [row] = await omni.sql('SELECT status, revoke_reason FROM api_keys WHERE id = ?', [id]);
  expect(row).toEqual({ status: 'revoked', revoke_reason: 'No longer needed: x' });
  await open(keyPage.path(id));
  await expect(page.getByText('This key is revoked')).toBeVisible();
  await choose('Delete key');
  await expect(endPage.delete(page)).toBeDisabled();
  await axe(page);
  await operation.typed(page).fill('parar');
  await endPage.delete(page).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await omni.sql('SELECT id FROM api_keys WHERE id = ?', [id])).toEqual([]);
});

test('/keys/[id]/revoke: a reason that was just typed is the one Omni keeps, however soon one clicks', async ({
  page,
  open,
  omni,
}) => {
  const id = await ownKey(omni, { name: 'depressa', usageCount: 0 });
  await open(endPage.revokePath(id));
  await expect(endPage.revoke(page)).toBeEnabled();
  await endPage.details(page).pressSequentially('saiu da equipe');
  await endPage.revoke(page).click();
  await expect(operation.done(page)).toBeVisible();
  const [row] = await omni.sql('SELECT revoke_reason FROM api_keys WHERE id = ?', [id]);
  expect(row).toEqual({ revoke_reason: 'No longer needed: saiu da equipe' });
});

test('/keys/[id]/leaked: revoked at once, then what to check and a replacement', async ({ page, open, omni }) => {
  const createdAt = (Date.now() - 10 * 86_400_000) * 1000;
  const scopes = ['persons:write', 'keys:write', 'messages:send'];
  const id = await ownKey(omni, { name: 'vazada', scopes, createdAt });
  await open(endPage.leakedPath(id));
  await expect(page.getByText('Messages sent in your name')).toBeVisible();
  await axe(page);
  await endPage.revoke(page).click();
  await expect(operation.done(page)).toBeVisible();
  const [row] = await omni.sql('SELECT status, revoke_reason FROM api_keys WHERE id = ?', [id]);
  expect(row).toEqual({ status: 'revoked', revoke_reason: 'Leaked' });
  await omni.rows({ api_key_audit_logs: callRows(id, 120) });
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Create evidence file' }).click();
  const bytes = readFileSync(await (await saved).path());
  await expect(page.getByText('120 requests from 2 integrations')).toBeVisible();
  await expect(page.getByTitle(createHash('sha256').update(bytes).digest('hex'))).toBeVisible();
  const file = JSON.parse(bytes.toString()) as { key: object; requests: { count: number; complete: boolean } };
  expect(file.key).toMatchObject({ id, status: 'revoked', revokeReason: 'Leaked' });
  expect(file.requests).toMatchObject({ count: 120, complete: true });
  await axe(page);
  await page.getByRole('link', { name: 'Create a key like this' }).click();
  await expect(keyForm.name(page)).toHaveValue('vazada');
  await expect(keyForm.level(page, 'keys', 'Write only')).toBeChecked();
});

test('/keys/[id]/leaked: who can’t afford an outage replaces it first; the order is chosen, and what was typed stays', async ({
  page,
  open,
  omni,
}) => {
  const id = await ownKey(omni, { name: 'vazada aos poucos', scopes: ['persons:read'] });
  await open(endPage.leakedPath(id));
  await endPage.details(page).fill('num repositório');
  await endPage.leakOrder(page, 'Replace it first').check();
  await expect(endPage.revoke(page)).toBeHidden();
  await expect(page.getByRole('heading', { name: '2. Then revoke it' })).toBeVisible();
  await axe(page);
  await endPage.leakOrder(page, 'Stop it now').check();
  await expect(endPage.details(page)).toHaveValue('num repositório');
  await expect(page.getByText(/vazada aos poucos\S* stops working within 60 s/)).toBeVisible();
  await endPage.details(page).fill('');
  await endPage.leakOrder(page, 'Replace it first').check();
  await page.getByRole('main').getByRole('link', { name: 'Rotate key' }).click();
  await page.waitForURL(/\/keys\/rotate\?key=/);
  await expect(page.getByText('it is shown once')).toBeVisible();
});

test('/keys/[id]/leaked: the replacement of a locked key has its lock, by its profile', async ({
  page,
  open,
  omni,
}) => {
  const id = await ownKey(omni, {
    name: 'pessoal',
    profile: 'personal',
    scopes: ['messages:send', 'chats:read'],
    instanceAllowlist: whatsapp.instanceIds,
  });
  await open(endPage.leakedPath(id));
  await page.getByRole('link', { name: 'Create a key like this' }).click();
  await expect(keyForm.profile(page, /\(personal\)/)).toBeChecked();
  await keyForm.reviewed(page);
  await keyForm.create(page).click();
  await shownOnce.reveal(page).click();
  await shownOnce.stored(page).click();
  await expect(keyPage.heading(page)).toContainText('pessoal');
  const made = await omni.sql('SELECT profile, instance_allowlist FROM api_keys WHERE name = ? AND id != ?', [
    'pessoal',
    id,
  ]);
  expect(made).toEqual([{ profile: 'personal', instance_allowlist: JSON.stringify(whatsapp.instanceIds) }]);
});

test('/keys/new?like=: what can’t be copied of a locked key is named, and no permission is filled in', async ({
  page,
  open,
  omni,
}) => {
  const id = await ownKey(omni, { name: 'antiga', chatAllowlist: ['5511999'], scopes: ['messages:send'] });
  await open(`/keys/new?like=${id}`);
  await expect(page.getByText('Some limits can’t be copied')).toBeVisible();
  await expect(keyForm.needed(page, 'Choose at least one permission.')).toBeVisible();
});

test('/keys/[id]/delete: a key’s requests are copied and downloaded before it can be deleted, and outlive it', async ({
  page,
  open,
  omni,
}) => {
  const id = await ownKey(omni, {
    name: 'historia',
    status: 'revoked',
    usageCount: 130,
    lastUsedAt: Date.now() * 1000,
  });
  await omni.rows({ api_key_audit_logs: callRows(id, 130, { newest: Date.now() - 1000, together: 120 }) });
  await omni.write('UPDATE api_keys SET last_used_at = ? WHERE id = ?', [(Date.now() - 1000) * 1000, id]);
  await open(endPage.deletePath(id));
  const uncopied = barred(page, 'Can’t delete this key');
  await expect(uncopied).toContainText('First export them all');
  await expect(endPage.delete(page)).toHaveCount(0);
  await uncopied.getByRole('link', { name: 'Requests' }).click();
  await auditPage.copyAll(page).click();
  const json = auditPage.copies(page).getByRole('link', { name: 'JSON', exact: true });
  await expect(json).toBeVisible({ timeout: 20_000 });
  await open(endPage.deletePath(id));
  await expect(uncopied).toContainText('First export them all');
  await open(auditPage.path(id));
  const file = page.waitForEvent('download');
  await json.click();
  await (await file).path();
  await open(endPage.deletePath(id));
  await expect(page.getByText('Some may be missing in the export')).toBeVisible();
  await operation.typed(page).fill('historia');
  await endPage.delete(page).click();
  await expect(operation.done(page)).toBeVisible();
  expect(await omni.sql('SELECT id FROM api_keys WHERE id = ?', [id])).toEqual([]);
  await open(auditPage.path(id));
  await expect(auditPage.copies(page)).toContainText('110 requests');
  await auditPage.copies(page).getByRole('button', { name: 'Delete this export' }).click();
  await expect(auditPage.copies(page)).toContainText('Omni no longer has these requests');
  await auditPage.copies(page).getByRole('button', { name: 'Keep export' }).click();
  await expect(auditPage.copies(page)).toContainText('110 requests');
});

test.describe('/keys/[id]/revoke and /delete, guards', () => {
  test.use({ as: 'operator' });

  for (const [what, id, why] of [
    ['the own key', operator.id, 'You are signed in with this key'],
    ['the primary key', admin.id, 'is the key Omni starts with'],
  ] as const) {
    test(`${what} can’t be revoked, and its pages refuse`, async ({ page, open, omni }) => {
      await omni.clearCalls();
      await open(keyPage.path(id));
      await keyPage.more(page).click();
      await expect(keyPage.item(page, 'Revoke key')).toContainText(why);
      await expect(keyPage.item(page, 'Revoke key')).toHaveAttribute('aria-disabled', 'true');
      await open(endPage.revokePath(id));
      await expect(barred(page, 'Can’t revoke this key')).toContainText(why);
      await expect(endPage.revoke(page)).toHaveCount(0);
      await open(endPage.deletePath(id));
      await expect(barred(page, 'Can’t delete this key')).toContainText(why);
      await open(endPage.leakedPath(id));
      await expect(barred(page, 'Can’t revoke this key')).toContainText(why);
      expect(await writes(omni)).toEqual([]);
    });
  }
});
