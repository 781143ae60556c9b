import 'server-only';
import { randomUUID } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { env } from '#lib/env.ts';
import type { Store } from '#lib/store/database.ts';
import { storeSealer } from '#lib/store/seal.ts';
import { addressNetwork } from './address-network.ts';

/** What a try is of: a key at sign-in (once more for its /48), or the session's own key again. */
type AttemptKind = 'sign_in' | 'sign_in/48' | 'proof';

/** The source of a try. `names` are all names it may be stored under, the newest first. */
type Source = { kind: AttemptKind; names: readonly [string, ...string[]]; server: string };

/** The result of a try. `failed` counts, `good` makes its address a known one, `void` was no try of a key. */
type AttemptResult = 'failed' | 'good' | 'void';

/** A permitted try; `end` records its result. Until then it counts as failed. */
export type Attempt = { end(result: AttemptResult): Promise<void> };

/** Failures are counted over this long; milliseconds. Known addresses are kept for `KNOWN_FOR`. */
export const WINDOW = 10 * 60_000;
const KNOWN_FOR = 30 * 86_400_000;
const SERVER_TIMES = 20;
/** So many times the tries of one address for an IPv6 /48, whose holder has 65,536 of the /64 that count as one address. */
const WIDE_TIMES = 5;
/** How long a new address waits while strangers have used up a server's tries; milliseconds. */
export const FLOOD_WAIT = 2_000;
const PROOF_TRIES = 5;

/**
 * One try of a key at sign-in, or null when its address, or its IPv6 /48, failed too often lately. While all strangers together
 * failed too often at this server, a new address waits: strangers cannot lock it out. An address from which somebody signed in
 * before is held by its own failures only. Throws what `storeErrorOf` reads.
 */
export async function trySignIn(
  db: Store,
  where: { server: string; clientIp: string | undefined },
  now: number,
  {
    sealer = storeSealer(),
    tries = env().SIGN_IN_TRIES,
    wait = sleep,
  }: { sealer?: ReturnType<typeof storeSealer>; tries?: number; wait?: (ms: number) => Promise<unknown> } = {},
): Promise<Attempt | null> {
  const { server } = where;
  const source: Source = {
    kind: 'sign_in',
    names: sealer.hashes('sign-in/address', addressNetwork(where.clientIp, 4)),
    server,
  };
  const sources = [source];
  if (isIPv6(where.clientIp ?? ''))
    sources.push({
      kind: 'sign_in/48',
      names: sealer.hashes('sign-in/network', addressNetwork(where.clientIp, 3)),
      server,
    });
  const [, wide] = sources;
  const attempt = await begin(db, sources, now);
  const own = await failures(db, source, now);
  const known = own <= tries && (await isKnown(db, source, now));
  const allowed = own <= tries && (known || !wide || (await failures(db, wide, now)) <= tries * WIDE_TIMES);
  if (!allowed) {
    await attempt.end('void');
    return null;
  }
  if (!known && (await all(db, source, now)) > tries * SERVER_TIMES) await wait(FLOOD_WAIT);
  return attempt;
}

/** One try to prove that the session's key is at hand; null after five failures in ten minutes. Throws like `trySignIn`. */
export async function tryProof(db: Store, sid: string, server: string, now: number): Promise<Attempt | null> {
  const source: Source = { kind: 'proof', names: [sid], server };
  const attempt = await begin(db, [source], now);
  if ((await failures(db, source, now)) <= PROOF_TRIES) return attempt;
  await attempt.end('void');
  return null;
}

/** Counts the try before its result is known, so that a thousand at once get no more tries than ten in a row. */
async function begin(db: Store, sources: readonly Source[], now: number): Promise<Attempt> {
  await db
    .deleteFrom('attempts')
    .where(({ eb, or, and }) =>
      or([eb('at', '<', now - KNOWN_FOR), and([eb('outcome', '=', 'failed'), eb('at', '<=', now - WINDOW)])]),
    )
    .execute();
  const rows = sources.map(({ kind, names: [name], server }) => {
    return { id: randomUUID(), kind, source: name, server, outcome: 'failed', at: now };
  });
  await db.insertInto('attempts').values(rows).execute();
  const ids = rows.map(({ id }) => id);
  return {
    end: async (result) => {
      if (result === 'void') await db.deleteFrom('attempts').where('id', 'in', ids).execute();
      else await db.updateTable('attempts').set({ outcome: result }).where('id', 'in', ids).execute();
    },
  };
}

async function failures(db: Store, { kind, names }: Source, now: number): Promise<number> {
  const row = await failed(db, kind, now).where('source', 'in', names).executeTakeFirst();
  return Number(row?.count ?? 0);
}

async function all(db: Store, { kind, server }: Source, now: number): Promise<number> {
  const row = await failed(db, kind, now).where('server', '=', server).executeTakeFirst();
  return Number(row?.count ?? 0);
}

function failed(db: Store, kind: AttemptKind, now: number) {
  return db
    .selectFrom('attempts')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('kind', '=', kind)
    .where('outcome', '=', 'failed')
    .where('at', '>', now - WINDOW);
}

async function isKnown(db: Store, { kind, names, server }: Source, now: number): Promise<boolean> {
  const row = await db
    .selectFrom('attempts')
    .select('id')
    .where('kind', '=', kind)
    .where('source', 'in', names)
    .where('server', '=', server)
    .where('outcome', '=', 'good')
    .where('at', '>', now - KNOWN_FOR)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
