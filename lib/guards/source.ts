import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');
const FOLDERS = ['app', 'components', 'lib', 'sandbox', 'e2e', 'bench', 'scripts'];

/** A file of ours: `path` from the root with forward slashes. */
export type Source = { path: string; text: string };

function walk(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });
}

let known: Source[] | undefined;

/** Every source file of the repository, root configs included. */
export function sources(): Source[] {
  const atRoot = readdirSync(ROOT).filter((name) => /\.(ts|mjs)$/.test(name) && name !== 'next-env.d.ts');
  const paths = [...atRoot, ...FOLDERS.flatMap(walk)].filter((path) => /\.(ts|tsx|mjs)$/.test(path));
  known ??= paths.map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
  return known;
}

export function isTest(path: string): boolean {
  return (
    /\.test\.tsx?$|\/testing\//.test(path) || path.startsWith('lib/guards/') || path.startsWith('sandbox/contract/')
  );
}

/** The text without comments; what stands in strings stays. */
export function code(text: string): string {
  const pattern = /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|(?<![:\\])\/\/[^\n]*/g;
  return text.replaceAll(pattern, (_all, string: string | undefined) => string ?? ' ');
}

/** The text without comments and with every string emptied. */
export function bareCode(text: string): string {
  return code(text).replaceAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, "''");
}

/** One import of a file. `target` is a path from the root when it is ours, a package name otherwise. `later`: loaded when it is called. */
export type Import = { specifier: string; target: string; ours: boolean; typeOnly: boolean; later: boolean };

const IMPORT =
  /(?:^|[;\n])\s*(import|export)\s+(type\s+)?(?:[\w*{}\s,$]+\s+from\s+)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]/g;

export function importsOf({ path, text }: Source): Import[] {
  return [...code(text).matchAll(IMPORT)].map((match) => {
    const specifier = match[3] ?? match[4] ?? '';
    const relative = specifier.startsWith('.');
    const target = relative ? posix.join(posix.dirname(path), specifier) : specifier.replace(/^#/, '');
    return {
      specifier,
      target,
      ours: relative || specifier.startsWith('#'),
      typeOnly: match[2] !== undefined,
      later: match[4] !== undefined,
    };
  });
}

/** Runs one rule over files and names each finding by its file. */
export function findings(files: readonly Source[], rule: (file: Source) => string[]): string[] {
  return files.flatMap((file) => rule(file).map((problem) => `${file.path}: ${problem}`));
}
