import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './processes.ts';

/**
 * How much memory Node may take for the console: old objects up to more than twice what was measured with 200 connections and
 * 50,000 people at hand, and young ones a quarter of what Node gives them, since it keeps what it once took. The image and
 * `npm start` say the same (`heap.test.ts`).
 */
export const HEAP_FLAGS = ['--max-old-space-size=384', '--max-semi-space-size=4'];

export const SERVER = join(ROOT, '.next', 'standalone', 'server.js');

/** Next leaves `public` and `.next/static` out of the standalone folder: they are put where its server looks for them. */
export function completeStandalone(): void {
  if (!existsSync(SERVER)) throw new Error('.next/standalone/server.js is missing: run "npm run build" first.');
  const standalone = join(ROOT, '.next', 'standalone');
  for (const [from, to] of [
    [join(ROOT, '.next', 'static'), join(standalone, '.next', 'static')],
    [join(ROOT, 'public'), join(standalone, 'public')],
  ] as const) {
    rmSync(to, { recursive: true, force: true });
    if (existsSync(from)) cpSync(from, to, { recursive: true });
  }
}
