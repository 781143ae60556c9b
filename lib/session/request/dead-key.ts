import 'server-only';
import { log } from '#lib/log.ts';
import { validateKey } from '#lib/omni/resources/auth.ts';
import type { Omni, OmniCall } from '#lib/omni/door/omni.ts';
import type { Store } from '#lib/store/database.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';
import { endSession, readSessionRow } from '#lib/session/sessions.ts';

/**
 * The same handle, which ends the session when Omni no longer accepts its key: after a 401 it validates the key once more, and a
 * second 401 ends the session. A 401 that asks for a signature does not count (contract §1.1). The caller gets the answer
 * unchanged.
 */
export function watchKey(omni: Omni, db: Store, sid: string): Omni {
  let confirmed: Promise<void> | undefined;
  const confirm = async () => {
    const again = await validateKey(omni);
    if (again.ok || again.error.kind !== 'unauthorized') return;
    log('info', 'session.key_dead');
    await unlessStoreFails(endSession(db, sid, 'key_dead', Date.now()));
  };
  return Object.freeze({
    ...omni,
    request: async <T>(call: OmniCall<T>) => {
      const answer = await omni.request(call);
      if (!answer.ok && answer.error.kind === 'unauthorized') await (confirmed ??= confirm());
      return answer;
    },
  });
}

/** Whether a session ended because Omni no longer accepts its key. False while the store does not answer. */
export async function hasKeyDied(open: () => Promise<Store>, sid: string): Promise<boolean> {
  const row = await unlessStoreFails(open().then((db) => readSessionRow(db, sid)));
  return row?.endReason === 'key_dead';
}

/** The result of work on the store, or undefined when the store fails; the failure is logged. */
export async function unlessStoreFails<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    const failure = storeErrorOf(error);
    if (!failure) throw error;
    log('error', 'session.not_written', { kind: failure.kind });
    return undefined;
  }
}
