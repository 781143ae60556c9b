import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../servers/processes.ts';

export const STAMP = join(ROOT, '.next', 'standalone', '.sources');

const SOURCES = [
  'app',
  'components',
  'docs/tour.en.md',
  'docs/tour.pt-BR.md',
  'lib',
  'messages',
  'public',
  'instrumentation-node.ts',
  'instrumentation.ts',
  'next.config.ts',
  'package-lock.json',
  'package.json',
  'postcss.config.mjs',
  'proxy.ts',
  'tailwind.config.ts',
  'tsconfig.json',
];

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .toSorted()
    .flatMap((name) => filesBelow(join(path, name)));
}

/** A hash of everything the build reads. A checkout that moves times only does not change it; a deleted file does. */
export function sourceHash(root: string = ROOT): string {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of filesBelow(join(root, source))) {
      if (/\.test\.tsx?$/.test(file)) continue;
      hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

/** Whether `npm run build` has to run before the console can be started as it is written now. */
export function isStale(): boolean {
  return !existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== sourceHash();
}

/** `next dev` leaves types of pages that are gone since, which no compiler forgives. It makes them anew when it needs them. */
export function dropStaleTypes(): void {
  rmSync(join(ROOT, '.next', 'dev', 'types'), { recursive: true, force: true });
}
