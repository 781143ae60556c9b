import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { runExport } from '#lib/keys/requests/audit-export-run.ts';
import { createExport, readExport } from '#lib/keys/requests/audit-exports.ts';
import { fileOf } from '#lib/keys/requests/audit-export-file.ts';
import { callRows } from '#lib/keys/testing/calls.ts';
import { Credential } from '#lib/omni/door/credential.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { openStore } from '#lib/store/database.ts';
import type { Control } from '../sandbox/wire/control/control-client.ts';
import { MB, median, ms, type Figure } from './numbers.ts';

const ROWS = 100_000;
const BATCH = 10_000;

/** What a copy of any length may add, the runtime's own slack included; bytes. */
const MOST_MEMORY = 150e6;

/** Creates a key with a hundred thousand requests; its id. */
export async function longAudit(control: Control): Promise<string> {
  const [id = ''] =
    (await control.rows({ api_keys: [{ name: 'bench audit', scopes: ['persons:read'] }] })).api_keys ?? [];
  for (let made = 0; made < ROWS; made += BATCH) {
    const newest = Date.now() - 60_000 - made * 1000;
    await control.rows({ api_key_audit_logs: callRows(id, BATCH, { newest }) });
  }
  return id;
}

/** Figures of the page of such a log and of a copy of it: time without its pauses, and memory. */
export async function auditOf(
  control: Control,
  at: { url: string; key: string; folder: string; keyId: string },
  page: () => Promise<number>,
): Promise<Figure[]> {
  const times: number[] = [];
  for (let round = -2; round < 10; round += 1) {
    const time = await page();
    if (round >= 0) times.push(time);
  }
  process.env.STORE_KEYS ??= `1:${randomBytes(32).toString('base64url')}`;
  process.env.SESSION_PASSWORDS ??= process.env.STORE_KEYS;
  await control.rateLimit(1_000_000);
  const db = await openStore({ file: join(at.folder, 'audit.db') });
  const omni = readingFresh(omniAs(new Credential({ id: 'demo', name: 'Demo', url: at.url }, at.key)));
  let clock = Date.now();
  const wanted = { server: 'demo', actor: 'b', keyId: at.keyId, filter: {}, who: 'bench', separator: ',' as const };
  const row = await createExport(db, { ...wanted, until: Date.now() });
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50);
  const began = performance.now();
  const virtual = clock;
  await runExport(db, omni, row, {
    now: () => clock,
    wait: async (wait) => void (clock += wait),
    turns: new Map(),
  });
  const took = performance.now() - began;
  const paused = clock - virtual;
  const done = await readExport(db, row.id);
  const streaming = performance.now();
  let bytes = 0;
  if (done) for await (const piece of fileOf(db, done, 'json')) bytes += Buffer.byteLength(piece);
  const streamed = performance.now() - streaming;
  clearInterval(watch);
  await db.destroy();
  await control.rateLimit(1000);
  if (done?.status !== 'done' || done.kept !== ROWS) throw new Error(`the copy is ${done?.status} with ${done?.kept}`);
  return [
    {
      what: 'page of requests, whole answer with its plot',
      figure: ms(median(times)),
      note: 'target: first rows ≤ 500 ms',
      held: median(times) <= 500,
    },
    { what: `copy of ${ROWS.toLocaleString('en')} requests, without its pauses`, figure: ms(took) },
    { what: 'its pauses, so that it sends 300 requests per minute', figure: ms(paused) },
    { what: 'its JSON streamed from the store', figure: ms(streamed), note: MB(bytes) },
    {
      what: 'memory added at most, copy and stream',
      figure: MB(most - before),
      note: 'target ≤ 150 MB',
      held: most - before <= MOST_MEMORY,
    },
  ];
}
