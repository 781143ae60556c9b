import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import { ENTRY_START, entryStartOf } from '#lib/omni/door/headers.ts';
import type { AuditEntry } from '#lib/omni/schemas/audit.ts';
import { LATE, type NotSeen, type Seen } from '#lib/omni/seen.ts';
import { withinTime } from '#lib/omni/paging/within-time.ts';
import type { Entry } from '#lib/operations/journal/entry.ts';
import { listEntries, type EntryReader, type Filter } from '#lib/operations/journal/list.ts';
import type { Store } from '#lib/store/database.ts';
import { readRecord, RECORD_LIMIT, type RecordPart, type RecordReader } from './omni-record.ts';

/** Where changes are read from: the console's own journal, and Omni's record with the reader's key. */
export type Sources = { db: Store; reader: EntryReader; omni: Omni; record: RecordReader };

/**
 * What lines of Activity are asked for. `origin`: only the console's entries, or only Omni's record; both where it is left out. `omni`:
 * what Omni's part is narrowed to; null where nothing of it can match.
 */
export type LinesFilter = Filter & {
  origin?: 'console' | 'omni' | undefined;
  omni: { type?: string; target?: string; actor?: string; refused?: boolean } | null;
};

/**
 * One change: an entry of the console, or one of Omni's record. `entryId`: the entry that made it. `console`: some console sent it, and
 * no entry that the reader may see proves to be its own.
 */
export type ActivityLine = { id: string; at: number } & (
  | { of: 'console'; entry: Entry }
  | { of: 'omni'; change: AuditEntry; entryId: string | null; console: boolean }
);

/** Lines, newest first. `next`: where they go on; null at the end. `unread`: why Omni's record is missing among them. */
export type Lines = { lines: ActivityLine[]; next: { at: number; id: string } | null; unread: NotSeen | null };

/** At most so many parts of Omni's record are read for one page: what is filtered here may be rare in it. */
const PARTS = 4;
/** How long a page waits for Omni's record, in milliseconds. */
export const RECORD_WITHIN_MS = 3000;
/** The clocks of Omni and of the store may differ by so much. */
const CLOCKS_MS = 5 * 60_000;
/** A write may happen so long after its entry has ended (contract §1.2: a write has no time limit). */
const LATE_MS = 15 * 60_000;

/**
 * A page of changes of the console and of Omni's record as one list, at most `size` of them. A change that the console made itself
 * stands in Omni's record too; it is left out where its entry is in the same list (ADR 0051). `withinMs`: the console's entries wait no
 * longer for Omni, which may be away just when somebody looks for what was interrupted.
 */
export async function readLines(
  sources: Sources,
  filter: LinesFilter,
  size: number,
  withinMs?: number,
): Promise<Lines> {
  const { origin, omni: narrowed, ...own } = filter;
  const [entries, record] = await Promise.all([
    origin === 'omni' ? [] : listEntries(sources.db, sources.reader, own, size + 1),
    origin === 'console' || narrowed === null ? null : withinTime(withinMs, readOmniLines(sources, filter, size)),
  ]);
  const answer = record === 'late' ? LATE : record;
  const seen = answer?.is === 'value' ? answer.value : { lines: [], next: null, unsure: false };
  const unread: NotSeen | null =
    answer && answer.is !== 'value' ? answer : seen.unsure ? { is: 'beyond', limit: RECORD_LIMIT } : null;
  const horizon = seen.next;
  const all = [...entries.map(consoleLine), ...seen.lines]
    .filter((line) => horizon === null || comesBefore(line, horizon))
    .toSorted((one, other) => (comesBefore(one, other) ? -1 : 1));
  const lines = all.slice(0, size);
  const last = lines.at(-1);
  const next = all.length > size && last ? { at: last.at, id: last.id } : horizon;
  return { lines, next, unread };
}

/**
 * Every line of a filter, page by page as they are asked for, and once why Omni's record is missing among them, unless its server has
 * none.
 */
export async function* allLines(sources: Sources, filter: LinesFilter): AsyncGenerator<ActivityLine | NotSeen> {
  let before = filter.before;
  let rest = filter;
  for (;;) {
    const page = await readLines(sources, { ...rest, ...(before ? { before } : {}) }, 100);
    yield* page.lines;
    if (page.unread && rest.omni !== null) {
      if (page.unread.is !== 'absent') yield page.unread;
      if (page.unread.is !== 'beyond') rest = { ...rest, omni: null };
    }
    if (!page.next) return;
    before = page.next;
  }
}

type OmniLines = { lines: Extract<ActivityLine, { of: 'omni' }>[]; next: RecordPart['next']; unsure: boolean };

async function readOmniLines(sources: Sources, filter: LinesFilter, size: number): Promise<Seen<OmniLines>> {
  const { origin, omni: narrowed, since, until } = filter;
  const lines: OmniLines['lines'] = [];
  let next = filter.before ?? null;
  let unsure = false;
  for (let part = 0; part < PARTS; part += 1) {
    const { refused, ...asked } = narrowed ?? {};
    const seen = await readRecord(sources.omni, sources.record, {
      ...asked,
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
      ...(next ? { before: next } : {}),
    });
    if (seen.is !== 'value') return seen;
    const kept = seen.value.changes.filter(({ statusCode }) => refused === undefined || refused === statusCode >= 400);
    const owners = await ownersOf(sources, kept, origin === 'omni' ? {} : filter);
    for (const change of kept) {
      const entryId = owners.get(change.id) ?? null;
      if (entryId === null || origin === 'omni') lines.push(omniLine(change, entryId));
    }
    next = seen.value.next;
    unsure ||= seen.value.unsure;
    if (next === null || lines.length > size) break;
  }
  return { is: 'value', value: { lines, next, unsure } };
}

/**
 * The entries behind changes of Omni's record, by the change's id, as far as the reader may see them and `filter` finds them: the
 * request's id starts as the entry's does, the key has the name it had in the entry, and it happened while the entry ran. Anybody can
 * send any request id, so it alone proves nothing.
 */
export async function ownersOf(
  { db, reader }: Pick<Sources, 'db' | 'reader'>,
  changes: readonly AuditEntry[],
  filter: Filter,
): Promise<ReadonlyMap<string, string>> {
  const requests = changes.flatMap(({ requestId }) => requestId ?? []);
  if (requests.length === 0) return new Map();
  const { before: _, ...found } = filter;
  const entries = await listEntries(db, reader, { ...found, requests }, requests.length);
  const byStart = Map.groupBy(entries, ({ id }) => id.slice(0, ENTRY_START));
  return new Map(
    changes.flatMap((change) => {
      const candidates = byStart.get(entryStartOf(change.requestId) ?? '') ?? [];
      const owner = candidates.find((entry) => ranThen(entry, change));
      return owner ? [[change.id, owner.id] as const] : [];
    }),
  );
}

function ranThen(
  { body, createdAt, finishedAt, steps }: Entry,
  { apiKeyName, createdAt: moment }: AuditEntry,
): boolean {
  const at = Date.parse(moment);
  const names = [body.who.keyName, ...steps.flatMap(({ who }) => who ?? [])];
  const end = finishedAt ?? Date.now();
  return names.includes(apiKeyName ?? '') && at >= createdAt - CLOCKS_MS && at <= end + LATE_MS;
}

function consoleLine(entry: Entry): ActivityLine {
  return { id: entry.id, at: entry.createdAt, of: 'console', entry };
}

function omniLine(change: AuditEntry, entryId: string | null): OmniLines['lines'][number] {
  const console = change.userAgent?.startsWith('omni-console/') ?? false;
  return { id: change.id, at: Date.parse(change.createdAt), of: 'omni', change, entryId, console: console && !entryId };
}

/** Whether a line stands before a place in the list: newer, or in the same millisecond under a larger id. */
function comesBefore(line: { at: number; id: string }, place: { at: number; id: string }): boolean {
  return line.at > place.at || (line.at === place.at && line.id > place.id);
}
