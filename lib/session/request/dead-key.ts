import 'server-only';
import { log } from '#lib/log.ts';
import { validateKey } from '#lib/omni/resources/auth.ts';
import type { Omni, OmniCall } from '#lib/omni/door/omni.ts';
import type { Store } from '#lib/store/database.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';
import { endSession, readSessionRow } from '#lib/session/sessions.ts';

/**
 * The same handle, which notices that Omni no longer takes its key: after a 401 it asks once more, and ends the session
 * when that is one too, so that no page asks again and again. A 401 for want of a signature is none (contract §1.1). The
 * answer goes to the caller as it came.
 */
export function watchKey(omni: Omni, db: Store, sid: string): Omni {
  let asked: Promise<void> | undefined;
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
      if (!answer.ok && answer.error.kind === 'unauthorized') await (asked ??= confirm());
      return answer;
    },
  });
}

/** Whether a session ended because its key died. False while the store cannot tell. */
export async function hasKeyDied(open: () => Promise<Store>, sid: string): Promise<boolean> {
  const row = await unlessStoreFails(open().then((db) => readSessionRow(db, sid)));
  return row?.endReason === 'key_dead';
}

/** What does not need the store to go on: what cannot be read or written now is said in the log. */
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
