import { expect, test } from 'vitest';
import { code, importsOf, sources, type Source } from './source.ts';

/** Pages that are read far more often than anything is typed on them. */
const READ = [
  'layout',
  'page',
  'activity/page',
  'keys/page',
  'keys/[id]/page',
  'keys/[id]/audit/page',
  'persons/page',
  'persons/[id]/page',
  'persons/access-rules/page',
  'persons/duplicates/page',
  'routes/page',
  'routes/coverage/page',
  'routes/health/page',
  'routes/tests/page',
  'status/page',
].map((page) => `app/(console)/${page}.tsx`);

/** What is loaded with the form that needs it: 15 and 31 kB. */
const HEAVY = ['react-hook-form', 'zod', 'libphonenumber-js'];

/** How a browser comes to load one of these packages with a page, file by file; undefined where it doesn't. */
function wayTo(heavy: readonly string[], entry: string, all: readonly Source[]): string | undefined {
  const byPath = new Map(all.map((file) => [file.path, file]));
  const waiting = [{ path: entry, client: false, way: entry }];
  const seen = new Set<string>();
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const file = byPath.get(next.path);
    if (!file || seen.has(`${next.path} ${next.client}`)) continue;
    seen.add(`${next.path} ${next.client}`);
    const client = next.client || /^['"]use client['"]/.test(file.text);
    if (/^['"]use server['"]/.test(code(file.text).trimStart())) continue;
    for (const { target, ours, typeOnly, later } of importsOf(file)) {
      if (typeOnly || later) continue;
      const way = `${next.way} → ${target}`;
      if (!ours && client && heavy.some((name) => target === name || target.startsWith(`${name}/`))) return way;
      if (ours) waiting.push({ path: target, client, way });
    }
  }
  return undefined;
}

test.each(READ)('%s loads no package of forms', (page) => {
  expect(sources().some(({ path }) => path === page)).toBe(true);
  expect(wayTo(HEAVY, page, sources())).toBeUndefined();
});

test('the rule can fail, and leaves alone what is loaded later, on the server or as a type', () => {
  const page = { path: 'app/a.tsx', text: "import { B } from '#components/b.tsx';" };
  const way = (text: string) => wayTo(['zod'], 'app/a.tsx', [page, { path: 'components/b.tsx', text }]);
  expect(way("'use client';\nimport { z } from 'zod';")).toBe('app/a.tsx → components/b.tsx → zod');
  expect(way("'use client';\nimport type { z } from 'zod';")).toBeUndefined();
  expect(way("'use client';\nconst z = () => import('zod');")).toBeUndefined();
  expect(way("import { z } from 'zod';")).toBeUndefined();
});
