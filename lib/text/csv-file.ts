import { csvLine, type Separator } from './csv.ts';
import { textStream } from './stream.ts';

const NO_STORE = { 'cache-control': 'no-store' };

/** A file of CSV that is made line by line as it is read. The mark in front tells Excel that it is UTF-8. */
export function csvFile(
  name: string,
  columns: readonly string[],
  rows: AsyncIterable<readonly string[]>,
  separator: Separator,
): Response {
  async function* lines(): AsyncGenerator<string> {
    yield `\uFEFF${csvLine(columns, separator)}`;
    for await (const row of rows) yield csvLine(row, separator);
  }
  return new Response(textStream(lines()), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
      ...NO_STORE,
    },
  });
}

/** In place of a file: why there is none. */
export function noFile(status: 403 | 404 | 502, code: string): Response {
  return Response.json({ ok: false, code }, { status, headers: NO_STORE });
}

/** A last line that says why a file may not be whole: `problem` is a column of every file that can be cut short. */
export function problemLine(columns: readonly string[], problem: string): string[] {
  return columns.map((name) => (name === 'problem' ? problem : ''));
}
