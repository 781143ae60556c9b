import { randomUUID } from 'node:crypto';
import type { DemoKey } from '../sandbox/keys-demo.ts';
import type { RunningConsole } from '../scripts/console.ts';

type KeyWork = { rotation: string; copy: string; drop: () => Promise<void> };

/** A rotation and a finished copy of calls of a key, as somebody with more rights left them in the console's store. */
export async function forgeKeyWork(web: RunningConsole, key: DemoKey): Promise<KeyWork> {
  // Loaded late: the console's own code loads in workers only.
  const [{ parseEnv }, { storeOf }] = await Promise.all([import('#lib/env.ts'), import('./forge.ts')]);
  const env = parseEnv(web.env);
  const server = env.OMNI_SERVERS.find(({ name }) => name === 'Demo')?.id ?? '';
  const db = await storeOf(web.env);
  const [rotation, copy, now] = [randomUUID(), randomUUID(), Date.now()];
  await db
    .insertInto('rotations')
    .values({
      id: rotation,
      server,
      actor: 'somebody else',
      who: 'sealed',
      key_name: key.name,
      old_key_id: key.id,
      old_prefix: key.secret.slice(8, 16),
      old_expires_at: null,
      new_key_id: null,
      new_prefix: null,
      overlap: '1h',
      silent_minutes: 5,
      created_at: now,
      acknowledged_at: null,
      closed_as: 'given-up',
      closed_at: now,
    })
    .execute();
  const nothing = { position: 'end', total: 0, problem: null, waits_until: null, parts: 0, looked: 0, kept: 0 };
  await db
    .insertInto('audit_exports')
    .values({
      ...nothing,
      id: copy,
      server,
      actor: 'somebody else',
      key_id: key.id,
      status: 'done',
      fence: 1,
      lease_until: 0,
      stop_requested: 0,
      unsure: 0,
      files: JSON.stringify({ csv: { bytes: 1, sha256: '' }, json: { bytes: 1, sha256: '' } }),
      until: now,
      created_at: now,
      finished_at: now,
      taken_at: null,
      only_copy_since: null,
      body: 'sealed',
    })
    .execute();
  const drop = async () => {
    await db.deleteFrom('rotations').where('id', '=', rotation).execute();
    await db.deleteFrom('audit_exports').where('id', '=', copy).execute();
  };
  return { rotation, copy, drop };
}
