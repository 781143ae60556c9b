import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getAudit, listAudit, type AuditQuery } from '#lib/omni/resources/audit.ts';
import { ABSENT, readSeen, type Seen } from '#lib/omni/seen.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { AuditEntry } from '#lib/omni/schemas/audit.ts';

/** Who reads Omni's record: the scopes of the key, and whether its server was found to have a record at sign-in. */
export type RecordReader = { scopes: readonly string[] | null; audit: 'yes' | 'no' | 'forbidden' | 'unknown' };

/** What of Omni's record is asked for. Times are milliseconds; `before` continues it after that change. */
export type RecordFilter = {
  type?: string;
  target?: string;
  actor?: string;
  since?: number;
  until?: number;
  before?: { at: number; id: string };
};

/**
 * Some changes of Omni's record, newest first, those of one millisecond by id. `next`: where it goes on; null at its end. `unsure`:
 * more changes share one millisecond than Omni can page through.
 */
export type RecordPart = { changes: AuditEntry[]; next: { at: number; id: string } | null; unsure: boolean };

/** So many changes are asked for at once; Omni gives up to 200 (contract §7.2). */
export const RECORD_LIMIT = 100;

/** After every change of a millisecond: no id is larger. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * A part of Omni's own record of changes (contract §7.2, unproved: no answer of a real server was recorded). Scope `audit:read`;
 * only the newest Omnis have it. Its cursor has milliseconds, so each part is asked for from one millisecond later on and what was
 * shown is dropped; the last millisecond of an answer that goes on belongs to the next part.
 */
export async function readRecord(omni: Omni, reader: RecordReader, filter: RecordFilter): Promise<Seen<RecordPart>> {
  const seen = await ofRecord(reader, () => listAudit(omni, queryOf(filter)));
  if (seen.is !== 'value') return seen;
  const { items, meta } = seen.value;
  const all = items.toSorted(newestFirst);
  const floor = timeOf(all.at(-1));
  const whole = meta.hasMore ? all.filter((one) => timeOf(one) > floor) : all;
  const stuck = meta.hasMore && whole.length === 0;
  const changes = (stuck ? all : whole).filter(
    (one) => !isCheck(one) && isAfter(one, filter.before) && timeOf(one) >= (filter.since ?? 0),
  );
  const next = meta.hasMore ? { at: stuck ? floor - 1 : floor, id: LAST_ID } : null;
  return { is: 'value', value: { changes, next, unsure: stuck } };
}

/** Asking whether a provider responds is a `POST`, so it may be recorded like a change (unproved); it changes nothing. */
function isCheck({ action }: AuditEntry): boolean {
  return action === 'provider.health';
}

/** One change of Omni's record (contract §7.2, unproved). Scope `audit:read`. Null: there is none with this id. */
export async function readChange(omni: Omni, reader: RecordReader, id: string): Promise<Seen<AuditEntry | null>> {
  return ofRecord<AuditEntry | null>(reader, async () => {
    const answer = await getAudit(omni, id);
    return !answer.ok && answer.error.kind === 'not_found' && answer.error.resource !== undefined ? ok(null) : answer;
  });
}

async function ofRecord<T>(reader: RecordReader, read: () => Promise<Result<T, OmniError>>): Promise<Seen<T>> {
  if (reader.audit === 'no') return ABSENT;
  let missing = false;
  const seen = await readSeen(reader.scopes, 'audit:read', async () => {
    const answer = await read();
    missing = !answer.ok && isAbsence(answer.error);
    return answer;
  });
  return missing ? ABSENT : seen;
}

/** A server without the call: 404, or no entry in its table of scopes (contract §1.3). */
function isAbsence(error: OmniError): boolean {
  return error.kind === 'not_found' || (error.kind === 'forbidden' && error.reason === 'unmapped');
}

/** The record has no `until`; its cursor is one: Omni lists what is older (contract §7.2). */
function queryOf({ type, target, actor, since, until, before }: RecordFilter): AuditQuery {
  const newest = Math.min(before?.at ?? Number.POSITIVE_INFINITY, until ?? Number.POSITIVE_INFINITY);
  return {
    limit: RECORD_LIMIT,
    ...(type ? { targetType: type } : {}),
    ...(target ? { target } : {}),
    ...(actor ? { actor } : {}),
    ...(since === undefined ? {} : { since: new Date(since).toISOString() }),
    ...(Number.isFinite(newest) ? { cursor: new Date(newest + 1).toISOString() } : {}),
  };
}

function newestFirst(one: AuditEntry, other: AuditEntry): number {
  return timeOf(other) - timeOf(one) || (one.id < other.id ? 1 : -1);
}

function isAfter(one: AuditEntry, before: RecordFilter['before']): boolean {
  if (!before) return true;
  const at = timeOf(one);
  return at < before.at || (at === before.at && one.id < before.id);
}

function timeOf(one: { createdAt: string } | undefined): number {
  return one ? Date.parse(one.createdAt) : 0;
}
