import 'server-only';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { BED_ENV } from './bed.ts';
import type { ChildOrder } from './run-order.ts';

const FILE = join(import.meta.dirname, 'run-child.ts');
/** Node keeps here what it made of our TypeScript: half of what a child costs is reading it. */
const COMPILED = join(import.meta.dirname, '..', '..', '..', 'node_modules', '.cache', 'test-children');

/**
 * A process of its own that runs what tokens show, with the runner of `file`. `ready` when it waits at its gate, `ended` how it ended and what it said.
 */
export function startChild(
  order: ChildOrder,
  file = FILE,
): {
  process: ChildProcessByStdio<Writable, Readable, Readable>;
  ready: Promise<unknown>;
  ended: Promise<ChildEnd>;
} {
  const child = spawn(process.execPath, ['--conditions=react-server', file, JSON.stringify(order)], {
    env: { ...process.env, ...BED_ENV, NODE_OPTIONS: '', NODE_COMPILE_CACHE: COMPILED },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (bytes) => (said.out += String(bytes)));
  child.stderr.on('data', (bytes) => (said.err += String(bytes)));
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
    ...said,
  }));
  return { process: child, ready: once(child.stderr, 'data'), ended };
}

export type ChildEnd = { code: number | null; signal: string | null; out: string; err: string };
