import 'server-only';
import { randomUUID } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { env } from '#lib/env.ts';
import type { Store } from '#lib/store/database.ts';
import { storeSealer } from '#lib/store/seal.ts';

/** What a try is of: a key at sign-in, or the session's own key again. */
type AttemptKind = 'sign_in' | 'proof';

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
const PROOF_TRIES = 5;

/**
 * One try of a key at sign-in, or null when its address, or all strangers together at this server, failed too often
 * lately. An address from which somebody signed in before is held by its own failures only, so that strangers cannot lock
 * it out. Throws what `storeErrorOf` reads.
 */
export async function trySignIn(
  db: Store,
  where: { server: string; clientIp: string | undefined },
  now: number,
  sealer = storeSealer(),
  tries = env().SIGN_IN_TRIES,
): Promise<Attempt | null> {
  const names = sealer.hashes('sign-in/address', network(where.clientIp));
  const source: Source = { kind: 'sign_in', names, server: where.server };
  const attempt = await begin(db, source, now);
  const own = await failures(db, source, now);
  const allowed =
    own <= tries && ((await isKnown(db, source, now)) || (await all(db, source, now)) <= tries * SERVER_TIMES);
  if (allowed) return attempt;
  await attempt.end('void');
  return null;
}

/** One try to prove that the session's key is at hand; null after five failures in ten minutes. Throws like `trySignIn`. */
export async function tryProof(db: Store, sid: string, server: string, now: number): Promise<Attempt | null> {
  const source: Source = { kind: 'proof', names: [sid], server };
  const attempt = await begin(db, source, now);
  if ((await failures(db, source, now)) <= PROOF_TRIES) return attempt;
  await attempt.end('void');
  return null;
}

/** Counts the try before its result is known, so that a thousand at once get no more tries than ten in a row. */
async function begin(db: Store, { kind, names, server }: Source, now: number): Promise<Attempt> {
  const id = randomUUID();
  await db
    .deleteFrom('attempts')
    .where(({ eb, or, and }) =>
      or([eb('at', '<', now - KNOWN_FOR), and([eb('outcome', '=', 'failed'), eb('at', '<=', now - WINDOW)])]),
    )
    .execute();
  await db.insertInto('attempts').values({ id, kind, source: names[0], server, outcome: 'failed', at: now }).execute();
  return {
    end: async (result) => {
      if (result === 'void') await db.deleteFrom('attempts').where('id', '=', id).execute();
      else await db.updateTable('attempts').set({ outcome: result }).where('id', '=', id).execute();
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

/** The address, or the /64 of an IPv6 address, since its holder has all of it. */
function network(address: string | undefined): string {
  if (!address || !isIPv6(address)) return address ?? 'unknown';
  const [head = '', tail = ''] = address.toLowerCase().split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const zeros = address.includes('::')
    ? Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
    : [];
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, ''))
    .join(':');
}
