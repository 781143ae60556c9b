import 'server-only';
import { timingSafeEqual } from 'node:crypto';
import { Credential } from '#lib/omni/door/credential.ts';
import type { Store } from '#lib/store/database.ts';
import type { Session } from '#lib/session/session.ts';
import { noteProof } from '#lib/session/sessions.ts';
import { keyIn } from './key-in.ts';
import { tryProof } from './throttle.ts';

/** How long a typed key counts as proof of who is at the browser; milliseconds. */
export const PROOF_LASTS = 15 * 60_000;

/** Whether the key was typed recently enough to create, change or revoke keys. */
export function hasFreshProof(session: Pick<Session, 'lastProofAt'>, now = Date.now()): boolean {
  return now - session.lastProofAt < PROOF_LASTS;
}

/**
 * For actions with `proof: true`: null when the proof is fresh, else the action's answer, on which the page asks for the key and
 * sends the same again (`useProof` in `components/shell/proof.tsx`).
 */
export function requireFreshProof(
  session: Pick<Session, 'lastProofAt'>,
  now = Date.now(),
): { ok: false; code: 'proof_needed' } | null {
  return hasFreshProof(session, now) ? null : { ok: false, code: 'proof_needed' };
}

/**
 * Compares a typed key with the session's own, by hash and in constant time, and records the proof. Omni is not asked. After five
 * wrong keys in ten minutes nothing is compared. Throws what `storeErrorOf` reads.
 */
export async function prove(
  db: Store,
  { session, credential }: { session: Pick<Session, 'sid'>; credential: Credential },
  typed: string,
  now = Date.now(),
): Promise<'proved' | 'not_your_key' | 'too_many_tries'> {
  const attempt = await tryProof(db, session.sid, credential.server.id, now);
  if (!attempt) return 'too_many_tries';
  const given = Buffer.from(new Credential(credential.server, keyIn(typed)).hash());
  if (!timingSafeEqual(given, Buffer.from(credential.hash()))) {
    await attempt.end('failed');
    return 'not_your_key';
  }
  await attempt.end('void');
  await noteProof(db, session.sid, now);
  return 'proved';
}
