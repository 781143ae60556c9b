import { personsParams } from '#app/(console)/persons/search-params.ts';
import { walkedLines } from '#lib/actions/csv-file.ts';
import { csvRoute } from '#lib/actions/csv-route.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { walkPages, type Walked } from '#lib/omni/paging/walk-pages.ts';
import { listPersons } from '#lib/omni/resources/persons.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { personRow, type PersonRow } from '#lib/persons/directory/row.ts';
import { searchPeople } from '#lib/persons/directory/search.ts';

type Walk = AsyncGenerator<Result<Walked<PersonRow>, OmniError>, void>;

/** Everyone, page by page as the file is read; or who a search finds. A file's name says which, never whom. */
export const GET = csvRoute({
  scope: 'persons:read',
  params: personsParams,
  read: async ({ omni, params: { q }, signal }) => {
    const lines = await walkedLines(q ? found(omni, q, signal) : everyone(omni, signal), (row) => [
      row.id,
      row.name,
      row.phone?.stored,
      row.email,
      { moment: row.createdAt },
      row.matchedBy,
    ]);
    const columns = ['id', 'name', 'phone', 'email', 'added', 'found_by'];
    return lines.ok ? ok({ name: q ? 'people-search' : 'people', columns, lines: lines.value }) : lines;
  },
});

function everyone(omni: Omni, signal: AbortSignal): Walk {
  const read = async (query: { limit: number; cursor?: string }, stop: AbortSignal) => {
    const page = await listPersons(omni, query, stop);
    return page.ok ? ok({ rows: page.value.items.map(personRow), hasMore: page.value.meta.hasMore }) : page;
  };
  return walkPages(omni, read, signal);
}

async function* found(omni: Omni, query: string, signal: AbortSignal): Walk {
  let last;
  for await (const progress of searchPeople(omni, query, signal)) last = progress;
  if (!last) return;
  yield last.error ? err(last.error) : ok({ rows: last.hits.map(personRow), unsure: last.incomplete });
}
