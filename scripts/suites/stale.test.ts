import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sourceHash } from './stale.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'omni-stale-'));
  mkdirSync(join(root, 'app', 'persons'), { recursive: true });
  writeFileSync(join(root, 'app', 'persons', 'page.tsx'), 'one');
});

afterEach(() => rmSync(root, { recursive: true }));

test('isStale: a changed, a new and a deleted source make the build stale', () => {
  const before = sourceHash(root);
  writeFileSync(join(root, 'app', 'persons', 'page.tsx'), 'two');
  const changed = sourceHash(root);
  writeFileSync(join(root, 'proxy.ts'), '');
  const added = sourceHash(root);
  rmSync(join(root, 'app', 'persons', 'page.tsx'));
  const deleted = sourceHash(root);
  expect(new Set([before, changed, added, deleted]).size).toBe(4);
});

test('isStale: times and tests do not', () => {
  const before = sourceHash(root);
  utimesSync(join(root, 'app', 'persons', 'page.tsx'), 1, 1);
  writeFileSync(join(root, 'app', 'persons', 'page.test.tsx'), 'test');
  writeFileSync(join(root, 'README.md'), 'text');
  expect(sourceHash(root)).toBe(before);
});
