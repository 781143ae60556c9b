import 'server-only';
import { afterEach } from 'vitest';
import { openStore, type Store } from '#lib/store/database.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';

const opened: Store[] = [];
/** Opens a store that ends with the test. */
export async function open(...args: Parameters<typeof openStore>): Promise<Store> {
  const db = await openStore(...args);
  opened.push(db);
  return db;
}
afterEach(async () => {
  for (const db of opened.splice(0)) await db.destroy();
});

/** What a store failed with. */
export const kindOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: unknown) => storeErrorOf(error)?.kind ?? error,
  );

/** A row of `sessions`. */
export const row = (id: string, more: object = {}) => ({
  id,
  server: 'local',
  actor: 'a',
  actor_key_id: null,
  key_name: 'Ana 🙂 çã',
  your_name: null,
  scopes: null,
  instances: '"all"',
  capabilities: '{}',
  created_at: 1_795_458_429_123,
  last_seen_at: 1,
  last_proof_at: 1,
  ended_at: null,
  end_reason: null,
  browser: null,
  formers: null,
  ...more,
});
