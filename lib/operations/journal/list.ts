import 'server-only';
import { sql, type ExpressionBuilder } from 'kysely';
import { ENTRY_START, entryStartOf } from '#lib/omni/door/headers.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { storeNow } from '#lib/store/clock.ts';
import type { Store } from '#lib/store/database.ts';
import { allHeldHere } from '#lib/store/live-holds.ts';
import type { Tables } from '#lib/store/tables.ts';
import { openBody } from './body.ts';
import { contactHashes, contactOf } from './contacts.ts';
import { HELD, type Entry } from './entry.ts';
import { readEntries } from './journal.ts';
import { storedNames } from './read-old-names.ts';

/** Who reads entries: `actors` are all names the key has in the store (older `STORE_KEYS` gave it others), `actor` when absent. */
export type EntryReader = {
  server: string;
  actor: string;
  actors?: readonly string[];
  scopes: readonly string[] | null;
};

/**
 * What a list of Activity can be narrowed to. Times are milliseconds; `before` continues a list after that entry. `contact`
 * is a phone or an e-mail, however written; `subject` an id, with or without its kind. `unfinished`: it began and has not
 * come to its end: interrupted, not confirmed, or refused or stopped after a step was done; what was undone has ended.
 * `requests`: ids of requests to Omni; entries that sent one of them.
 */
export type Filter = {
  operation?: string;
  operations?: readonly string[];
  subject?: string;
  status?: string;
  mine?: boolean;
  unfinished?: boolean;
  actor?: string;
  contact?: string;
  requests?: readonly string[];
  since?: number;
  until?: number;
  before?: { at: number; id: string };
};

/** What subjects are called: `<kind>:<id>`. */
const SUBJECT_KINDS = ['person', 'identity', 'route', 'key', 'rule', 'agent', 'instance', 'chat'];

/** A key that can write keys sees everything done on its server; another key sees what it did itself. */
export function mayRead(entry: Pick<Entry, 'server' | 'actor'>, reader: EntryReader): boolean {
  return entry.server === reader.server && (ownActors(reader).includes(entry.actor) || seesAll(reader));
}

/** Whether a reader sees what others did, too. */
export function seesAll(reader: Pick<EntryReader, 'scopes'>): boolean {
  return allows(reader.scopes, 'keys:write') === 'yes';
}

const BATCH = 100;

/** Every entry of a filter, newest first, read batch by batch as they are asked for. */
export async function* allEntries(db: Store, reader: EntryReader, filter: Filter): AsyncGenerator<Entry> {
  let before = filter.before;
  for (;;) {
    const batch = await listEntries(db, reader, { ...filter, ...(before ? { before } : {}) }, BATCH);
    yield* batch;
    const last = batch.at(-1);
    if (!last || batch.length < BATCH) return;
    before = { at: last.createdAt, id: last.id };
  }
}

/** Entries, newest first, at most `limit`, in three queries. What was never run (stale, refused) is left out. */
export async function listEntries(db: Store, reader: EntryReader, filter: Filter, limit: number): Promise<Entry[]> {
  let query = db
    .selectFrom('operations')
    .selectAll()
    .where('server', '=', reader.server)
    .where('status', '!=', 'stale');
  if (!seesAll(reader) || filter.mine) query = query.where('actor', 'in', ownActors(reader));
  if (filter.actor) query = query.where('actor', '=', filter.actor);
  if (filter.operation) query = query.where('operation', 'in', storedNames(filter.operation));
  if (filter.operations) query = query.where('operation', 'in', filter.operations.flatMap(storedNames));
  const { status, subject, contact, before } = filter;
  if (status || filter.unfinished) {
    const read = { now: await storeNow(db), here: allHeldHere(db) };
    if (status) query = query.where((eb) => hasStatus(eb, status, read));
    if (filter.unfinished) query = query.where((eb) => stoppedHalfway(eb, read));
  }
  if (filter.requests) {
    const starts = filter.requests.flatMap((id) => entryStartOf(id) ?? []);
    if (starts.length === 0) return [];
    query = query.where(sql<string>`substr(id, 1, ${sql.lit(ENTRY_START)})`, 'in', [...new Set(starts)]);
  }
  if (filter.since !== undefined) query = query.where('created_at', '>=', filter.since);
  if (filter.until !== undefined) query = query.where('created_at', '<=', filter.until);
  if (subject) {
    const subjects = subject.includes(':') ? [subject] : SUBJECT_KINDS.map((kind) => `${kind}:${subject}`);
    query = query.where('id', 'in', (eb) =>
      eb
        .selectFrom('operation_subjects')
        .select('entry_id')
        .where('operation_subjects.server', '=', reader.server)
        .where('subject', 'in', subjects),
    );
  }
  if (contact) {
    const known = contactOf(contact);
    if (known === null) return [];
    const hashes = contactHashes(known);
    query = query.where('id', 'in', (eb) =>
      eb.selectFrom('operation_finds').select('entry_id').where('hash', 'in', hashes),
    );
  }
  if (before) {
    query = query.where((eb) =>
      eb.or([eb('created_at', '<', before.at), eb.and([eb('created_at', '=', before.at), eb('id', '<', before.id)])]),
    );
  }
  return readEntries(db, await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute());
}

/** How far back one's last change is looked for: undone ones and those that changed nothing may stand before it. */
const LOOKED_THROUGH = 50;

/** The newest change of the reader's own that did something, undoes none, and was not undone; null where there is none of late. */
export async function lastChange(db: Store, reader: EntryReader): Promise<Entry | null> {
  const own = await listEntries(db, reader, { mine: true }, LOOKED_THROUGH);
  const changed = ({ steps }: Entry) => steps.some(({ state }) => state === 'done');
  return own.find((entry) => entry.undoOf === null && entry.undoneBy === null && changed(entry)) ?? null;
}

/** Everybody with an entry the reader may see, by the name they last used; at most `limit`, whoever was here last first. */
export async function listActors(
  db: Store,
  reader: EntryReader,
  limit = 100,
): Promise<{ actor: string; who: string }[]> {
  let query = db
    .selectFrom('operations')
    .select((eb) => ['actor', eb.fn.max('created_at').as('at')])
    .where('server', '=', reader.server)
    .where('status', '!=', 'stale');
  if (!seesAll(reader)) query = query.where('actor', 'in', ownActors(reader));
  const actors = await query.groupBy('actor').orderBy('at', 'desc').limit(limit).execute();
  if (actors.length === 0) return [];
  const latest = await db
    .selectFrom('operations')
    .selectAll()
    .where('server', '=', reader.server)
    .where('status', '!=', 'stale')
    .where((eb) => eb.or(actors.map(({ actor, at }) => eb.and([eb('actor', '=', actor), eb('created_at', '=', at)]))))
    .execute();
  const names = new Map(latest.map((row) => [row.actor, openBody(row.id, row.operation, row.body).who]));
  return actors.map(({ actor }) => {
    const who = names.get(actor);
    return { actor, who: who?.yourName ?? who?.keyName ?? '—' };
  });
}

/** How many entries of all servers have an end that nobody knows, and were not undone, by what they are now. */
export async function countOpenEntries(db: Store): Promise<Record<'unconfirmed' | 'interrupted', number>> {
  const read = { now: await storeNow(db), here: allHeldHere(db) };
  const count = async (status: 'unconfirmed' | 'interrupted') => {
    const row = await db
      .selectFrom('operations')
      .select((eb) => eb.fn.countAll<number | string>().as('count'))
      .where('undone_by', 'is', null)
      .where((eb) => hasStatus(eb, status, read))
      .executeTakeFirstOrThrow();
    return Number(row.count);
  };
  return { unconfirmed: await count('unconfirmed'), interrupted: await count('interrupted') };
}

/** When the list is read, by the store's clock, and what this process runs. */
type Reading = { now: number; here: readonly string[] };

/** Whether an entry has a status now, as `statusOf` says it of one that was read. */
function hasStatus(eb: ExpressionBuilder<Tables, 'operations'>, status: string, { now, here }: Reading) {
  const beats = eb.or([eb('lease_until', '>=', now), ...(here.length > 0 ? [eb('id', 'in', here)] : [])]);
  const held = eb('status', 'in', HELD);
  if (status === 'interrupted') return eb.or([eb('status', '=', status), eb.and([held, eb.not(beats)])]);
  if (status === 'running') return eb.and([eb('status', 'in', ['running', 'checking']), beats]);
  if (status === 'unconfirmed') return eb.and([eb('status', '=', status), beats]);
  return eb('status', '=', status);
}

function stoppedHalfway(eb: ExpressionBuilder<Tables, 'operations'>, read: Reading) {
  const someStep = (is: '=' | '!=') =>
    eb.exists(
      eb
        .selectFrom('operation_steps')
        .select('step_id')
        .whereRef('operation_steps.entry_id', '=', 'operations.id')
        .where('operation_steps.state', is, 'done'),
    );
  const broken = eb.and([eb('status', 'in', ['failed', 'stopped']), someStep('='), someStep('!=')]);
  return eb.and([
    eb('undone_by', 'is', null),
    eb.or([hasStatus(eb, 'interrupted', read), hasStatus(eb, 'unconfirmed', read), broken]),
  ]);
}

function ownActors({ actor, actors }: EntryReader): readonly string[] {
  return actors ?? [actor];
}
