import 'server-only';
import { once } from 'node:events';
import { statusOf, type Entry } from '#lib/operations/journal/entry.ts';
import { listEntries } from '#lib/operations/journal/list.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import type { StorePlace } from '#lib/store/database.ts';
import { startChild } from './child.ts';
import { countedLine } from './faults/counted-line.ts';
import type { FreezePoint } from './freeze.ts';
import { MAY_HAPPEN_MS } from '#lib/operations/run/watch.ts';
import { continueEntry, madeOlder, shown, until } from './runs.ts';

/** Long enough that a busy machine gets from one step to the next. */
const LEASE = { holdMs: 4000, beatMs: 400 };

export type Frozen = {
  place: StorePlace;
  at: { url: string; key: string };
  /** Whose preview the process runs, and who finishes it while the process is stopped. */
  runner: Runner;
  other: Runner;
  name: string;
  input: unknown;
  freeze: FreezePoint;
  /** What the process starts; that of the five steps where it is left out. */
  file?: string;
};

/**
 * A process runs an operation and freezes at a point for longer than its lease; somebody else finishes the entry; the process
 * thaws. Answers how the process ended, what it sent after that, and the entry. `silent`: its connections over which nothing came.
 */
export async function thawed({ place, at, runner, other, name, input, freeze, file }: Frozen): Promise<{
  end: { code: number | null; err: string };
  sent: { count: number; bytes: number };
  silent: number;
  entry: Entry;
}> {
  const { token } = await shown(runner, name, input);
  const line = await countedLine(at.url);
  const child = startChild({ place, ...at, url: line.url, tokens: [token], freeze, lease: LEASE }, file);
  await Promise.race([child.ready, once(child.process, 'exit')]);
  const subject = runner.operations.get(name)?.subjects(input)[0] ?? '';
  const read = async (): Promise<Entry> => {
    const [entry] = await listEntries(other.db, other.session, { subject }, 1);
    if (!entry) throw new Error(`no entry: ${JSON.stringify(await child.ended)}`);
    return entry;
  };
  await until(async () => statusOf(await read()) !== 'running');
  const { id } = await read();
  // Before that, what creates something is not sent again at all.
  await madeOlder(other, id, MAY_HAPPEN_MS);
  await continueEntry(other, id);
  const before = line.writes();
  child.process.kill('SIGCONT');
  const { code, err } = await child.ended;
  const after = line.writes();
  await line.stop();
  const sent = { count: after.count - before.count, bytes: after.bytes - before.bytes };
  return { end: { code, err }, sent, silent: line.silent(), entry: await read() };
}
