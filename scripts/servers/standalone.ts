import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './processes.ts';

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
