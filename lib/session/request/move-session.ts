import 'server-only';
import type { Credential } from '#lib/omni/door/credential.ts';
import { store } from '#lib/store/database.ts';
import { actorsOf } from '#lib/session/actor.ts';
import { startSession } from './cookie-next.ts';
import type { Session } from '#lib/session/session.ts';
import { createSession, readSessionRow } from '#lib/session/sessions.ts';
import { formersOf } from '#lib/store/actors.ts';

/**
 * Moves a session to another key with the same scopes, in the store and in the cookie. It keeps its age and so its time limit.
 * In actions only.
 */
export async function moveSession(
  session: Session,
  to: { credential: Credential; keyId: string; keyName: string },
): Promise<void> {
  const db = await store();
  const actors = actorsOf(to.credential);
  const formers = await formersOf(db, actors);
  const { scopes, instances, capabilities, yourName, createdAt, lastProofAt } = session;
  const server = to.credential.server.id;
  const names = { actorKeyId: to.keyId, keyName: to.keyName, yourName };
  const browser = (await readSessionRow(db, session.sid))?.browser ?? null;
  const kept = { scopes, instances, capabilities, browser };
  const sid = await createSession(db, { server, actor: actors[0], formers, ...names, ...kept }, Date.now());
  await db
    .updateTable('sessions')
    .set({ created_at: createdAt, last_proof_at: lastProofAt })
    .where('id', '=', sid)
    .execute();
  await startSession({ sid, credential: to.credential, was: session.actor });
}
