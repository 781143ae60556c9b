import type { NextRequest } from 'next/server';
import { personTodayFor } from '#app/(console)/persons/person-today.ts';
import { personsParams } from '#app/(console)/persons/search-params.ts';
import { requestIntl } from '#lib/i18n/server.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { listPersons } from '#lib/omni/resources/persons.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { walkFile } from '#lib/omni/paging/walk-file.ts';
import { walkPages, type Walked } from '#lib/omni/paging/walk-pages.ts';
import { personRow, type PersonRow } from '#lib/persons/directory/row.ts';
import { searchPeople } from '#lib/persons/directory/search.ts';
import { requireSession, type Signed } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { separatorFor } from '#lib/text/csv.ts';
import { noFile } from '#lib/text/csv-file.ts';

type Walk = AsyncGenerator<Result<Walked<PersonRow>, OmniError>, void>;

const COLUMNS = ['id', 'name', 'phone', 'email', 'added', 'found_by'];

/** Everyone, page by page as the file is read; or who a search finds. A file's name says which, never whom. */
export async function GET(request: NextRequest): Promise<Response> {
  const [signed, { locale }] = await Promise.all([requireSession(), requestIntl()]);
  const { omni, session } = signed;
  if (allows(session.scopes, 'persons:read') === 'no') return noFile(403, 'forbidden');
  const { q } = personsParams.parse(Object.fromEntries(request.nextUrl.searchParams));
  return walkFile(q ? found(signed, q, request.signal) : everyone(omni, request.signal), {
    name: q ? 'people-search' : 'people',
    columns: COLUMNS,
    separator: separatorFor(locale),
    line: ({ id, name, phone, email, createdAt, matchedBy }) => [
      id,
      name ?? '',
      phone?.stored ?? '',
      email ?? '',
      createdAt,
      matchedBy ?? '',
    ],
  });
}

function everyone(omni: Omni, signal: AbortSignal): Walk {
  const read = async (query: { limit: number; cursor?: string }, stop: AbortSignal) => {
    const page = await listPersons(omni, query, stop);
    return page.ok ? ok({ rows: page.value.items.map(personRow), hasMore: page.value.meta.hasMore }) : page;
  };
  return walkPages(omni, read, signal);
}

async function* found(signed: Signed, query: string, signal: AbortSignal): Walk {
  let last;
  for await (const progress of searchPeople(signed.omni, query, { signal, today: personTodayFor(signed) }))
    last = progress;
  if (!last) return;
  yield last.error ? err(last.error) : ok({ rows: last.hits.map(personRow), unsure: last.incomplete });
}
