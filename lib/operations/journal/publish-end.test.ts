import { afterAll, expect, test, vi } from 'vitest';
import { createKeyOperation } from '#lib/keys/form/create.ts';
import { onMeasured } from '#lib/measure.ts';
import { listOperations } from '#lib/operations/plan/define.ts';
import { BED_OPERATIONS, mergeInput, runnerFor } from '#lib/operations/testing/bed.ts';
import { countingBed } from '#lib/operations/testing/counting-bed.ts';
import { continueEntry, carryOut } from '#lib/operations/testing/runs.ts';
import { openStore } from '#lib/store/database.ts';

process.env.ACTIVITY_LOG = 'stdout';

const bed = await countingBed();
const db = await openStore({ file: ':memory:' });
afterAll(() => db.destroy());

/** What a run writes, line by line, and what is measured meanwhile. */
async function told(run: () => Promise<unknown>): Promise<{ lines: string[]; measured: unknown[] }> {
  const written: string[] = [];
  const measured: unknown[] = [];
  onMeasured((one) => one.of === 'operation' && measured.push(one));
  const output = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  try {
    await run();
  } finally {
    output.mockRestore();
  }
  return { lines: written.filter((text) => text.startsWith('{"activity"')), measured };
}

test('activity log: a merge is one line with its ids, and nothing of the people in it', async () => {
  const survivor = await bed.person(1, { displayName: 'Ana Souza', primaryPhone: '+5511900001111' });
  const duplicate = await bed.person(1, { displayName: 'Ana S.' });
  const { lines, measured } = await told(() =>
    carryOut(runnerFor(db, bed.at), 'persons.merge', {
      ...mergeInput({ survivor, duplicate }),
      reason: 'the same Ana',
    }),
  );
  expect(lines).toHaveLength(1);
  const { at, entry, subjects, ...line } = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
  expect(line).toEqual({ activity: 'persons.merge', outcome: 'done', server: 'demo', actor: 'demo/Ana' });
  expect(subjects).toEqual(expect.arrayContaining([`person:${survivor}`, `person:${duplicate}`]));
  expect(Date.parse(String(at))).toBeGreaterThan(0);
  expect(entry).toMatch(/^[\da-f-]{36}$/);
  expect(lines[0]).not.toMatch(/Souza|90000|the same/);
  expect(measured).toEqual([{ of: 'operation', operation: 'persons.merge', outcome: 'done' }]);
});

test('activity log: what is continued by somebody else has a line for each end, with both actors', async () => {
  const input = await bed.five();
  await bed.control.fault({ kind: 'status', status: 403, method: 'PATCH', path: '/routes/', nth: 2 });
  const { lines } = await told(async () => {
    const entry = await carryOut(runnerFor(db, bed.at), 'testing.five', input);
    await bed.control.clearFaults();
    await continueEntry(runnerFor(db, bed.at, { who: 'Bia' }), entry.id);
  });
  const [first, second] = lines.map((text) => JSON.parse(text) as Record<string, unknown>);
  expect(first).toMatchObject({ outcome: 'failed', actor: 'demo/Ana' });
  expect(first).not.toHaveProperty('begunBy');
  expect(second).toMatchObject({ outcome: 'done', actor: 'demo/Bia', begunBy: 'demo/Ana', entry: first?.entry });
});

test('activity log: a new key is told without its name and its text', async () => {
  const operations = listOperations([...BED_OPERATIONS.values(), createKeyOperation]);
  const draft = { name: 'Chave da Ana', scopes: ['persons:read'], instanceIds: null, expiresAt: null };
  const { lines } = await told(() => {
    const runner = runnerFor(db, bed.at, { operations });
    return carryOut({ ...runner, session: { ...runner.session, proved: true } }, 'keys.create', draft);
  });
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ activity: 'keys.create', outcome: 'done' });
  expect(lines[0]).not.toMatch(/chave da ana|omni_sk_/i);
});
