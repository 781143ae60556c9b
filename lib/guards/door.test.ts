import { expect, test } from 'vitest';
import { code, findings, isTest, sources, type Source } from './source.ts';

/** Who may open a credential or call Omni with one that is not the session's. The reason stands beside each. */
const OPENERS: Record<string, string> = {
  'lib/omni/door/credential.ts': 'defines it',
  'lib/omni/door/request.ts': 'sends the key to Omni',
  'lib/session/seal.ts': 'seals the key into the cookie',
  'lib/session/sign-in/sign-in.ts': 'checks a key that was typed',
  'lib/session/recover/diagnose.ts': 'looks what a server says to a key somebody lost',
  'lib/session/request/resolve.ts': 'makes the handle of a request',
  'lib/keys/rotate/new-key.ts': 'proves a key it has just made',
  'lib/actions/runner.ts': 'makes the handles of a run, each marked with its entry',
};

const OPENS = /\b(omniAs|omniRequestAs)\b|\.reveal\(/;

function opener(file: Source): string[] {
  if (isTest(file.path) || !/^(app|components|lib)\/|^(proxy|instrumentation(-node)?)\.ts$/.test(file.path)) return [];
  const found = OPENS.exec(code(file.text))?.[0];
  return found && !OPENERS[file.path] ? [`uses ${found}`] : [];
}

function keyHash(file: Source): string[] {
  const may =
    file.path === 'lib/omni/resources/own-key.ts' || /^(sandbox|e2e|bench)\//.test(file.path) || isTest(file.path);
  return !may && /\bkeyHash\b/.test(code(file.text)) ? ['mentions keyHash'] : [];
}

/** Nobody but the door calls out: a second client would have no budget, no schema and no timeout. */
function calls(file: Source): string[] {
  if (!file.path.startsWith('lib/') || file.path.startsWith('lib/omni/') || isTest(file.path)) return [];
  const runs = code(file.text).replaceAll(/^import type .*$/gm, '');
  return /(?<![.\w])fetch\(|node:https?['"]/.test(runs) ? ['calls out beside lib/omni'] : [];
}

test('only the listed files open a credential or call with one', () => {
  expect(findings(sources(), opener)).toEqual([]);
});

test('every listed opener still opens one', () => {
  const opening = sources().filter(
    (file) => OPENS.test(code(file.text)) || file.path === 'lib/omni/door/credential.ts',
  );
  const paths = new Set(opening.map((file) => file.path));
  expect(Object.keys(OPENERS).filter((path) => !paths.has(path))).toEqual([]);
});

test('keyHash is named in own-key.ts only', () => {
  expect(findings(sources(), keyHash)).toEqual([]);
});

test('nothing in lib calls out beside lib/omni', () => {
  expect(findings(sources(), calls)).toEqual([]);
});

test.each([
  ['lib/persons/directory/search.ts', "import { omniAs } from '#lib/omni/door/request.ts';"],
  ['app/(console)/persons/page.tsx', 'const key = credential.reveal();'],
  ['proxy.ts', 'omniRequestAs(credential, {});'],
])('%s is refused %s', (path, text) => {
  expect(opener({ path, text })).toHaveLength(1);
});

test('a schema that reads the hash and a second client are refused', () => {
  expect(keyHash({ path: 'lib/omni/schemas/keys.ts', text: 'z.object({ keyHash: z.string() })' })).toHaveLength(1);
  expect(calls({ path: 'lib/persons/directory/search.ts', text: 'await fetch(url)' })).toHaveLength(1);
  expect(calls({ path: 'lib/a/b.ts', text: "import { request } from 'node:http';" })).toHaveLength(1);
  expect(calls({ path: 'lib/a/b.ts', text: "import type { Server } from 'node:http';" })).toEqual([]);
  expect(opener({ path: 'lib/persons/directory/search.ts', text: '// omniAs is for the door' })).toEqual([]);
});
