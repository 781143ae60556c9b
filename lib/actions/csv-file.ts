import 'server-only';
import { log, logName } from '#lib/log.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import type { Walked } from '#lib/omni/paging/walk-pages.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';
import { csvLine, type Separator } from '#lib/text/csv.ts';
import { textStream } from '#lib/text/stream.ts';
import type en from '#messages/en.json';

const NO_STORE = { 'cache-control': 'no-store' };

/** A cell: text, a number, or a moment (ISO text or milliseconds), which is written in the reader's own zone. */
export type CsvCell = string | number | null | undefined | { moment: string | number };

/** A line of a file: its cells, or what is missing from here on, as a code, with the cells that say where. */
export type CsvLine = readonly CsvCell[] | { missing: string; cells?: Readonly<Record<string, string>> };

/** A column: its head stands in the messages of `files.columns`. */
export type CsvColumn = keyof (typeof en)['files']['columns'];

/** The words and forms of a reader. `column` is given the id of a column, `problem` a code. */
export type CsvReader = {
  separator: Separator;
  column: (id: CsvColumn) => string;
  problem: (code: string) => string;
  moment: (at: string | number) => string;
};

/** A file that can be had: its name without an ending, its columns, and its lines as they come. */
export type CsvFile = { name: string; columns: readonly CsvColumn[]; lines: AsyncIterable<CsvLine> };

/** The answer in place of a file, with the problem code. */
export function noFile(status: 403 | 404 | 502, code: string): Response {
  return Response.json({ ok: false, code }, { status, headers: NO_STORE });
}

/** In place of a file: what Omni answered instead. */
export function noFileFor(error: OmniError): Response {
  return noFile(error.kind === 'forbidden' ? 403 : error.kind === 'not_found' ? 404 : 502, problemOf(error).code);
}

/**
 * A file that is whole, or says in a last line what is missing (column `problem`), or is none: 502 where its first line can't be
 * had. It starts with a byte order mark, so that Excel reads it as UTF-8, and is made while it is read.
 */
export async function csvFile({ name, columns, lines }: CsvFile, reader: CsvReader): Promise<Response> {
  const all: CsvColumn[] = [...columns, 'problem'];
  const source = lines[Symbol.asyncIterator]();
  let next: IteratorResult<CsvLine>;
  try {
    next = await source.next();
  } catch (error) {
    if (storeErrorOf(error)) throw error;
    log('error', 'file.not_begun', { file: logName(name), error: kindOf(error) });
    return noFile(502, 'unexpected');
  }

  async function* pieces(): AsyncGenerator<string> {
    yield `\uFEFF${csvLine(all.map(reader.column), reader.separator)}`;
    try {
      for (; !next.done; next = await source.next()) yield csvLine(cellsOf(next.value, all, reader), reader.separator);
    } catch (error) {
      log('error', 'file.broken_off', { file: logName(name), error: kindOf(error) });
      yield csvLine(cellsOf({ missing: 'broken_off' }, all, reader), reader.separator);
    } finally {
      await source.return?.(undefined);
    }
  }

  return new Response(textStream(pieces()), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
      ...NO_STORE,
    },
  });
}

function kindOf(error: unknown) {
  return logName(error instanceof Error ? error.name : typeof error);
}

function cellsOf(line: CsvLine, columns: readonly string[], reader: CsvReader): string[] {
  if (!('missing' in line)) return [...line.map((cell) => textOf(cell, reader)), ''];
  const said: Record<string, string> = { ...line.cells, problem: reader.problem(line.missing) };
  return columns.map((id) => said[id] ?? '');
}

function textOf(cell: CsvCell, { moment }: CsvReader): string {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'object' ? moment(cell.moment) : String(cell);
}

/** The lines of a walk; an error where its first page can't be had. Where Omni stops, or may have left rows out, a line says so. */
export async function walkedLines<R>(
  walk: AsyncGenerator<Result<Walked<R>, OmniError>, void>,
  line: (row: R) => readonly CsvCell[],
): Promise<Result<AsyncIterable<CsvLine>, OmniError>> {
  const first = await walk.next();
  if (!first.done && !first.value.ok) return err(first.value.error);
  async function* lines(): AsyncGenerator<CsvLine> {
    for (let page = first; !page.done; page = await walk.next()) {
      if (!page.value.ok) return yield { missing: problemOf(page.value.error).code };
      yield* page.value.value.rows.map(line);
      if (page.value.value.unsure) yield { missing: 'rows_may_be_missing' };
    }
  }
  return ok(lines());
}
