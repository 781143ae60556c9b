import 'server-only';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { StorePlace } from '#lib/store/database.ts';
import { testPostgres } from './postgres.ts';

/** An engine to run a suite on; `newPlace` is an empty store of its own each time. */
export type TestEngine = { name: 'sqlite' | 'postgres'; newPlace(): Promise<StorePlace> };

/**
 * The engines a suite runs on, for `describe.each`: SQLite always, PostgreSQL where one can be had. Awaited at the top of a test file;
 * they are gone after its last test.
 */
export async function testEngines(): Promise<TestEngine[]> {
  const folder = mkdtempSync(join(tmpdir(), 'omni-store-'));
  let files = 0;
  const sqlite: TestEngine = { name: 'sqlite', newPlace: async () => ({ file: join(folder, `${(files += 1)}.db`) }) };
  const postgres = await testPostgres();
  afterAll(() => {
    postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return postgres
    ? [sqlite, { name: 'postgres', newPlace: async () => ({ url: await postgres.newDatabase() }) }]
    : [sqlite];
}
