import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { createWorld, type WorldOptions } from './create-world.ts';

const LARGE = 5000;

export type Prepared = { options: WorldOptions; discard(): void };

/**
 * A large world lives in a file, a temporary one by default, and is filled by a thread of its own: what filling took of
 * memory goes back with that thread.
 */
export async function prepareWorld(options: WorldOptions): Promise<Prepared> {
  if ((options.persons ?? 0) < LARGE) return { options, discard: () => undefined };
  const folder = options.file === undefined ? mkdtempSync(path.join(tmpdir(), 'omni-sandbox-')) : undefined;
  const file = options.file ?? path.join(folder ?? '', 'world.db');
  const large = { ...options, file };
  if (!existsSync(file)) await fillInThread(large);
  return {
    options: large,
    discard: () => {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function fillInThread(options: WorldOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { fill: options } });
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  });
}

const asked = (workerData as { fill?: WorldOptions } | null)?.fill;
if (!isMainThread && asked) createWorld(asked).store.close();
