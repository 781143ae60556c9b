import { csvLine, type Separator } from './csv.ts';
import { textStream } from './stream.ts';

const NO_STORE = { 'cache-control': 'no-store' };

/** A CSV file that is streamed line by line. It starts with a byte order mark, so that Excel reads it as UTF-8. */
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

/** The answer in place of a file, with the problem code. */
export function noFile(status: 403 | 404 | 502, code: string): Response {
  return Response.json({ ok: false, code }, { status, headers: NO_STORE });
}

/** A last line that says why the file is incomplete, in its last column. */
export function problemLine(columns: readonly string[], problem: string): string[] {
  return [...columns.slice(1).map(() => ''), problem];
}
