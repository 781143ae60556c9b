import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Store } from '#lib/store/database.ts';
import { storeSealer } from '#lib/store/seal.ts';
import type { SessionsTable } from '#lib/store/tables.ts';
import { capabilities, UNKNOWN_CAPABILITIES, type Capabilities } from './sign-in/capabilities.ts';
import type { Session } from './session.ts';
import { forgetOpened } from './opened-cookies.ts';
import { sessionState, type Limits } from './session-state.ts';

/** Why a session was ended. `replaced`: its browser signed in again. `key_dead`: Omni no longer accepts its key. */
export type EndReason = 'signed_out' | 'signed_out_everywhere' | 'replaced' | 'idle' | 'expired' | 'key_dead';

export type NewSession = {
  server: string;
  actor: string;
  actorKeyId: string | null;
  keyName: string;
  yourName: string | null;
  scopes: string[] | null;
  instances: Session['instances'];
  capabilities: Capabilities;
  /** The browser's name, for the list of one's own sessions. */
  browser?: string | null;
  /** The actors of the keys that this key replaced; none when absent. */
  formers?: readonly string[];
};

/** A session as the store has it; times are milliseconds since 1970. */
export type SessionRow = NewSession & {
  id: string;
  createdAt: number;
  lastSeenAt: number;
  lastProofAt: number;
  endedAt: number | null;
  endReason: string | null;
  browser: string | null;
  formers: string[];
};

const SEEN_EVERY = 60_000;

const sealContext = (id: string) => `sessions/your_name/${id}`;
const scopeList = z.array(z.string()).nullable().catch(null);
const formerList = z.array(z.string()).catch([]);
const instanceList = z.union([z.enum(['all', 'unknown']), z.array(z.string())]).catch('unknown');

/** Opens a session and answers with its id. Names are sealed. Throws what `storeErrorOf` reads. */
export async function createSession(
  db: Store,
  session: NewSession,
  now: number,
  sealer = storeSealer(),
): Promise<string> {
  const id = randomUUID();
  await db
    .insertInto('sessions')
    .values({
      id,
      server: session.server,
      actor: session.actor,
      actor_key_id: session.actorKeyId,
      key_name: session.keyName,
      your_name: session.yourName === null ? null : sealer.seal(sealContext(id), session.yourName),
      scopes: session.scopes && JSON.stringify(session.scopes),
      instances: JSON.stringify(session.instances),
      capabilities: JSON.stringify(session.capabilities),
      created_at: now,
      last_seen_at: now,
      last_proof_at: now,
      ended_at: null,
      end_reason: null,
      browser: session.browser ?? null,
      formers: session.formers?.length ? JSON.stringify(session.formers) : null,
    })
    .execute();
  return id;
}

/** A session by its id, or null. A name whose key is gone is null. */
export async function readSessionRow(db: Store, id: string): Promise<SessionRow | null> {
  const row = await db.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toRow(row) : null;
}

/** Records that the session is in use; writes at most once a minute. */
export async function touchSession(db: Store, row: { id: string; lastSeenAt: number }, now: number): Promise<void> {
  if (now - row.lastSeenAt < SEEN_EVERY) return;
  await db
    .updateTable('sessions')
    .set({ last_seen_at: now })
    .where('id', '=', row.id)
    .where('last_seen_at', '<=', now - SEEN_EVERY)
    .where('ended_at', 'is', null)
    .execute();
}

/** Records that the key was typed again. */
export async function noteProof(db: Store, id: string, now: number): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ last_proof_at: now })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
}

/** Ends a session for good and forgets the person's name. False when it had ended already, or never was. */
export async function endSession(db: Store, id: string, reason: EndReason, now: number): Promise<boolean> {
  return (await endWhere(db, 'id', [id], reason, now)) === 1;
}

/** Ends every session of an actor (under any of its names); answers how many there were. */
export function endAllOf(db: Store, actors: readonly string[], reason: EndReason, now: number): Promise<number> {
  return endWhere(db, 'actor', actors, reason, now);
}

async function endWhere(
  db: Store,
  column: 'id' | 'actor',
  values: readonly string[],
  reason: EndReason,
  now: number,
): Promise<number> {
  const ended = await db
    .updateTable('sessions')
    .set({ ended_at: now, end_reason: reason, your_name: null })
    .where(column, 'in', values)
    .where('ended_at', 'is', null)
    .returning('id')
    .execute();
  forgetOpened(ended.map(({ id }) => id));
  return ended.length;
}

/** The live sessions of an actor (under any of its names), the newest first. */
export async function listSessions(
  db: Store,
  actors: readonly string[],
  now: number,
  limits: Limits,
): Promise<SessionRow[]> {
  const rows = await db
    .selectFrom('sessions')
    .selectAll()
    .where('actor', 'in', actors)
    .where('ended_at', 'is', null)
    .where('created_at', '>', now - limits.maxMs)
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map((row) => toRow(row)).filter((row) => sessionState(row, now, limits) === 'live');
}

/** How many sessions are live, of all actors and servers. */
export async function countLiveSessions(db: Store, now: number, limits: Limits): Promise<number> {
  const { count } = await db
    .selectFrom('sessions')
    .select((eb) => eb.fn.countAll<number | string>().as('count'))
    .where('ended_at', 'is', null)
    .where('created_at', '>', now - limits.maxMs)
    .where('last_seen_at', '>', now - limits.idleMs)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Ends what is over its limits, and deletes what began before `keptSince`. */
export async function tidySessions(db: Store, now: number, limits: Limits, keptSince: number): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ ended_at: now, end_reason: 'expired', your_name: null })
    .where('ended_at', 'is', null)
    .where('created_at', '<=', now - limits.maxMs)
    .execute();
  await db.deleteFrom('sessions').where('ended_at', 'is not', null).where('created_at', '<', keptSince).execute();
}

function toRow(row: Selectable<SessionsTable>, sealer = storeSealer()): SessionRow {
  const name = row.your_name === null ? undefined : sealer.open(sealContext(row.id), row.your_name);
  return {
    id: row.id,
    server: row.server,
    actor: row.actor,
    actorKeyId: row.actor_key_id,
    keyName: row.key_name,
    yourName: name?.ok ? name.value : null,
    scopes: scopeList.parse(parsed(row.scopes)),
    instances: instanceList.parse(parsed(row.instances)),
    capabilities: capabilities.catch(UNKNOWN_CAPABILITIES).parse(parsed(row.capabilities)),
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    lastProofAt: row.last_proof_at,
    endedAt: row.ended_at,
    endReason: row.end_reason,
    browser: row.browser,
    formers: formerList.parse(parsed(row.formers)),
  };
}

function parsed(json: string | null): unknown {
  try {
    return JSON.parse(json ?? 'null');
  } catch {
    return null;
  }
}
