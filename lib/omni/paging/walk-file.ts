import 'server-only';
import { csvFile, problemLine } from '#lib/text/csv-file.ts';
import type { Separator } from '#lib/text/csv.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { noFileFor } from './no-file.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import type { Result } from '#lib/omni/result.ts';
import type { Walked } from './walk-pages.ts';

type File<R> = {
  name: string;
  columns: readonly string[];
  /** The head of the last column, in the reader's language. */
  problem?: string;
  separator: Separator;
  line: (row: R) => string[];
};

/**
 * A walk as a file, with one column more: the problem. Where Omni stopped answering, or may have left rows out, a line of its
 * own says so: a file must not look whole when it is not. Without a first page there is no file.
 */
export async function walkFile<R>(
  walk: AsyncGenerator<Result<Walked<R>, OmniError>, void>,
  { name, columns, problem = 'problem', separator, line }: File<R>,
): Promise<Response> {
  const first = await walk.next();
  if (!first.done && !first.value.ok) return noFileFor(first.value.error);
  const all = [...columns, problem];

  async function* rows(): AsyncGenerator<string[]> {
    for (let page = first; !page.done; page = await walk.next()) {
      if (!page.value.ok) return yield problemLine(all, problemOf(page.value.error).code);
      for (const row of page.value.value.rows) yield [...line(row), ''];
      if (page.value.value.unsure) yield problemLine(all, 'rows_may_be_missing');
    }
  }

  return csvFile(name, all, rows(), separator);
}
