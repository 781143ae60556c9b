import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './source.ts';

type Entry = { resolved?: string; integrity?: string; optionalDependencies?: Record<string, string> };
type Lock = { packages: Record<string, Entry> };

/** `npm ci` refuses a lockfile that leaves out a binary of another system. */
function missing({ packages }: Lock): string[] {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
    ),
  );
}

function elsewhere({ packages }: Lock): string[] {
  return Object.entries(packages).flatMap(([path, { resolved }]) => (resolved ? [path] : []));
}

/** What would be installed whatever its text is. */
function unvouched({ packages }: Lock): string[] {
  return Object.entries(packages).flatMap(([path, { integrity }]) =>
    path === '' || integrity?.startsWith('sha') ? [] : [path],
  );
}

test('the lockfile names every system’s binaries and their digests (else: node scripts/complete-lockfile.ts) and no registry', () => {
  const lock: Lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  expect(missing(lock)).toEqual([]);
  expect(elsewhere(lock)).toEqual([]);
  expect(unvouched(lock)).toEqual([]);
});

test('a missing binary, a named registry and a missing digest are seen', () => {
  expect(missing({ packages: { 'node_modules/a': { optionalDependencies: { 'a-darwin-arm64': '1.0.0' } } } })).toEqual([
    'a-darwin-arm64',
  ]);
  expect(unvouched({ packages: { '': {}, 'node_modules/a': {} } })).toEqual(['node_modules/a']);
  expect(elsewhere({ packages: { 'node_modules/a': { resolved: 'https://example.com/a.tgz' } } })).toHaveLength(1);
});
