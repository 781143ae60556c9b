import { expect, test } from 'vitest';
import { expectLogged } from '#lib/guards/console-guard.ts';
import { noteBudget } from '#lib/omni/paging/budget.ts';
import { credentialFor } from '#lib/omni/testing/fixture-server.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { err, ok } from '#lib/omni/result.ts';
import { csvFile, noFileFor, walkedLines, type CsvReader } from './csv-file.ts';
import { walkPages } from '#lib/omni/paging/walk-pages.ts';

type Row = { id: string; createdAt: string };

const row = (n: number, ms = n): Row => ({
  id: `${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
  createdAt: new Date(Date.UTC(2026, 10, 1) - ms).toISOString(),
});

const omni = (port: number) => omniAs(credentialFor(`http://127.0.0.1:${port}`));
const reader: CsvReader = {
  separator: ';',
  column: (id) => id.toUpperCase(),
  problem: (code) => `said: ${code}`,
  moment: (at) => new Date(at).toISOString().slice(0, 10),
};

async function walkFile(walk: Parameters<typeof walkedLines<Row>>[0]): Promise<Response> {
  const lines = await walkedLines(walk, ({ id }) => [id]);
  return lines.ok ? csvFile({ name: 'rows', columns: ['id'], lines: lines.value }, reader) : noFileFor(lines.error);
}

/** Omni's list: newest first, strictly before the cursor. */
function listOf(rows: readonly Row[]) {
  return ({ limit, cursor }: { limit: number; cursor?: string }) => {
    const older = rows.filter(({ createdAt }) => !cursor || createdAt < cursor);
    return ok({ rows: older.slice(0, limit), hasMore: older.length > limit });
  };
}

test('csvFile: a walk of many pages is a file with everybody once', async () => {
  const rows = Array.from({ length: 250 }, (_, n) => row(n, Math.floor(n / 3)));
  const list = listOf(rows);
  const made = await walkFile(walkPages(omni(1), async (query) => list(query), new AbortController().signal));
  const bytes = new Uint8Array(await made.arrayBuffer());
  expect(bytes.slice(0, 3)).toEqual(new Uint8Array([0xef, 0xbb, 0xbf]));
  const [head, ...lines] = new TextDecoder().decode(bytes).trimEnd().split('\r\n');
  expect(head).toBe('ID;PROBLEM');
  expect(lines).toEqual(rows.map(({ id }) => `${id};`));
  expect(made.headers.get('content-disposition')).toBe('attachment; filename="rows.csv"');
});

test('csvFile: a file that ends too early, or may miss rows, says so in its last line', async () => {
  const list = listOf(Array.from({ length: 250 }, (_, n) => row(n)));
  let calls = 0;
  const broken = walkPages(
    omni(2),
    async (query) => ((calls += 1) > 1 ? err({ kind: 'unavailable', status: 503, requestId: 'r' }) : list(query)),
    new AbortController().signal,
  );
  const lines = (await (await walkFile(broken)).text()).trimEnd().split('\r\n');
  expect([lines.length, lines.at(-1)]).toEqual([102, ';said: unavailable']);
  const crowd = listOf(Array.from({ length: 130 }, (_, n) => row(n, 0)));
  const crowded = walkPages(omni(3), async (query) => crowd(query), new AbortController().signal);
  expect(await (await walkFile(crowded)).text()).toContain('\r\n;said: rows_may_be_missing\r\n');
});

test('csvFile: without a first page there is no file', async () => {
  const refused = walkPages<Row>(
    omni(4),
    async () => err({ kind: 'forbidden', scope: 'persons:read', requestId: 'r' }),
    new AbortController().signal,
  );
  const made = await walkFile(refused);
  expect([made.status, await made.json()]).toEqual([403, { ok: false, code: 'forbidden' }]);
});

test('csvFile: a walk leaves the clicks their share of the budget, and ends when its reader leaves', async () => {
  const handle = omni(5);
  const headers = { limit: '100', remaining: '31', reset: String((Date.now() + 60_000) / 1000) };
  noteBudget(
    handle.server,
    handle.keyRef,
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [`x-ratelimit-${name}`, value])),
  );
  const own = new AbortController();
  const list = listOf(Array.from({ length: 250 }, (_, n) => row(n)));
  let calls = 0;
  const walk = walkPages(handle, async (query) => ((calls += 1), list(query)), own.signal);
  expect((await walk.next()).value).toMatchObject({ ok: true });
  const second = walk.next();
  own.abort();
  expect(await second).toEqual({ done: true, value: undefined });
  expect(calls).toBe(1);
});

test('csvFile: what breaks before the first line is no file, what breaks after it is said in the file', async () => {
  async function* broken(after: number): AsyncGenerator<string[]> {
    for (let line = 0; line < after; line += 1) yield [String(line)];
    throw new Error('the store is away');
  }
  expectLogged(/file\.not_begun/);
  expectLogged(/file\.broken_off/);
  const none = await csvFile({ name: 'rows', columns: ['id'], lines: broken(0) }, reader);
  expect([none.status, none.headers.get('content-disposition')]).toEqual([502, null]);
  const some = await csvFile({ name: 'rows', columns: ['id'], lines: broken(2) }, reader);
  expect((await some.text()).trimEnd().split('\r\n').slice(1)).toEqual(['0;', '1;', ';said: broken_off']);
});

test('csvFile: cells are texts, numbers and moments of the reader’s; what is missing stands in its columns', async () => {
  async function* lines() {
    yield ['00123', 7, null, { moment: '2026-11-05T16:02:00.000Z' }] as const;
    yield { missing: 'late', cells: { name: 'tg-suporte' } } as const;
  }
  const made = await csvFile({ name: 'rows', columns: ['id', 'name', 'phone', 'time'], lines: lines() }, reader);
  expect((await made.text()).trimEnd().split('\r\n')).toEqual([
    'ID;NAME;PHONE;TIME;PROBLEM',
    "'00123;7;;2026-11-05;",
    ';tg-suporte;;;said: late',
  ]);
});
