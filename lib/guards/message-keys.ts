import { code, type Source } from './source.ts';

/** What a file says about messages: the namespaces it opens, and every string in it, `${…}` written as `*`. */
export type Said = {
  path: string;
  namespaces: Set<string>;
  literals: Set<string>;
  patterns: RegExp[];
  passes: boolean;
};

const OPENS = /\b(?:useT|t)ranslations\(\s*['"]([\w-]+)['"]\s*\)/g;
const STRING = /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"/g;
const TEMPLATE = /`((?:[^`\\$]|\\.|\$(?!\{)|\$\{(?:[^{}`]|`[^`]*`|\{[^{}]*\})*\})*)`/g;
const CALL = /\bt(?:[A-Z]\w*)?(?:\.(?:rich|markup|has))?\(\s*(?!['"`])/;

function patternOf(template: string): RegExp[] {
  const parts = template.split(/\$\{(?:[^{}`]|`[^`]*`|\{[^{}]*\})*\}/);
  const fixed = parts.join('');
  if (parts.length === 1 || !/^[\w.-]*$/.test(fixed) || !/\w/.test(fixed)) return [];
  return [new RegExp(`^${parts.map((part) => part.replaceAll('.', '\\.')).join('[\\w-]+')}$`)];
}

export function said(file: Source): Said {
  const text = code(file.text);
  const templates = [...text.matchAll(TEMPLATE)].map(([, inside = '']) => inside);
  const literals = [...text.matchAll(STRING)].map(([, single, double]) => single ?? double ?? '');
  return {
    path: file.path,
    namespaces: new Set([...text.matchAll(OPENS)].map(([, name = '']) => name)),
    literals: new Set([...literals, ...templates.filter((inside) => !inside.includes('${'))]),
    patterns: templates.flatMap(patternOf),
    passes: CALL.test(text),
  };
}

const has = (file: Said, key: string) => file.literals.has(key) || file.patterns.some((pattern) => pattern.test(key));

/** Sentences named by a value that lib makes: a problem's code, an operation's text, an effect, a field (dots written as dashes). */
function named(namespace: string, key: string): string | undefined {
  if (namespace === 'problems') return /^([\w-]+)\.(title|help)$/.exec(key)?.[1];
  if (namespace.startsWith('plan-')) return key.replace(/^effect-/, '');
  if (namespace !== 'operations') return undefined;
  return /^(?:texts\.effect-|texts\.|words\.|fields\.|said\.)(.+)$/.exec(key)?.[1]?.replaceAll('.', '-');
}

/**
 * Whether any file may show a message. Its namespace must be opened by a file that names the key (whole, or by a template
 * whose fixed part fits); where that file's key comes in as a value, the value may be named elsewhere.
 */
export function isUsed(files: readonly Said[], namespace: string, key: string): boolean {
  const name = named(namespace, key);
  if (name !== undefined) {
    const dashed = (file: Said) =>
      [...file.literals].some((literal) => literal.replaceAll('.', '-') === name) ||
      file.patterns.some((pattern) => new RegExp(pattern.source.replaceAll('\\.', '[.-]')).test(name));
    return files.some(dashed);
  }
  const opening = files.filter((file) => file.namespaces.has(namespace));
  if (opening.some((file) => has(file, key))) return true;
  return opening.some((file) => file.passes) && !key.includes('.') && files.some((file) => file.literals.has(key));
}
