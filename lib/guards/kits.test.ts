import { describe, expect, it } from 'vitest';
import { bareCode, code, isTest, sources, type Source } from './source.ts';

const LIST = 'components/data-table/data-table.tsx';

/** Pictures told as tables for whoever can't see them. No list: this list only gets shorter. */
const TEXT_EQUIVALENTS: ReadonlySet<string> = new Set([
  'components/keys/requests/audit-plot.tsx',
  'components/status/route-cache-plots.tsx',
]);

/**
 * Who reads the console's own server past `components/lookups`: the one that `ask` is made of, and what asks for the session itself
 * or stops a run. This list only gets shorter. Messages are files and no session's.
 */
const FETCHERS: ReadonlySet<string> = new Set([
  'components/lookups/ask.ts',
  'components/operations/run/use-operation.ts',
  'components/session/request/use-session-clock.ts',
  'components/session/sign-in/sign-out.ts',
  'components/shell/calls/console-fetch.ts',
  'components/shell/messages/messages-in.browser.ts',
]);

const ours = ({ path }: Source) => /^(app|components)\//.test(path) && !isTest(path);

const hasTable = ({ text }: Source) => /<table\b|role="(?:table|grid|treegrid)"/.test(code(text));
const fetches = ({ text }: Source) =>
  /(?<![\w.])(?:fetch|consoleFetch)\(/.test(bareCode(text).replaceAll(/function consoleFetch\(/g, ''));
const linksByItself = ({ text }: Source) => /from 'next\/link'/.test(code(text));
const usesTable = ({ text }: Source) => /\buseTable\(/.test(code(text));

const pathsWith = (has: (file: Source) => boolean) =>
  sources()
    .filter((file) => ours(file) && has(file))
    .map(({ path }) => path)
    .sort();

describe('one kit for lists, one for lookups', () => {
  it('every table is the kit’s, but for the text of a picture', () => {
    expect(pathsWith(hasTable)).toEqual([LIST, ...TEXT_EQUIVALENTS].sort());
  });

  it('every list is a DataList on TanStack Table', () => {
    expect(pathsWith(usesTable)).toEqual(['components/data-table/data-list.tsx']);
    const lists = pathsWith(({ text }) => /<(?:DataList|ServerList)\b/.test(code(text)));
    expect(lists.length).toBeGreaterThan(7);
  });

  it('nobody reads the console but through components/lookups', () => {
    expect(pathsWith(fetches)).toEqual([...FETCHERS].sort());
  });

  it('every link to a page is the kit’s, which says that it is followed', () => {
    expect(pathsWith(linksByItself)).toEqual(['components/ui/link.tsx']);
  });

  it('has rules that can fail', () => {
    const at = (text: string) => ({ path: 'components/a.tsx', text });
    expect([hasTable(at('<table>')), hasTable(at('<div role="grid">')), hasTable(at('// <table>'))]).toEqual([
      true,
      true,
      false,
    ]);
    expect(linksByItself(at("import Link from 'next/link';"))).toBe(true);
    expect([fetches(at('await consoleFetch("/a")')), fetches(at('refetch()')), fetches(at('// fetch('))]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
