import 'server-only';
import { anyKey, problemWords } from '#lib/i18n/any-key.ts';
import type { NextRequest } from 'next/server';
import type { z } from 'zod';
import { requestIntl, translations } from '#lib/i18n/server.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Result } from '#lib/omni/result.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { requireLiveKey, requireSession, type Signed } from '#lib/session/request/guard.ts';
import { overStore } from '#lib/store/over-store.ts';
import { separatorFor } from '#lib/text/csv.ts';
import { paramsOf } from '#lib/text/params.ts';
import { csvFile, noFile, noFileFor, type CsvFile, type CsvReader } from './csv-file.ts';

type Asked<P> = Signed & { params: P; path: Readonly<Record<string, string>>; signal: AbortSignal; timeZone: string };

type Given<S extends z.ZodType> = {
  /** The scope without which there is no file; null: what a key may see is decided row by row, for a key that still lives. */
  scope: string | null;
  /** The parameters of the list; they decide what is in the file as they decide what is on the page. */
  params: S;
  read: (asked: Asked<z.output<S>>) => Promise<Result<CsvFile, OmniError> | null>;
};

/**
 * A list as a CSV file, at an address beside its page: complete, or with a last line that says what is missing, or an answer of
 * 403, 404 (`read` answers null) or 502 before its first byte. Its heads are in the reader's language, its moments in their zone,
 * in a form that spreadsheets know (`2026-11-05 16:02:00`).
 */
export function csvRoute<S extends z.ZodType>({ scope, params, read }: Given<S>) {
  return overStore(
    async (request: NextRequest, context?: { params: Promise<Record<string, string>> }): Promise<Response> => {
      const signed = await (scope === null ? requireLiveKey() : requireSession());
      if (scope !== null && allows(signed.session.scopes, scope) === 'no') return noFile(403, 'forbidden');
      const [reader, { timeZone }, path] = await Promise.all([csvReader(), requestIntl(), context?.params ?? {}]);
      const file = await read({
        ...signed,
        params: params.parse(paramsOf(request.nextUrl.searchParams)),
        path,
        signal: request.signal,
        timeZone,
      });
      if (file === null) return noFile(404, 'not_found');
      return file.ok ? csvFile(file.value, reader) : noFileFor(file.error);
    },
  );
}

/** The language, zone and separator of whoever asks. */
async function csvReader(): Promise<CsvReader> {
  const [{ locale, timeZone }, t, tProblems] = await Promise.all([
    requestIntl(),
    translations('files'),
    translations('problems'),
  ]);
  const clock = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone });
  return {
    separator: separatorFor(locale),
    column: (id) => t(`columns.${id}`, { zone: timeZone }),
    problem: (code) => {
      const [name = '', count = '0'] = code.split(':');
      const values = { scope: '', seconds: 0, status: 0, lock: '', step: '', until: 0 };
      return anyKey(t)(`problems.${name}`, { count: Number(count) }) ?? problemWords(tProblems, name, values).title;
    },
    moment: (at) => clock.format(new Date(at)),
  };
}
