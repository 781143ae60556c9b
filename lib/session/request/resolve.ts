import 'server-only';
import { env } from '#lib/env.ts';
import { log } from '#lib/log.ts';
import type { Credential } from '#lib/omni/door/credential.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { store } from '#lib/store/database.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';
import { actorsOf } from '#lib/session/actor.ts';
import { forgetOpened } from '#lib/session/opened-cookies.ts';
import { shareWrites } from './counted-writes.ts';
import { unlessStoreFails, watchKey } from './dead-key.ts';
import { readCookieSession, type RequestCookies } from './cookie-session.ts';
import type { Session, SignedOutReason } from '#lib/session/session.ts';
import { appearanceOf } from '#lib/session/servers/servers.ts';
import { sessionLimits, sessionState } from '#lib/session/session-state.ts';
import { endSession, readSessionRow, touchSession, type SessionRow } from '#lib/session/sessions.ts';
import { bindingScopes } from '#lib/scopes/generations.ts';

/** The reasons for an ended session that have a sentence of their own. */
const NAMED_REASONS = ['idle', 'expired', 'key_dead'] as const;

/**
 * A signed-in request. `omni` is its only handle, which remembers reads. `was`: the actor of the session before it moved to this
 * key.
 */
export type Signed = { session: Session; omni: Omni; credential: Credential; was?: string | undefined };
export type SignedOut = { reason: SignedOutReason };

/** A request to resolve. A poll does not keep the session alive. */
export type SessionRequest = { cookies: RequestCookies; clientIp?: string | undefined; poll?: boolean; now?: number };

/**
 * The session of a request: cookie → row → limits → handle. None without a row, and none while the store is down. Never throws,
 * whatever a browser sends.
 */
export async function resolveSession(request: SessionRequest, open = store): Promise<Signed | SignedOut> {
  const claimed = await readCookieSession(request.cookies);
  if (!claimed.ok) return { reason: claimed.reason };
  const { sid, credential, was } = claimed;
  const now = request.now ?? Date.now();
  try {
    const db = await open();
    const row = await readSessionRow(db, sid);
    if (!row || row.server !== credential.server.id || !actorsOf(credential).includes(row.actor)) {
      forgetOpened([sid]);
      return { reason: 'ended' };
    }
    const state = sessionState(row, now, sessionLimits());
    // Here, or on another replica, which has no way to tell this one.
    if (state !== 'live') forgetOpened([sid]);
    if (state === 'ended') return { reason: NAMED_REASONS.find((reason) => reason === row.endReason) ?? 'ended' };
    if (state !== 'live') {
      await unlessStoreFails(endSession(db, sid, state, now));
      return { reason: state };
    }
    if (!request.poll) await unlessStoreFails(touchSession(db, row, now));
    const session = sessionOf(row, credential);
    const context = { actor: session.yourName ?? session.keyName, clientIp: request.clientIp, sid };
    const omni = shareWrites(watchKey(omniAs(credential, context), db, sid), db);
    return { session, omni, credential, was };
  } catch (error) {
    const failure = storeErrorOf(error);
    if (!failure) throw error;
    log('error', 'session.store_down', { kind: failure.kind });
    return { reason: 'store_down' };
  }
}

function sessionOf(row: SessionRow, { server }: Credential): Session {
  const { SESSION_IDLE_MINUTES, SESSION_MAX_MINUTES } = env();
  return {
    sid: row.id,
    actor: row.actor,
    formers: row.formers,
    server: { id: server.id, name: server.name, ...appearanceOf(server) },
    keyName: row.keyName,
    yourName: row.yourName,
    scopes: bindingScopes(row.scopes, row.capabilities.generation),
    heldScopes: row.scopes,
    instances: row.instances,
    capabilities: row.capabilities,
    createdAt: row.createdAt,
    lastSeenAt: row.lastSeenAt,
    lastProofAt: row.lastProofAt,
    idleMinutes: SESSION_IDLE_MINUTES,
    endsAt: row.createdAt + SESSION_MAX_MINUTES * 60_000,
  };
}
