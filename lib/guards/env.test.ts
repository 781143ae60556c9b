import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ENV_NAMES } from '#lib/env.ts';
import { code, isTest, ROOT, sources, type Source } from './source.ts';

/** Set by Node, Next or the shell, not by whoever runs the console. */
const NOT_OURS = new Set(['NODE_ENV', 'NEXT_RUNTIME', 'NEXT_PHASE', 'CI', 'PATH']);

function read(file: Source): string[] {
  const ours =
    /^(app|components|lib)\/|^(proxy|instrumentation(-node)?|next\.config)\.ts$/.test(file.path) && !isTest(file.path);
  if (!ours) return [];
  return [...code(file.text).matchAll(/process\.env\.(\w+)|process\.env\[['"](\w+)['"]\]/g)].map(
    ([, dotted, quoted]) => dotted ?? quoted ?? '',
  );
}

function documented(example: string): Set<string> {
  return new Set([...example.matchAll(/^#?\s*([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name ?? ''));
}

test('every variable the console reads stands in .env.example, and nothing else does', () => {
  const named = documented(readFileSync(join(ROOT, '.env.example'), 'utf8'));
  const used = new Set([...ENV_NAMES, ...sources().flatMap(read)].filter((name) => !NOT_OURS.has(name)));
  expect([...used].filter((name) => !named.has(name))).toEqual([]);
  expect([...named].filter((name) => !used.has(name))).toEqual([]);
});

test('a variable read in code is seen, however it is written', () => {
  expect(read({ path: 'lib/a.ts', text: "process.env.ONE ?? process.env['TWO']" })).toEqual(['ONE', 'TWO']);
  expect(read({ path: 'lib/a.test.ts', text: 'process.env.ONE' })).toEqual([]);
  expect(documented('# text\nONE=1\n# TWO=\n')).toEqual(new Set(['ONE', 'TWO']));
});
