import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { code, importsOf, ROOT, sources, type Source } from './source.ts';

const MOST_FILES = 15;

/** Tests stand beside what they test, and migrations only ever grow: neither makes a folder hard to read. */
function counts(path: string): boolean {
  return /^(app|components|lib|sandbox|e2e|bench|scripts)\//.test(path) && !/\.(test|spec)\.|\/migrations\//.test(path);
}

function crowded(paths: readonly string[]): string[] {
  const folders = Map.groupBy(paths.filter(counts), (path) => posix.dirname(path));
  return [...folders].flatMap(([folder, files]) =>
    files.length > MOST_FILES ? [`${folder} holds ${files.length} files, at most ${MOST_FILES}`] : [],
  );
}

/** Groups of files that import each other in a circle, type imports included (Tarjan's strongly connected components). */
function cycles(files: readonly Source[]): string[][] {
  const known = new Set(files.map(({ path }) => path));
  const next = new Map(
    files.map((file) => [
      file.path,
      importsOf(file).flatMap(({ target, ours }) => (ours && known.has(target) ? [target] : [])),
    ]),
  );
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (path: string): number => {
    order.set(path, order.size);
    low.set(path, order.get(path) ?? 0);
    stack.push(path);
    for (const target of next.get(path) ?? []) {
      const reached = order.has(target) ? (stack.includes(target) ? order.get(target) : undefined) : visit(target);
      if (reached !== undefined) low.set(path, Math.min(low.get(path) ?? 0, reached));
    }
    const lowest = low.get(path) ?? 0;
    if (lowest === order.get(path)) {
      const group = stack.splice(stack.indexOf(path));
      if (group.length > 1 || (next.get(path) ?? []).includes(path)) found.push(group.toSorted());
    }
    return lowest;
  };
  for (const { path } of files) if (!order.has(path)) visit(path);
  return found;
}

const TYPE = /^export\s+(?:declare\s+)?(?:type|interface|(?:abstract\s+)?class)\s+(\w+)/gm;

function sharedTypeNames(files: readonly Source[]): string[] {
  const named = files.flatMap(({ path, text }) =>
    [...code(text).matchAll(TYPE)].map(([, name = '']) => ({ name, path })),
  );
  return [...Map.groupBy(named, ({ name }) => name)].flatMap(([name, places]) =>
    places.length > 1 ? [`${name}: ${places.map(({ path }) => path).join(', ')}`] : [],
  );
}

const NAMED_PATH =
  /(?<![\w/.@#-])(?:\.\/)?((?:app|components|lib|sandbox|e2e|bench|scripts|messages|docs|public)\/[\w()[\]{},.*/-]*[\w)\]*])/g;
const LINK = /\]\((?!https?:|#|mailto:)([^)#\s]+)/g;

/** Paths a document names in code marks or links to, and that are not there. A line that gives a command's output is prose. */
function missing(path: string, text: string): string[] {
  const marked = [...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, inside = '']) =>
    [...inside.matchAll(NAMED_PATH)].map(([, found = '']) => found),
  );
  const linked = [...text.matchAll(LINK)].map(([, target = '']) => posix.join(posix.dirname(path), decodeURI(target)));
  return [...new Set([...marked, ...linked])].filter((named) => globSync(escaped(named), { cwd: ROOT }).length === 0);
}

/** Brackets and round brackets stand for themselves: they are Next's folders. */
function escaped(path: string): string {
  return path
    .replaceAll(/[[\]()]/g, '[$&]')
    .replaceAll('[[]', '[[]')
    .replaceAll('[]]', '[]]');
}

describe('the house', () => {
  it(`holds at most ${MOST_FILES} source files in a folder`, () => {
    expect(crowded(sources().map(({ path }) => path))).toEqual([]);
  });

  it('has no import cycle, type imports included', () => {
    expect(cycles(sources())).toEqual([]);
  });

  it('has one exported type of a name', () => {
    expect(sharedTypeNames(sources())).toEqual([]);
  });

  it('is where its documents say', () => {
    const documents = globSync(['*.md', 'docs/**/*.md', '{app,components,lib,sandbox,e2e,bench,scripts}/**/*.md'], {
      cwd: ROOT,
    });
    expect(documents.length).toBeGreaterThan(15);
    const wrong = documents.flatMap((path) =>
      missing(path, readFileSync(join(ROOT, path), 'utf8')).map((named) => `${path} names ${named}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('each rule of the house can fail', () => {
  it('sees a crowded folder, without its tests and migrations', () => {
    const files = Array.from({ length: 16 }, (_, at) => `lib/keys/list/f${at}.ts`);
    expect(crowded(files)).toEqual(['lib/keys/list holds 16 files, at most 15']);
    expect(crowded([...files.slice(1), 'lib/keys/list/f.test.ts', 'e2e/keys/a.spec.ts'])).toEqual([]);
    expect(crowded(files.map((path) => path.replace('keys/list', 'store/migrations')))).toEqual([]);
  });

  it('sees a circle through a type, and none in a diamond', () => {
    const file = (name: string, ...targets: string[]) => ({
      path: `lib/${name}.ts`,
      text: targets.map((target) => `import type { A } from './${target}.ts';`).join('\n'),
    });
    expect(cycles([file('a', 'b'), file('b', 'c'), file('c', 'a'), file('d', 'a')])).toEqual([
      ['lib/a.ts', 'lib/b.ts', 'lib/c.ts'],
    ]);
    expect(cycles([file('a', 'b', 'c'), file('b', 'd'), file('c', 'd'), file('d')])).toEqual([]);
  });

  it('sees two types of one name, and a path that is not there', () => {
    const text = 'export type Found = 1;';
    expect(
      sharedTypeNames([
        { path: 'lib/a.ts', text },
        { path: 'lib/b.ts', text },
      ]),
    ).toEqual(['Found: lib/a.ts, lib/b.ts']);
    expect(
      missing('README.md', 'see `lib/nowhere.ts`, `lib/guards/*.test.ts`, `app/(console)/keys/[id]/page.tsx`'),
    ).toEqual(['lib/nowhere.ts']);
    expect(missing('docs/deploy.md', '[a](nowhere.md) and [b](../README.md)')).toEqual(['docs/nowhere.md']);
  });
});
