import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GONE_ON_SCREEN, goneNames, readText } from './gone-words.ts';
import { findings, ROOT, sources } from './source.ts';

type Tree = { [key: string]: string | Tree };

function messagesOf(tree: Tree, path = ''): [key: string, message: string][] {
  return Object.entries(tree).flatMap(([key, below]) =>
    typeof below === 'string' ? [[`${path}${key}`, below] as [string, string]] : messagesOf(below, `${path}${key}.`),
  );
}

function goneWords(locale: 'en' | 'pt-BR', tree: Tree): string[] {
  return messagesOf(tree).flatMap(([key, message]) =>
    GONE_ON_SCREEN[locale].flatMap((pattern) => {
      const found = pattern.exec(readText(message))?.[0];
      return found === undefined ? [] : [`${key}: “${found}” in “${message}”`];
    }),
  );
}

describe('the words that are gone', () => {
  it.each(['en', 'pt-BR'] as const)('stand in no message (%s)', (locale) => {
    const gone = goneWords(locale, JSON.parse(readFileSync(join(ROOT, 'messages', `${locale}.json`), 'utf8')));
    console.log(`old words in ${locale}.json: ${gone.length}`);
    expect(gone).toEqual([]);
  });

  it('stand in no name of the code', () => {
    const gone = findings(sources(), goneNames);
    console.log(`old words in names: ${gone.length}`);
    expect(gone).toEqual([]);
  });

  it('stand in no name of a file or folder', () => {
    const gone = sources().filter(
      ({ path }) => goneNames({ path, text: path.replaceAll(/[./()[\]]+/g, ' ').replaceAll('-', '_') }).length > 0,
    );
    expect(gone.map(({ path }) => path).filter((path) => path !== 'lib/store/migrations/0006-route-probes.ts')).toEqual(
      [],
    );
  });

  it.each([
    ['en', 'Who stays is who goes by', 1],
    ['en', 'Take this back', 1],
    ['en', 'The key stays active', 0],
    ['en', '{goes} is merged into {stays}', 0],
    ['en', '{count, plural, one {# probe} other {# tests}}', 1],
    ['en', 'May not have been shown', 0],
    ['pt-BR', 'Juntar as duas pessoas', 1],
    ['pt-BR', 'A conversa vai para outro agente', 0],
  ] as const)('%s: “%s” holds %d', (locale, message, count) => {
    expect(goneWords(locale, { a: message })).toHaveLength(count);
  });

  it('are seen inside names, and not inside strings', () => {
    const names = (path: string, text: string) => goneNames({ path, text });
    expect(names('e2e/routes/old-addresses.spec.ts', 'goes')).toEqual([]);
    expect(names('lib/a.ts', "const goesFirst = putBack(MergeWorld, 'stays');")).toEqual([
      'goesFirst',
      'putBack',
      'MergeWorld',
    ]);
    expect(names('sandbox/a.ts', 'const world = untilDone;')).toEqual([]);
  });
});
