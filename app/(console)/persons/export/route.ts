import type { NextRequest } from 'next/server';
import { personTodayFor } from '#app/(console)/persons/person-today.ts';
import { personsParams } from '#app/(console)/persons/search-params.ts';
import { requestIntl, translations } from '#lib/i18n/server.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPresence, listPersons } from '#lib/omni/resources/persons.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import { walkFile } from '#lib/omni/paging/walk-file.ts';
import { walkPages, type Walked } from '#lib/omni/paging/walk-pages.ts';
import { presenceCell, type PresenceCell } from '#lib/persons/directory/presence-cell.ts';
import { personRow, type PersonRow } from '#lib/persons/directory/row.ts';
import { searchPeople } from '#lib/persons/directory/search.ts';
import { requireSession, type Signed } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { separatorFor } from '#lib/text/csv.ts';
import { noFile } from '#lib/text/csv-file.ts';
import { phoneForFile } from '#lib/text/phone-text.ts';
import { hiddenColumns } from '#lib/views/of-request.ts';

/** `presence`: of a search, where the page shows it; null where it could not be read. */
type Line = PersonRow & { presence?: PresenceCell | null };
type Walk = AsyncGenerator<Result<Walked<Line>, OmniError>, void>;

const AT_ONCE = 4;

/**
 * Everyone, page by page as the file is read; or who a search finds, with channels and last seen where the page shows them (Omni has
 * them per person only). A file's name says which, never whom.
 */
export async function GET(request: NextRequest): Promise<Response> {
  const [signed, { locale }, t, hidden] = await Promise.all([
    requireSession(),
    requestIntl(),
    translations('persons'),
    hiddenColumns('persons'),
  ]);
  const { omni, session } = signed;
  if (allows(session.scopes, 'persons:read') === 'no') return noFile(403, 'forbidden');
  const { q } = personsParams.parse(Object.fromEntries(request.nextUrl.searchParams));
  const late = (['channels', 'last-seen'] as const).filter((column) => q && !hidden.includes(column));
  return walkFile(q ? found(signed, q, late.length > 0, request.signal) : everyone(omni, request.signal), {
    name: q ? 'people-search' : 'people',
    columns: ['id', t('name'), t('phone'), t('email'), ...late.map((column) => t(column)), t('added'), t('found-by')],
    problem: t('problem'),
    separator: separatorFor(locale),
    line: ({ id, name, phone, email, createdAt, matchedBy, presence }) => [
      id,
      (presence ? presence.name : name) ?? '',
      phone ? phoneForFile(phone.stored) : '',
      email ?? '',
      ...late.map((column) => (presence ? presenceText(presence, column, t) : t('failed'))),
      createdAt,
      matchedBy ? t(`matched-by.${matchedBy}`) : '',
    ],
  });
}

type Words = Awaited<ReturnType<typeof translations<'persons'>>>;

function presenceText({ channels, seen }: PresenceCell, column: 'channels' | 'last-seen', t: Words): string {
  if (column === 'channels') return channels.join(', ');
  if (seen === 'never') return t('never');
  return seen === 'unknown' ? t('not-reported') : seen;
}

function everyone(omni: Omni, signal: AbortSignal): Walk {
  const read = async (query: { limit: number; cursor?: string }, stop: AbortSignal) => {
    const page = await listPersons(omni, query, stop);
    return page.ok ? ok({ rows: page.value.items.map(personRow), hasMore: page.value.meta.hasMore }) : page;
  };
  return walkPages(omni, read, signal);
}

async function* found(signed: Signed, query: string, presence: boolean, signal: AbortSignal): Walk {
  let last;
  for await (const progress of searchPeople(signed.omni, query, { signal, today: personTodayFor(signed) }))
    last = progress;
  if (!last) return;
  if (last.error) return yield err(last.error);
  const rows = last.hits.map(personRow);
  yield ok({ rows: presence ? await withPresence(signed.omni, rows, signal) : rows, unsure: last.incomplete });
}

async function withPresence(omni: Omni, rows: readonly PersonRow[], signal: AbortSignal): Promise<Line[]> {
  const ids = rows.map(({ id }) => id);
  const answers = await fanOut(omni, ids, { concurrency: AT_ONCE, signal }, (id, stop) => getPresence(omni, id, stop));
  const cells = new Map(
    answers.flatMap((answer) => (answer.state === 'ok' ? [[answer.item, presenceCell(answer.value)] as const] : [])),
  );
  return rows.map((row) => ({ ...row, presence: cells.get(row.id) ?? null }));
}
