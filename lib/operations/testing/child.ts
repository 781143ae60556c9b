import 'server-only';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { BED_ENV } from './bed.ts';
import type { ChildOrder } from './run-child.ts';

const FILE = join(import.meta.dirname, 'run-child.ts');

/** A process of its own that runs what a token shows. `ended` tells how it ended and what it said. */
export function startChild(order: ChildOrder): { process: ChildProcess; ended: Promise<ChildEnd> } {
  const child = spawn(process.execPath, ['--conditions=react-server', FILE, JSON.stringify(order)], {
    env: { ...process.env, ...BED_ENV, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (bytes) => (said.out += String(bytes)));
  child.stderr.on('data', (bytes) => (said.err += String(bytes)));
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
    ...said,
  }));
  return { process: child, ended };
}

export type ChildEnd = { code: number | null; signal: string | null; out: string; err: string };
