import type { Session } from './session.ts';

/** What a browser knows of its session's end. `now` is the console's clock; times are milliseconds since 1970. */
export type SessionLimits = {
  sid: string;
  actor: string;
  serverId: string;
  serverName: string;
  who: string;
  now: number;
  /** When it ends unless somebody clicks, and when it ends whatever happens. */
  idleEndsAt: number;
  endsAt: number;
  /** How long before either somebody is warned. */
  warnMs: number;
};

const WARNING = 120_000;

/** The ends of a session as its browser may know them: a warning comes two minutes before, sooner where a limit is shorter than four. */
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
