import { randomUUID } from 'node:crypto';
import type { Page, Request } from '@playwright/test';
import type { Control } from '../../sandbox/wire/control/control-client.ts';
import { DEMO_KEYS } from '../../sandbox/resources/keys/keys-demo.ts';
import { expect, test } from '../fixtures/test.ts';
import { dropKeys, ownKey, writes } from '../fixtures/keys-bed.ts';
import { endPage } from '../pom/keys/keys.ts';
import { operation } from '../pom/operations.ts';

const { admin, operator, consoleAdmin } = DEMO_KEYS;
const HOUR = 3_600_000;

test.use({ as: 'operator' });
test.afterEach(({ omni }) => dropKeys(omni));

/** Every change of a key, written by hand; `other` is a key that can be revoked. */
function changesOf(id: string, other: string): [string, object][] {
  const expiresAt = new Date(Date.now() + HOUR).toISOString();
  const cancelled = { rotationId: randomUUID(), oldKeyId: other, newKeyId: id, oldExpiresAt: null };
  return [
    ['keys.edit', { id, changes: { scopes: ['persons:read'] } }],
    ['keys.edit', { id, changes: { instanceIds: [] } }],
    ['keys.edit', { id, changes: { expiresAt } }],
    ['keys.revoke', { id, reason: 'x', leaked: true }],
    ['keys.revoke', { id, reason: 'x', leaked: true, replacedBy: other }],
    ['keys.delete', { id }],
    ['keys.set-expiry', { keyId: id, expiresAt }],
    ['keys.set-expiry', { keyId: id, expiresAt, replacedBy: { id: other, prefix: 'x' } }],
    ['keys.cancel-rotation', cancelled],
  ];
}

/** The two actions behind every change, taken from a real revocation, to be repeated with other arguments. */
async function actionsOf(page: Page, open: (path: string) => Promise<void>, ended: string) {
  const asked = page.waitForRequest((request) => Boolean(request.postData()?.includes('"keys.revoke"')));
  await open(endPage.revokePath(ended));
  await expect(endPage.revoke(page)).toBeVisible();
  const preview = await asked;
  const sent = page.waitForRequest((request) => Boolean(request.postData()?.includes('"token"')));
  await endPage.revoke(page).click();
  const run = await sent;
  await expect(operation.done(page)).toBeVisible();
  const post = async (as: Request, argument: object) => {
    const answer = await page.request.post(as.url(), {
      headers: await as.allHeaders(),
      data: JSON.stringify([argument]),
    });
    return answer.text();
  };
  return {
    preview: (name: string, input: object) => post(preview, { operation: name, input }),
    run: (token: string) => post(run, { token }),
  };
}

/** Leaves two keys that can manage keys, the operator's for an hour and `console-admin`; restores all afterwards. */
async function withOneWriter(omni: Control, work: () => Promise<void>): Promise<void> {
  const before = await omni.sql<{ id: string; scopes: string; expires_at: number | null }>(
    'SELECT id, scopes, expires_at FROM api_keys',
  );
  await omni.write(`UPDATE api_keys SET scopes = '["persons:read"]' WHERE id NOT IN (?, ?)`, [
    operator.id,
    consoleAdmin.id,
  ]);
  await omni.write('UPDATE api_keys SET expires_at = ? WHERE id = ?', [(Date.now() + HOUR) * 1000, operator.id]);
  try {
    await work();
  } finally {
    for (const { id, scopes, expires_at: end } of before)
      await omni.write('UPDATE api_keys SET scopes = ?, expires_at = ? WHERE id = ?', [scopes, end, id]);
  }
}

for (const [what, id] of [
  ['the own key', operator.id],
  ['the primary key', admin.id],
  ['the last key that can manage keys', consoleAdmin.id],
] as const) {
  test(`keys.edit, keys.revoke, keys.delete, keys.set-expiry, keys.cancel-rotation: ${what} survives every forged change`, async ({
    page,
    open,
    omni,
  }) => {
    const other = await ownKey(omni, { name: 'outra', usageCount: 0 });
    const forged = await actionsOf(page, open, await ownKey(omni, { name: 'já foi', usageCount: 0 }));
    const attempt = async () => {
      await omni.clearCalls();
      for (const [name, input] of changesOf(id, other)) {
        const shown = await forged.preview(name, input);
        expect([name, shown.includes('"refusal":{')]).toEqual([name, true]);
        const token = /"token":"([^"]+)"/.exec(shown)?.[1] ?? '';
        expect(token.length).toBeGreaterThan(100);
        expect([name, (await forged.run(token)).includes('"is":"stale"')]).toEqual([name, true]);
      }
      expect(await writes(omni)).toEqual([]);
    };
    if (id !== consoleAdmin.id) return attempt();
    await withOneWriter(omni, async () => {
      await attempt();
      await open(endPage.revokePath(id));
      await expect(operation.refused(page)).toContainText('is the last key that can manage keys');
      await expect(endPage.revoke(page)).toHaveCount(0);
    });
  });
}
