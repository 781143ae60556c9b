import 'server-only';
import { timingSafeEqual } from 'node:crypto';
import { Credential } from '#lib/omni/door/credential.ts';
import type { Store } from '#lib/store/database.ts';
import type { Session } from '#lib/session/session.ts';
import { noteProof } from '#lib/session/sessions.ts';
import { tryProof } from './throttle.ts';

/** How long a typed key counts as proof that its holder is the one who clicks; milliseconds. */
export const PROOF_LASTS = 15 * 60_000;

/** Whether the key was typed lately enough for what gives rights away or takes them. */
export function hasFreshProof(session: Pick<Session, 'lastProofAt'>, now = Date.now()): boolean {
  return now - session.lastProofAt < PROOF_LASTS;
}

/**
 * For actions that are no operation (those say `proof: true`): null when the proof is fresh, else the answer to give. The
 * page asks for the key when it gets it and sends the same again (`useProof` in `components/shell/proof.tsx`).
 */
export function requireFreshProof(
  session: Pick<Session, 'lastProofAt'>,
  now = Date.now(),
): { ok: false; code: 'proof_needed' } | null {
  return hasFreshProof(session, now) ? null : { ok: false, code: 'proof_needed' };
}

/**
 * Compares a typed key with the session's own, by hash and in constant time, and notes the proof. Omni is not asked. Five
 * wrong ones in ten minutes and nothing is compared any more. Throws what `storeErrorOf` reads.
 */
export async function prove(
  db: Store,
  { session, credential }: { session: Pick<Session, 'sid'>; credential: Credential },
  typed: string,
  now = Date.now(),
): Promise<'proved' | 'not_your_key' | 'too_many_tries'> {
  const attempt = await tryProof(db, session.sid, credential.server.id, now);
  if (!attempt) return 'too_many_tries';
  const given = Buffer.from(new Credential(credential.server, typed.trim()).hash());
  if (!timingSafeEqual(given, Buffer.from(credential.hash()))) {
    await attempt.end('failed');
    return 'not_your_key';
  }
  await attempt.end('void');
  await noteProof(db, session.sid, now);
  return 'proved';
}
