import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bareCode, findings, isTest, sources, type Source } from './source.ts';

const MAX_LINES = 300;
const NEXT_DEFAULTS =
  /^app\/(.*\/)?(page|layout|template|default|error|global-error|not-found|forbidden|unauthorized|icon|manifest|robots)\.tsx?$/;

function anyType(file: Source): string[] {
  return /(?:[:<,|&([]|\bas|\bextends)\s*any\b(?!\s*[:(=.])/.test(bareCode(file.text)) ? ['uses any'] : [];
}

function styleAttribute(file: Source): string[] {
  return /^(app|components)\/.*\.tsx$/.test(file.path) && /\sstyle=/.test(bareCode(file.text))
    ? ['has a style attribute, which the CSP blocks']
    : [];
}

function length(file: Source): string[] {
  const lines = file.text.split('\n').length - 1;
  return !isTest(file.path) && lines > MAX_LINES ? [`${lines} lines, at most ${MAX_LINES}`] : [];
}

function naming(file: Source): string[] {
  const parts = file.path.split('/');
  const name = parts.pop() ?? '';
  return [
    ...(/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/.test(name) ? [] : ['is not kebab-case']),
    ...(/^index\.(ts|tsx|mjs)$/.test(name) ? ['is a barrel'] : []),
    ...(/^(utils?|helpers?|common|types)\.(ts|tsx|mjs)$/.test(name) ? ['has a name that says nothing'] : []),
    ...parts
      .filter((part) => /^(utils?|helpers?|common|types)$/.test(part))
      .map((part) => `stands in a folder "${part}"`),
    ...parts
      .filter((part) => !/^(\(?[a-z0-9-]+\)?|\[[a-zA-Z]+\])$/.test(part))
      .map((part) => `folder "${part}" is not kebab-case`),
  ];
}

function reExports(file: Source): string[] {
  return /^export\s+(type\s+)?(\*|\{[^}]*\}\s*from)/m.test(bareCode(file.text)) ? ['re-exports'] : [];
}

function defaultExport(file: Source): string[] {
  const isConfig = !file.path.includes('/');
  return !isConfig && !NEXT_DEFAULTS.test(file.path) && /^export default\b/m.test(bareCode(file.text))
    ? ['has a default export']
    : [];
}

function erasable(file: Source): string[] {
  return /^\s*(export\s+)?(const\s+)?(enum|namespace)\s+\w/m.test(bareCode(file.text))
    ? ['has an enum or a namespace']
    : [];
}

test.each([
  ['no any', anyType],
  ['no style attribute', styleAttribute],
  ['no file over 300 lines', length],
  ['kebab-case names that say something, no barrels', naming],
  ['no re-exports', reExports],
  ['no default exports outside Next’s own files', defaultExport],
  ['only erasable TypeScript', erasable],
])('%s', (_name, rule) => {
  expect(findings(sources(), rule)).toEqual([]);
});

test.each([
  'let a: any;',
  'const a = b as any;',
  'f<any>()',
  'let a: Map<string, any>;',
  'let a: any[];',
  'a(b: any) {}',
])('any is seen in %s', (text) => {
  expect(anyType({ path: 'lib/a.ts', text })).toHaveLength(1);
});

test.each(["const a = 'as any';", '// : any', 'const any = z.any();', 'Promise.any([a]);'])('no any in %s', (text) => {
  expect(anyType({ path: 'lib/a.ts', text })).toEqual([]);
});

test('each of the other rules can fail', () => {
  expect(styleAttribute({ path: 'components/a.tsx', text: '<div style={{ width: 1 }} />' })).toHaveLength(1);
  expect(length({ path: 'lib/a.ts', text: '\n'.repeat(301) })).toHaveLength(1);
  expect(length({ path: 'lib/a.ts', text: '\n'.repeat(300) })).toEqual([]);
  expect(naming({ path: 'lib/a/Big.ts', text: '' })).toHaveLength(1);
  expect(naming({ path: 'lib/a/snake_case.ts', text: '' })).toHaveLength(1);
  expect(naming({ path: 'lib/a/index.ts', text: '' })).toHaveLength(1);
  expect(naming({ path: 'lib/utils/a.ts', text: '' })).toHaveLength(1);
  expect(naming({ path: 'lib/persons/types.ts', text: '' })).toHaveLength(1);
  expect(naming({ path: 'app/(console)/persons/[id]/page.tsx', text: '' })).toEqual([]);
  expect(reExports({ path: 'lib/a.ts', text: "export * from './b.ts';" })).toHaveLength(1);
  expect(reExports({ path: 'lib/a.ts', text: "export {\n  a,\n} from './b.ts';" })).toHaveLength(1);
  expect(defaultExport({ path: 'lib/a.ts', text: 'export default 1;' })).toHaveLength(1);
  expect(defaultExport({ path: 'app/page.tsx', text: 'export default 1;' })).toEqual([]);
  expect(erasable({ path: 'lib/a.ts', text: 'export const enum A { b }' })).toHaveLength(1);
});

/** The fonts define their own (`geist`). */
const FROM_FONTS = /^--font-geist-/;

test('every variable that the style sheet reads is defined in it', () => {
  const css = readdirSync('app/styles')
    .map((file) => readFileSync(join('app/styles', file), 'utf8'))
    .join('\n');
  const defined = new Set(Array.from(css.matchAll(/(--[\w-]+):/g), ([, name]) => name));
  const read = Array.from(css.matchAll(/var\((--[\w-]+)/g), ([, name = '']) => name);
  expect(read.length).toBeGreaterThan(0);
  expect(read.filter((name) => !defined.has(name) && !FROM_FONTS.test(name))).toEqual([]);
});
