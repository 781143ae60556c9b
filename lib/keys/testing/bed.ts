import 'server-only';
import { randomUUID } from 'node:crypto';
import { bulkKeys } from '#lib/keys/end/bulk.ts';
import { deleteKeyOperation } from '#lib/keys/end/delete.ts';
import { revokeKeyOperation } from '#lib/keys/end/revoke.ts';
import { setExpiry } from '#lib/keys/end/set-expiry.ts';
import { createKeyOperation } from '#lib/keys/form/create.ts';
import { editKeyOperation } from '#lib/keys/form/edit.ts';
import { cancelRotation } from '#lib/keys/rotate/cancel-rotation.ts';
import { createForRotation } from '#lib/keys/rotate/create-for-rotation.ts';
import { listOperations } from '#lib/operations/plan/define.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { runnerFor } from '#lib/operations/testing/bed.ts';
import type { Store } from '#lib/store/database.ts';
import type { Control } from '../../../sandbox/wire/control/control-client.ts';

const OPERATIONS = listOperations([
  createKeyOperation,
  editKeyOperation,
  revokeKeyOperation,
  deleteKeyOperation,
  bulkKeys,
  createForRotation,
  setExpiry,
  cancelRotation,
]);

/** A runner of the operations on keys, signed in with a key and proved, against any Omni. */
export function runnerOfKeys(db: Store, url: string, key: string, scopes: readonly string[] | null = ['*']): Runner {
  const runner = runnerFor(db, { url, key }, { who: key.slice(-4), operations: OPERATIONS, scopes });
  return { ...runner, session: { ...runner.session, proved: true } };
}

export type TestKey = { id: string; secret: string; name: string; prefix: string };

/** A key of a test's own, past the API. */
export async function newKey(control: Control, more: Record<string, unknown> = {}): Promise<TestKey> {
  const secret = `omni_sk_${randomUUID().replaceAll('-', '')}`;
  const name = `chave ${randomUUID().slice(0, 6)}`;
  const row = { name, secret, scopes: ['persons:read', 'auth:validate'], ...more };
  const [id = ''] = (await control.rows({ api_keys: [row] })).api_keys ?? [];
  return { id, secret, name: String(row.name), prefix: secret.slice(8, 16) };
}

/** One request with a key, as an integration sends it; its HTTP status. */
export async function callWith(
  url: string,
  secret: string,
  path = '/persons?limit=1',
  userAgent = 'crm/1.0',
): Promise<number> {
  const headers = { 'x-api-key': secret, 'user-agent': userAgent, 'x-forwarded-for': '203.0.113.9' };
  const answer = await fetch(`${url}/api/v2${path}`, { headers });
  await answer.text();
  return answer.status;
}
