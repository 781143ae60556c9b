import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Credential } from '#lib/omni/door/credential.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { listOperations, type Json } from '#lib/operations/plan/define.ts';
import { preview, type Runner } from '#lib/operations/plan/preview.ts';
import { finish, type Ended } from '#lib/operations/testing/runs.ts';
import type { Store } from '#lib/store/database.ts';
import type { Control } from '../../../sandbox/wire/control/control-client.ts';
import { cancelRotation } from '#lib/keys/rotate/cancel-rotation.ts';
import { awaitKey, forgetKey } from '#lib/keys/rotate/new-key.ts';
import { createForRotation } from '#lib/keys/rotate/create-for-rotation.ts';
import { revokeKeyOperation } from '#lib/keys/end/revoke.ts';
import { readRotation, recordRotation } from '#lib/keys/rotate/rotations.ts';
import type { RotationRow } from '#lib/keys/rotate/rotation-state.ts';
import { readRotationProgress, reconcile, type RotationProgress } from '#lib/keys/rotate/rotation-progress.ts';
import { setExpiry } from '#lib/keys/end/set-expiry.ts';

const OPERATIONS = listOperations([createForRotation, setExpiry, cancelRotation, revokeKeyOperation]);

/** A handle that reads fresh, as a run has it. */
export function handleFor(url: string, key: string, mayStillSend?: () => boolean): Omni {
  return readingFresh(
    omniAs(new Credential({ id: 'demo', name: 'Demo', url }, key), { actor: 'Ana', sid: 'ana', mayStillSend }),
  );
}

/** A runner of the operations of a rotation, signed in with a key, against any Omni. */
export function runnerOfKeys(db: Store, url: string, key: string, more: Partial<Runner> = {}): Runner {
  return {
    operations: OPERATIONS,
    db,
    omni: (_, mayStillSend) => handleFor(url, key, mayStillSend),
    session: {
      sid: 'ana',
      server: 'demo',
      actor: 'demo/ana',
      keyName: 'a key',
      yourName: 'Ana',
      scopes: ['*'],
      proved: true,
    },
    wait: (ms) => sleep(ms / 200),
    ...more,
  };
}

/** Previews and runs an operation to its end; answers what it delivered, too. Throws with the refusal when it does not start. */
export async function carryOut(runner: Runner, name: string, input: Json): Promise<Ended> {
  return finish(runner, await preview(runner, name, input));
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

/** Starts a rotation, from its row to the delivered key, as the action does. `waits`: a page waits for the key. */
export async function startRotation(runner: Runner, key: TestKey, more: Record<string, Json> = {}, waits = true) {
  const id = randomUUID();
  const open = await recordRotation(
    runner.db,
    {
      id,
      server: 'demo',
      actor: 'demo/ana',
      who: 'Ana',
      keyName: key.name,
      oldKeyId: key.id,
      oldPrefix: key.prefix,
      oldExpiresAt: null,
      overlap: '1h',
      quietMinutes: 5,
    },
    Date.now(),
  );
  if (open) throw new Error(`in progress: ${open.id}`);
  if (waits) awaitKey(id);
  try {
    const ran = await carryOut(runner, 'keys.create-for-rotation', {
      rotationId: id,
      keyId: key.id,
      expiresAt: null,
      ...more,
    });
    const delivered = ran.delivered[0] as { secret: string; keyId: string } | undefined;
    return { id, ...ran, delivered };
  } finally {
    forgetKey(id);
  }
}

/** Where a rotation stands now. */
export async function progressOf(runner: Runner, id: string): Promise<RotationProgress> {
  return readRotationProgress(runner.db, runner.omni(), await rowOf(runner, id));
}

/** The same, with what is certain recorded, as its page asks for. */
export async function reconciled(runner: Runner, id: string): Promise<RotationProgress> {
  await reconcile(runner.db, runner.omni(), await rowOf(runner, id));
  return progressOf(runner, id);
}

async function rowOf({ db }: Runner, id: string): Promise<RotationRow> {
  const row = await readRotation(db, id);
  if (!row) throw new Error('no rotation');
  return row;
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
