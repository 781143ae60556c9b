import 'server-only';
import { z } from 'zod';
import { log } from '#lib/log.ts';
import { validateKey } from '#lib/omni/resources/auth.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni, OmniCall } from '#lib/omni/door/omni.ts';
import type { Result } from '#lib/omni/result.ts';
import type { Store } from '#lib/store/database.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';
import { endSession, readSessionRow } from '#lib/session/sessions.ts';

/** The checks under way, by store and session: all that is in flight with a dead key asks once. */
const checks = new WeakMap<Store, Map<string, Promise<void>>>();

/**
 * The same handle, which ends the session when Omni no longer accepts its key. One 401 shows nothing: it may be a proxy's, or
 * the echo of a write. The key is validated once more, and where that is refused too a read is asked, since the validation is
 * sent as a write is; only three refusals end the session. A 401 that asks for a signature does not count (contract §1.1). The
 * caller gets the answer unchanged, so that a run in flight is told to its end.
 */
export function watchKey(omni: Omni, db: Store, sid: string): Omni {
  return Object.freeze({
    ...omni,
    request: async <T>(call: OmniCall<T>) => {
      const answer = await omni.request(call);
      if (isRefusal(answer)) await checkOnce(omni, db, sid);
      return answer;
    },
  });
}

function checkOnce(omni: Omni, db: Store, sid: string): Promise<void> {
  const known = checks.get(db) ?? new Map<string, Promise<void>>();
  checks.set(db, known);
  const running = known.get(sid);
  if (running) return running;
  const check = endIfDead(omni, db, sid).finally(() => known.delete(sid));
  known.set(sid, check);
  return check;
}

async function endIfDead(omni: Omni, db: Store, sid: string): Promise<void> {
  if (!isRefusal(await validateKey(omni))) return;
  // Every key may ask this: one without the scope is answered 403 (contract §1.1).
  const read = { method: 'GET', path: '/instances', query: { limit: 1 }, schema: z.unknown() } as const;
  if (!isRefusal(await omni.request(read))) return;
  const ended = await unlessStoreFails(endSession(db, sid, 'key_dead', Date.now()));
  if (ended) log('info', 'session.key_dead');
}

function isRefusal(answer: Result<unknown, OmniError>): boolean {
  return !answer.ok && answer.error.kind === 'unauthorized';
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
