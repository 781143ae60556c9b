import 'server-only';
import { listAllInstances } from '#lib/omni/resources/instances.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { Entry } from '#lib/operations/journal/entry.ts';
import { readEntry } from '#lib/operations/journal/journal.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import { changesOf, ruleChangesOf } from '#lib/routes/list/cache-age.ts';
import { LATE, notSeenOf, type NotSeen } from '#lib/omni/seen.ts';
import type { AgentLabel } from '#lib/routes/resolve/resolution-view.ts';
import type { VerdictReader } from '#lib/routes/verdict/read-verdict.ts';
import { storeNow } from '#lib/store/clock.ts';
import type { Store } from '#lib/store/database.ts';
import { mayAlterAnswers } from './count-results.ts';
import { runSavedTests, type SavedTestResult } from './run-saved-tests.ts';
import { listSavedTests, savedTestOf, type SavedTest } from './saved-tests.ts';

/** A run that takes longer has lost its process: its tests can't be told. The reads themselves end after 10 s each. */
const LOST_AFTER_MS = 60_000;

/** What is kept of a result: everything but the test itself. */
type KeptResult = Omit<SavedTestResult, keyof SavedTest>;

/** A saved test and what it said after a change; `checking`: it is being run. */
export type TestAfter = SavedTest & (KeptResult | { state: 'checking' });

/**
 * Runs the saved tests that a change touches, with the credentials of whoever made it, and keeps what they say with the entry. Reads
 * only, within the key's budget; what can't be read or does not come in time is that it can't be told.
 */
export async function runTestsAfter(
  omni: Omni,
  reader: VerdictReader,
  { db, server, entryId, operation }: { db: Store; server: string; entryId: string; operation: string },
): Promise<void> {
  if (!mayAlterAnswers(operation)) return;
  const [entry, all] = await Promise.all([readEntry(db, entryId), listSavedTests(db, server)]);
  const tests = entry ? touchedTests(entry, all) : [];
  if (tests.length === 0) return;
  const ids = tests.map(({ id }) => id);
  const begun = { result: null, result_of: entryId, result_at: await storeNow(db) };
  await db.updateTable('route_probes').set(begun).where('id', 'in', ids).execute();
  const instances = await listAllInstances(omni);
  const results = instances.ok ? await runSavedTests(omni, reader, tests, instances.value) : [];
  const unseen = resultNotSeen(instances.ok ? HIDDEN : notSeenOf(instances.error));
  const at = await storeNow(db);
  await Promise.all(
    tests.map(async (test) => {
      const found = results.find(({ id }) => id === test.id);
      await db
        .updateTable('route_probes')
        .set({ result: JSON.stringify(found ? keptOf(found) : unseen), result_at: at })
        .where('id', '=', test.id)
        .where('result_of', '=', entryId)
        .execute();
    }),
  );
}

function keptOf({ instance, state, expected, got, verdict }: SavedTestResult): KeptResult {
  return { instance, state, expected, got, verdict };
}

/** A result as it was kept. Before, an agent was a text: its name, or one of these words. */
function keptIn(text: string): KeptResult {
  const kept = JSON.parse(text) as KeptResult & { expected: AgentLabel | string; got: AgentLabel | string };
  return { ...kept, expected: labelOf(kept.expected), got: labelOf(kept.got) };
}

function labelOf(agent: AgentLabel | string): AgentLabel {
  if (typeof agent !== 'string') return agent;
  const is = (['nobody', 'missing'] as const).find((word) => word === agent);
  return is ? { is } : agent === 'not-seen' ? NOT_SEEN : { is: 'named', name: agent };
}

const NOT_SEEN: AgentLabel = { is: 'not-seen', id: null };

/** What a test says whose instance was not seen. */
function resultNotSeen(seen: NotSeen): KeptResult {
  const verdict = { is: 'unknown', why: 'not-seen', part: 'instance', seen, agent: null } as const;
  return { instance: '', state: 'unknown', expected: NOT_SEEN, got: NOT_SEEN, verdict };
}

/** An instance that is not among those the key sees. */
const HIDDEN: NotSeen = { is: 'failed', problem: { code: 'not_found', values: {} } };

/**
 * The saved tests whose answer a change may alter: of routes, those of the instances whose routes it wrote; of access rules, those of
 * the instances on which they hold; of people, those of every
 * instance it names, of the people it is about, and all where it is about every instance (an access rule, a phone they match by).
 */
export function touchedTests(
  entry: Pick<Entry, 'operation' | 'body' | 'steps' | 'subjects'>,
  tests: readonly SavedTest[],
): SavedTest[] {
  if (!entry.steps.some(({ state }) => state === 'done' || state === 'unknown')) return [];
  const steps = entry.steps.map((step) =>
    step.state === 'unknown' ? { ...step, state: 'done', finishedAt: 0 } : step,
  );
  const written = { ...entry, steps: steps as typeof entry.steps };
  if (entry.operation.startsWith('routes.')) {
    const instances = new Set(changesOf(written).map(({ instanceId }) => instanceId));
    return tests.filter(({ instanceId }) => instances.has(instanceId));
  }
  if (entry.operation.startsWith('access.')) {
    const instances = new Set(ruleChangesOf(written).map(({ instanceId }) => instanceId));
    return tests.filter(({ instanceId }) => instances.has(null) || instances.has(instanceId));
  }
  const { input, before, plan } = entry.body;
  const named = new Set<string | null>();
  for (const part of [input, before, ...plan.steps.map(({ args }) => args)]) addInstances(part, named);
  const people = new Set(entry.subjects.flatMap((subject) => /^person:(.+)$/.exec(subject)?.[1] ?? []));
  return tests.filter(
    ({ instanceId, personId }) =>
      named.has(null) || named.has(instanceId) || (personId !== null && people.has(personId)),
  );
}

function addInstances(value: Json, to: Set<string | null>): void {
  if (Array.isArray(value)) for (const one of value) addInstances(one, to);
  else if (typeof value === 'object' && value !== null)
    for (const [name, part] of Object.entries(value)) {
      if (name === 'instanceId' && (typeof part === 'string' || part === null)) to.add(part);
      else addInstances(part, to);
    }
}

/** What the saved tests that an entry's run touched say, in the order they were saved; none where a later change ran them again. */
export async function testsAfter(db: Store, server: string, entryId: string): Promise<TestAfter[]> {
  const rows = await db
    .selectFrom('route_probes')
    .selectAll()
    .where('server', '=', server)
    .where('result_of', '=', entryId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const now = await storeNow(db);
  return rows.map((row) => {
    const test = savedTestOf(row);
    if (row.result !== null) return { ...test, ...keptIn(row.result) };
    return now - (row.result_at ?? 0) > LOST_AFTER_MS
      ? { ...test, ...resultNotSeen(LATE) }
      : { ...test, state: 'checking' };
  });
}
