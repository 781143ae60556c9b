import { expect, test } from 'vitest';
import { findings, importsOf, isTest, sources, type Import, type Source } from './source.ts';

const SHARED_COMPONENTS = ['ui', 'form', 'data-table', 'lookups', 'shell', 'operations'];

/** Whose parts show who is signed in, or sign out. */
const SHOWS_SESSION = ['shell', 'status', 'palette'];

/** Pure and about no room. */
const BASE_ROOMS = ['i18n', 'text', 'scopes'];

/** Pure files of a room that others may use. */
const PURE = ['lib/operations/plan/differences.ts', 'lib/operations/plan/canonical.ts'];

/** What components may know of the spine: its shapes, never its code. */
const SPINE_SHAPES = [
  'lib/operations/plan/define.ts',
  'lib/operations/journal/entry.ts',
  'lib/operations/receipt/view.ts',
  'lib/operations/effects/value.ts',
];

/** What each folder of `lib` may import besides itself, the files directly in `lib` and the base rooms. */
const LIB_ROOMS: Record<string, string[]> = {
  omni: [],
  store: [],
  i18n: [],
  text: [],
  scopes: [],
  session: ['omni', 'store'],
  operations: ['omni', 'store'],
  actions: ['omni', 'store', 'session', 'operations'],
  persons: ['routes', 'access', 'operations', 'omni', 'store'],
  routes: ['access', 'operations', 'omni', 'store'],
  keys: ['operations', 'omni', 'store'],
  access: ['operations', 'omni', 'store'],
  activity: ['routes', 'operations', 'omni', 'store'],
  views: [],
  telemetry: ['operations', 'omni', 'session', 'store'],
  lookups: ['persons', 'routes', 'keys', 'omni', 'session', 'store'],
};

const FLOORS: Record<string, string[]> = {
  app: ['app', 'components', 'docs', 'lib', 'messages', 'public'],
  components: ['components', 'lib', 'messages'],
  lib: ['lib', 'messages'],
  sandbox: ['sandbox'],
};

function floorOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
}

function roomOf(path: string): string {
  const [, room = '', rest] = path.split('/');
  return rest === undefined ? '' : room;
}

function wrongLibRoom(from: string, to: string): boolean {
  if (from === to || to === '' || BASE_ROOMS.includes(to)) return false;
  if (from === '') return true;
  return !LIB_ROOMS[from]?.includes(to);
}

function wrongComponentRoom(from: string, to: string): boolean {
  if (to === 'session' && SHOWS_SESSION.includes(from)) return false;
  return from !== to && !SHARED_COMPONENTS.includes(to);
}

function problemOf(path: string, { target, typeOnly }: Import): string | undefined {
  const from = floorOf(path);
  const to = floorOf(target);
  const allowed = FLOORS[from];
  if (to === 'sandbox' && (from === '' || allowed) && from !== 'sandbox') return `imports the sandbox (${target})`;
  if (!allowed) return undefined;
  if (!allowed.includes(to)) return `${from} may not import ${target}`;
  if (PURE.includes(target)) return undefined;
  if (from === 'lib' && to === 'lib' && wrongLibRoom(roomOf(path), roomOf(target))) {
    return `lib/${roomOf(path) || '*'} may not import ${target}`;
  }
  if (from === 'components' && target.startsWith('lib/operations/') && !(typeOnly && SPINE_SHAPES.includes(target))) {
    return `components may import only types of the spine's shapes, not ${target}`;
  }
  if (from === 'components' && to === 'components' && wrongComponentRoom(roomOf(path), roomOf(target))) {
    return `components/${roomOf(path)} may not import ${target}`;
  }
  return undefined;
}

function directions(file: Source): string[] {
  if (isTest(file.path)) return [];
  return importsOf(file)
    .filter((one) => one.ours)
    .flatMap((one) => problemOf(file.path, one) ?? []);
}

/** Extensions are written out; up the tree goes `#…`, never `../` (where what is imported has such a name). */
function spelling(file: Source): string[] {
  const named = ['app', 'components', 'lib', 'messages'];
  return importsOf(file).flatMap(({ specifier, target, ours }) => {
    const hasName = named.includes(floorOf(file.path)) && named.includes(floorOf(target));
    if (!ours) return [];
    if (!/\.(ts|tsx|mjs|json|css|md)$/.test(specifier)) return [`import without extension (${specifier})`];
    return hasName && specifier.includes('../') ? [`write #… instead of ${specifier}`] : [];
  });
}

test('imports go down only, and between rooms only where the list allows it', () => {
  expect(findings(sources(), directions)).toEqual([]);
});

test('every folder of lib that holds code is on the list', () => {
  const rooms = new Set(
    sources()
      .filter(({ path }) => floorOf(path) === 'lib')
      .map(({ path }) => roomOf(path)),
  );
  expect([...rooms].filter((room) => room && room !== 'guards' && !LIB_ROOMS[room])).toEqual([]);
});

test('imports of our own carry their extension and never climb with ../', () => {
  expect(findings(sources(), spelling)).toEqual([]);
});

test.each([
  ['lib/omni/door/request.ts', "import { env } from '#lib/session/request/guard.ts';"],
  ['lib/omni/door/request.ts', "import { env } from '#components/ui/button.tsx';"],
  ['lib/routes/resolve/resolve.ts', "import { a } from '#lib/persons/merge/merge.ts';"],
  ['lib/operations/run/run.ts', "import {\n  a,\n  b,\n} from '#lib/keys/rotate.ts';"],
  ['lib/store/database.ts', "export { a } from '#lib/omni/door/request.ts';"],
  ['lib/env.ts', "import { a } from './omni/request.ts';"],
  ['lib/persons/directory/search.ts', "const a = await import('#app/layout.tsx');"],
  ['components/persons/list.tsx', "import { a } from '#components/routes/list.tsx';"],
  ['components/ui/button.tsx', "import { a } from '#components/persons/list.tsx';"],
  ['components/ui/button.tsx', "import { a } from '#app/page.tsx';"],
  ['components/operations/plan.tsx', "import type { a } from '#lib/operations/run/run.ts';"],
  ['components/operations/plan.tsx', "import { a } from '#lib/operations/plan/define.ts';"],
  ['lib/persons/merge/merge.ts', "import { a } from '#lib/session/request/guard.ts';"],
  ['app/page.tsx', "import { startSandbox } from '../sandbox/server.ts';"],
  ['proxy.ts', "import './sandbox/server.ts';"],
  ['sandbox/wire/server.ts', "import type { A } from '#lib/omni/door/errors.ts';"],
])('%s is refused %s', (path, text) => {
  expect(directions({ path, text })).toHaveLength(1);
});

test.each([
  ['lib/persons/merge/merge.ts', "import { a } from '#lib/routes/resolve/resolve.ts';"],
  ['lib/persons/merge/merge.ts', "import { allows } from '#lib/scopes/scopes.ts';"],
  ['components/operations/plan.tsx', "import type { Plan } from '#lib/operations/plan/define.ts';"],
  ['lib/session/request/guard.ts', "import { a } from '#lib/store/database.ts';"],
  ['lib/omni/door/request.ts', "import { env } from '#lib/env.ts';"],
  ['app/page.tsx', "import { a } from '#components/persons/list.tsx';\n// import x from '../sandbox/server.ts'"],
  ['e2e/fixtures/test.ts', "import { startSandbox } from '../sandbox/server.ts';"],
  ['lib/omni/door/request.test.ts', "import { startSandbox } from '../../sandbox/wire/server.ts';"],
])('%s is allowed %s', (path, text) => {
  expect(directions({ path, text })).toEqual([]);
});

test.each([
  ['lib/a.ts', "import { b } from './b';"],
  ['lib/omni/a.ts', "import { b } from '../env.ts';"],
  ['lib/store/testing/a.ts', "import { b } from '../database.ts';"],
])('the spelling of %s %s is refused', (path, text) => {
  expect(spelling({ path, text })).toHaveLength(1);
});

test('a test of lib reaches the sandbox the only way there is', () => {
  expect(spelling({ path: 'lib/omni/a.test.ts', text: "import { b } from '../../sandbox/wire/server.ts';" })).toEqual(
    [],
  );
});
