import 'server-only';
import type { Passed, ProxyFault } from '#lib/omni/testing/fault-proxy.ts';
import type { Entry, StepState } from '#lib/operations/journal/entry.ts';
import { resume, start } from '#lib/operations/run/run.ts';
import { MAY_HAPPEN_MS, watchOf } from '#lib/operations/run/watch.ts';
import { entryOf, madeOlder, shown } from '#lib/operations/testing/runs.ts';
import type { FaultBed } from './fault-bed.ts';
import type { Scene } from './fault-scenes.ts';

const STATUSES = [302, 401, 403, 404, 409, 429, 500, 502, 504];

/** A row of the table. `finishAtOnce`: *Finish* is asked for while the write may still happen. */
export type TableFault = { name: string; fault: ProxyFault; finishAtOnce?: true };

/** Everything that may come between the console and Omni, besides an answer. */
export const TABLE_FAULTS: readonly TableFault[] = [
  ...(['cut-before', 'cut-after', 'resent', 'html', 'truncated', 'huge', 'slow', 'hang'] as const).map((kind) => ({
    name: kind,
    fault: { kind },
  })),
  ...[5000, 20_000].map((afterMs) => ({
    name: `done ${afterMs / 1000} s after the cut`,
    fault: { kind: 'late' as const, afterMs },
  })),
  {
    name: 'done 20 s after the cut, Finish at once',
    fault: { kind: 'late', afterMs: 20_000 },
    finishAtOnce: true,
  },
  { name: 'cut-before, Finish at once', fault: { kind: 'cut-before' }, finishAtOnce: true },
  ...STATUSES.flatMap((status) =>
    (['foreign', 'omni'] as const).map((shape) => ({
      name: `${status} (${shape})`,
      fault: { kind: 'status' as const, status, shape },
    })),
  ),
];

/** What one try showed: each `false` is a word of the console that was not true. */
export type Tried = {
  falseDone: boolean;
  falseNotDone: boolean;
  /** The write happened within 15 minutes, and the entry still says that it is not confirmed. */
  notCorrected: boolean;
  doubledByConsole: boolean;
  doubledByNetwork: boolean;
  /** What the network doubled stands in the receipt. */
  named: boolean;
  /** A doubled key, access rule or unlink that the receipt does not name. */
  unnamed: boolean;
  said: string;
};

/** How long the door waits for the answer to a write: short only while a fault lets it wait for ever. */
export type Patience = { writeMs: number };

const NEVER_ENDS: ReadonlySet<ProxyFault['kind']> = new Set(['slow', 'hang']);

/** Writes of which Omni makes another thing each time it gets them. */
const CREATES = /\/(keys|access\/rules|persons\/unlink|routes)$/;

const succeeded = (passed: Passed | undefined) => passed?.answers.some((status) => status < 300) ?? false;

/** The states of steps that write something in these scenes, in the order of their writes. */
function writtenStates(entry: Entry): StepState[] {
  const silent = new Set(['prove', 'revoke-undelivered', 'rules-again']);
  // Of several merges in one plan the id begins with the pair: `2/rules-again`.
  return entry.steps.filter(({ id }) => !silent.has(id.replace(/^.*\//, ''))).map(({ state }) => state);
}

/** How many writes a scene makes without a fault: at least one for each step that writes, or the table would read the wrong step. */
export async function countWrites(bed: FaultBed, scene: Scene): Promise<number> {
  bed.proxy.reset();
  const { operation, input } = await scene.prepare(bed);
  const started = await start(bed.runner, (await shown(bed.runner, operation, input)).token);
  if (started.is !== 'started') throw new Error(`${scene.name}: ${JSON.stringify(started)}`);
  await started.job;
  const entry = await entryOf(bed.runner, started.entryId);
  if (entry.status !== 'done') throw new Error(`${scene.name} without a fault: ${entry.status}`);
  const writes = bed.proxy.writes.length;
  const steps = writtenStates(entry).length;
  if (steps > writes) throw new Error(`${scene.name}: ${steps} steps that write made ${writes} writes`);
  return writes;
}

/** Runs a scene, with a fault on its `nth` write; then time passes, and what can be finished is finished. */
export async function tryFault(
  bed: FaultBed,
  scene: Scene,
  nth: number,
  row: TableFault,
  patience: Patience,
): Promise<Tried> {
  const { proxy, runner } = bed;
  proxy.reset();
  const { operation, input } = await scene.prepare(bed);
  const { token } = await shown(runner, operation, input);
  proxy.arm(row.fault, { nth });
  patience.writeMs = NEVER_ENDS.has(row.fault.kind) ? 300 : 30_000;
  const started = await start(runner, token);
  if (started.is !== 'started') throw new Error(`${scene.name}: ${JSON.stringify(started)}`);
  const { entryId } = started;
  const stateNow = async () => writtenStates(await entryOf(runner, entryId))[nth - 1];
  await started.job;
  patience.writeMs = 30_000;
  const first = await stateNow();
  const happenedFirst = succeeded(proxy.writes[nth - 1]);
  if (row.finishAtOnce) await finish(bed, entryId);
  await watchOf(entryId);
  await proxy.advance(MAY_HAPPEN_MS);
  const happened = succeeded(proxy.writes[nth - 1]);
  const second = await stateNow();
  await madeOlder(runner, entryId, MAY_HAPPEN_MS);
  await finish(bed, entryId);
  const entry = await entryOf(runner, entryId);
  const creations = Map.groupBy(
    proxy.writes.filter((passed) => CREATES.test(passed.path) && succeeded(passed)),
    ({ method, path, body }) => `${method} ${path} ${body}`,
  );
  const doubled = [...creations.values()].flat().filter(({ answers }) => answers.filter((one) => one < 300).length > 1);
  const named = JSON.stringify(entry.body.receipt?.checks ?? []).includes('doubled');
  return {
    falseDone: (first === 'done' && !happenedFirst) || (second === 'done' && !wasDone(proxy.writes, nth)),
    falseNotDone: (first === 'failed' && happened) || (second === 'failed' && happened),
    notCorrected: happened && second === 'unknown',
    doubledByConsole: [...creations.values()].some((all) => all.length > 1),
    doubledByNetwork: doubled.length > 0,
    named,
    unnamed: !named && doubled.length > 0,
    said: [first, second, entry.status].join(', '),
  };
}

/** Whether the nth write, or one with the same content after it, was done by Omni. */
function wasDone(writes: readonly Passed[], nth: number): boolean {
  const hit = writes[nth - 1];
  return writes.some((one) => one.path === hit?.path && one.body === hit.body && succeeded(one));
}

/** *Finish*, where it is allowed, to its end. */
async function finish({ runner }: FaultBed, entryId: string): Promise<void> {
  const again = await resume(runner, entryId);
  if (again.is !== 'started') return;
  await again.job;
  await watchOf(entryId);
}

/** The table of many tries, as text: one line for each fault, and their sum. */
export function printTable(title: string, tries: readonly { row: string; tried: Tried }[]): string {
  const columns = [
    'falseDone',
    'falseNotDone',
    'notCorrected',
    'doubledByConsole',
    'doubledByNetwork',
    'named',
  ] as const;
  const line = (name: string, all: readonly Tried[]) =>
    [
      name.padEnd(42),
      String(all.length).padStart(6),
      ...columns.map((one) => String(sum(all, one)).padStart(one.length + 2)),
    ].join('');
  const byRow = Map.groupBy(tries, ({ row }) => row);
  return [
    title,
    ['fault'.padEnd(42), ' tries', ...columns.map((one) => `  ${one}`)].join(''),
    ...[...byRow].map(([row, all]) =>
      line(
        row,
        all.map(({ tried }) => tried),
      ),
    ),
    line(
      'all',
      tries.map(({ tried }) => tried),
    ),
    '',
  ].join('\n');
}

function sum(all: readonly Tried[], column: Exclude<keyof Tried, 'said'>): number {
  return all.filter((tried) => tried[column]).length;
}
