import 'server-only';
import { noFile } from '#lib/text/csv-file.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { problemOf } from '#lib/omni/problem-code.ts';

/** In place of a file: what Omni answered instead. */
export function noFileFor(error: OmniError): Response {
  return noFile(error.kind === 'forbidden' ? 403 : error.kind === 'not_found' ? 404 : 502, problemOf(error).code);
}
