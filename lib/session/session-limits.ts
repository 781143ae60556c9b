import type { Session } from './session.ts';

/** The limits of a session as its browser knows them. `now` is the console's clock; times are milliseconds since 1970. */
export type SessionLimits = {
  sid: string;
  actor: string;
  serverId: string;
  serverName: string;
  who: string;
  now: number;
  /** When it ends without activity, and when it ends at the latest. */
  idleEndsAt: number;
  endsAt: number;
  /** How long before either end a warning is shown. */
  warnMs: number;
};

const WARNING = 120_000;

/** The limits of a session for its browser. The warning comes two minutes before the end, or at half of a shorter limit. */
export function limitsOf(session: Session, now: number): SessionLimits {
  const { sid, actor, server, yourName, keyName, lastSeenAt, createdAt, endsAt, idleMinutes } = session;
  const idleMs = idleMinutes * 60_000;
  return {
    sid,
    actor,
    serverId: server.id,
    serverName: server.name,
    who: yourName ?? keyName,
    now,
    idleEndsAt: lastSeenAt + idleMs,
    endsAt,
    warnMs: Math.min(WARNING, idleMs / 2, (endsAt - createdAt) / 2),
  };
}
