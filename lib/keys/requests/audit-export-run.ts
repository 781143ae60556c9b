import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { log, logName } from '#lib/log.ts';
import { takeFromBudget } from '#lib/omni/paging/budget.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { Position } from '#lib/omni/paging/paging.ts';
import { processWide } from '#lib/process-wide.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import type { Store } from '#lib/store/database.ts';
import { holdHere } from '#lib/store/live-holds.ts';
import { LEASE } from '#lib/operations/run/lease.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';
import { fits } from './audit-filter.ts';
import type { ExportRow } from './audit-export.ts';
import { lineOf, measure } from './audit-export-file.ts';
import { endExport, holdExport, keepPage } from './audit-exports.ts';
import { auditPage } from './audit-walk.ts';

/** A third of what Omni allows a key (contract §1.7): 300 requests per minute, all its jobs together. Milliseconds between two. */
const PACE_MS = 200;

/** When a failed page is tried again, in milliseconds after the last try. */
const AGAIN_MS = [1000, 3000, 10_000];

/** A turn further ahead than this was given before the clock was set back; milliseconds. */
const MOST_AHEAD_MS = 60_000;

type Turns = Map<string, number>;

type Options = {
  /** Waits so many milliseconds; tests make it short. */
  wait?: (ms: number) => Promise<unknown>;
  now?: () => number;
  /** The last turn of each key; a test with a clock of its own has turns of its own. */
  turns?: Turns;
};

type Job = { db: Store; omni: Omni; row: ExportRow } & Required<Options>;

/** Raised inside a job that has to end: asked to stop, or no longer the one that holds the export. */
class JobEnded extends Error {
  readonly why: 'stop' | 'lost';
  constructor(why: 'stop' | 'lost') {
    super(why);
    this.why = why;
  }
}

/**
 * Fetches an export's pages one after the other from where it stands, keeps each with the place of the next, then measures
 * both files. Never rejects: how it ended is in the row. Memory holds one page, whatever the log's length.
 */
export async function runExport(db: Store, omni: Omni, row: ExportRow, options: Options = {}): Promise<void> {
  const job: Job = {
    db,
    omni,
    row,
    wait: options.wait ?? ((ms) => sleep(ms)),
    now: options.now ?? Date.now,
    turns: options.turns ?? processWide('export-turns', (): Turns => new Map()),
  };
  const leave = holdHere(row.id);
  try {
    const problem = await fetchPages(job);
    if (problem) return await endExport(db, row, { status: 'failed', problem: problemOf(problem) }, job.now());
    const beat = () => hold(job, null);
    const parts = { id: logName(row.id), parts: row.parts, separator: row.separator };
    const files = { csv: await measure(db, parts, 'csv', beat), json: await measure(db, parts, 'json', beat) };
    await endExport(db, row, { status: 'done', files }, job.now());
  } catch (error) {
    await recordEnd(job, error);
  } finally {
    leave();
  }
}

async function fetchPages(job: Job): Promise<OmniError | null> {
  const { db, omni, row, now } = job;
  const filter = { ...row.filter, until: new Date(row.until).toISOString() };
  let position: Position | null = row.position;
  let failures = 0;
  while (!row.ended) {
    await pause(job, turnOf(job) - now());
    for (let wait = takeFromBudget(omni); wait > 0; wait = takeFromBudget(omni)) await pause(job, wait);
    const page = await auditPage(omni, row.keyId, filter, position, 100);
    if (!page.ok) {
      const again = AGAIN_MS[failures];
      const limited = page.error.kind === 'rate_limited';
      if (!limited && (again === undefined || !passing(page.error))) return page.error;
      failures += limited ? 0 : 1;
      await pause(job, page.error.kind === 'rate_limited' ? page.error.retryAfterMs : (again ?? 0));
      continue;
    }
    failures = 0;
    const { calls, next, remaining, unsure } = page.value;
    const lines = calls.filter((call) => fits(call, row.filter)).map(lineOf);
    const total = remaining === null ? null : row.requestsRead + remaining;
    const kept = { number: row.parts, lines, requestsRead: calls.length, next, total, unsure };
    if (!(await keepPage(db, row, kept))) throw new JobEnded('lost');
    row.parts += 1;
    row.requestsRead += calls.length;
    row.ended = next === null;
    position = next;
  }
  return null;
}

/** When a job may make its next call: one turn after the other for all jobs of a key on a server (milliseconds). */
function turnOf({ omni: { server, keyRef }, turns, now }: Job): number {
  const at = now();
  for (const [name, turn] of turns) if (turn + PACE_MS < at || turn > at + MOST_AHEAD_MS) turns.delete(name);
  const name = `${server.url}\n${keyRef}`;
  const last = turns.get(name);
  const turn = last === undefined ? at : Math.max(at, last + PACE_MS);
  turns.set(name, turn);
  return turn;
}

/** Whether an error can pass by itself. */
function passing({ kind }: OmniError): boolean {
  return kind === 'unreachable' || kind === 'unavailable' || kind === 'bad_answer';
}

/**
 * Waits, renews the lease every few seconds, and ends the job when it was asked to stop. What is left is counted, not read from a clock:
 * where that is set back by an hour, nobody waits an hour.
 */
async function pause(job: Job, ms: number): Promise<void> {
  let left = ms;
  for (;;) {
    await hold(job, left > PACE_MS ? job.now() + left : null);
    if (left <= 0) return;
    const some = Math.min(left, LEASE.beatMs);
    await job.wait(some);
    left -= some;
  }
}

async function hold({ db, row }: Job, waitsUntil: number | null): Promise<void> {
  const held = await holdExport(db, row, waitsUntil);
  if (held !== 'held') throw new JobEnded(held);
}

/** Without the store the row stays as it is: its lease runs out, and another job continues from the last page kept. */
async function recordEnd({ db, row, now }: Job, error: unknown): Promise<void> {
  if (error instanceof JobEnded && error.why === 'lost') return;
  const away = storeErrorOf(error);
  if (!(error instanceof JobEnded)) {
    log('error', 'keys.export_failed', { id: logName(row.id), reason: away?.kind ?? 'unexpected' });
  }
  if (away) return;
  const end = error instanceof JobEnded ? ({ status: 'stopped' } as const) : unexpected;
  await endExport(db, row, end, now()).catch(() => undefined);
}

const unexpected = { status: 'failed', problem: { code: 'unexpected' } } as const;
