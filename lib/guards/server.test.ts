import { expect, test } from 'vitest';
import { bareCode, code, findings, importsOf, isTest, sources, type Source } from './source.ts';

const IO_PACKAGES = /^(node:.*|next\/headers|next\/cache|kysely|pg|iron-session|prom-client|@opentelemetry\/.*)$/;

function doesIo(file: Source): boolean {
  const imports = importsOf(file).some(({ specifier, typeOnly }) => !typeOnly && IO_PACKAGES.test(specifier));
  return imports || /(?<![.\w])fetch\(/.test(code(file.text));
}

function serverOnly(file: Source): string[] {
  if (!file.path.startsWith('lib/') || isTest(file.path) || !doesIo(file)) return [];
  return file.text.startsWith("import 'server-only';\n") ? [] : ["does not start with import 'server-only';"];
}

function useServer(file: Source): string[] {
  if (isTest(file.path)) return [];
  const text = code(file.text);
  const isActions = /^app\/.*\bactions\.ts$/.test(file.path);
  const directive = /['"]use server['"]/.test(text);
  if (!isActions) return directive ? ["'use server' outside app/**/actions.ts"] : [];
  if (!/^\s*['"]use server['"]/.test(text)) return ["does not start with 'use server'"];
  return [...text.matchAll(/^export\s+(.*)$/gm)].flatMap(([, what = '']) => {
    const name = /^(?:async function|const)\s+(\w+)/.exec(what)?.[1];
    return name?.endsWith('Action') || what.startsWith('type ')
      ? []
      : [`exports something that is no …Action: ${what}`];
  });
}

function loading(file: Source): string[] {
  return /^app\/(.*\/)?loading\.tsx$/.test(file.path)
    ? ['a loading.tsx makes the pages below it answer 200 where they mean 401, 403 or 404']
    : [];
}

/** What answers to no page: probes, what tells a page whose the browser is now, and what hears of errors, which is given nothing. */
const PAGELESS = /^app\/api\/(health\/|session\/|browser-errors\/)/;

/** A lookup: `lib/lookups/answer.ts` asks for the page's session before anything is read. */
const LOOKUP = /export const GET = (?:answerRoute|linesRoute)\(/;

function pages(file: Source): string[] {
  if (!/^app\/api\/.*route\.ts$/.test(file.path) || PAGELESS.test(file.path)) return [];
  const text = bareCode(file.text);
  if (LOOKUP.test(text) && !/export (?:async )?(?:function|const) (?!GET\b)/.test(text)) return [];
  if (!/\breadPageSession\(/.test(text) || /\b(readSession|requireSession)\(/.test(text))
    return ['data for a page’s script is given by readPageSession'];
  const changes = /export async function (POST|PUT|PATCH|DELETE)\b/.test(text);
  return changes && !/readPageSession\(\{[^}]*change: true/.test(text) ? ['a change needs { change: true }'] : [];
}

test('routes under /api answer only the pages of the session they answer for', () => {
  expect(findings(sources(), pages)).toEqual([]);
  const answer = sources().find(({ path }) => path === 'lib/lookups/answer.ts');
  expect(answer?.text).toMatch(/async function opened.*await readPageSession\(\{ poll \}\)/s);
});

test.each([
  'export async function GET() {\n  const signed = await readSession();\n}',
  'export async function GET() {}',
  'export const GET = answerRoute({ lookup }, read);\nexport async function POST() {}',
  'export async function POST() {\n  const signed = await readPageSession();\n}',
])('a route that asks for no page is refused: %s', (text) => {
  expect(pages({ path: 'app/api/lookup/x/route.ts', text })).toHaveLength(1);
});

test('every module of lib that does I/O starts with server-only', () => {
  expect(findings(sources(), serverOnly)).toEqual([]);
});

test("'use server' stands in app/**/actions.ts only, which export nothing but …Action", () => {
  expect(findings(sources(), useServer)).toEqual([]);
});

test('no loading.tsx above guarded pages', () => {
  expect(findings(sources(), loading)).toEqual([]);
});

test.each([
  "import { readFileSync } from 'node:fs';",
  "import { cookies } from 'next/headers';\nimport 'server-only';",
  "import { Pool } from 'pg';",
  "import { Kysely } from 'kysely';",
  "export const a = () => fetch('/x');",
  "// import 'server-only';\nimport { getIronSession } from 'iron-session';",
])('I/O without server-only is refused: %s', (text) => {
  expect(serverOnly({ path: 'lib/a/b.ts', text })).toHaveLength(1);
});

test.each([
  "import 'server-only';\nimport { readFileSync } from 'node:fs';",
  "import type { Generated } from 'kysely';",
  'export const a = world.fetch(1);',
])('is fine without more: %s', (text) => {
  expect(serverOnly({ path: 'lib/a/b.ts', text })).toEqual([]);
});

test.each([
  ['lib/actions/define-action.ts', "'use server';"],
  ['app/page.tsx', "async function save() {\n  'use server';\n}"],
  ['app/(auth)/login/actions.ts', "import { a } from './b.ts';\n'use server';"],
  ['app/(auth)/login/actions.ts', "'use server';\nexport async function helper() {}"],
  ['app/(auth)/login/actions.ts', "'use server';\nexport { signInAction } from './b.ts';"],
  ['app/(auth)/login/actions.ts', "'use server';\nexport default async function signInAction() {}"],
])('%s is refused %s', (path, text) => {
  expect(useServer({ path, text })).toHaveLength(1);
});

test('an actions file as it should be is allowed', () => {
  const text = "'use server';\nexport const signInAction = defineAction({});\nexport async function signOutAction() {}";
  expect(useServer({ path: 'app/(auth)/login/actions.ts', text })).toEqual([]);
});

test('a loading.tsx is refused', () => {
  expect(loading({ path: 'app/(console)/persons/loading.tsx', text: '' })).toHaveLength(1);
});
