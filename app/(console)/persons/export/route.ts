import { personTodayFor } from '#app/(console)/persons/person-today.ts';
import { peopleReader } from '#app/(console)/persons/people-reader.ts';
import { isPicked, personsParams, pickOf } from '#app/(console)/persons/search-params.ts';
import { walkedLines, type CsvCell } from '#lib/actions/csv-file.ts';
import { csvRoute } from '#lib/actions/csv-route.ts';
import { rulesNow } from '#lib/access/rules/read-access.ts';
import { matchersOf } from '#lib/access/rules/match.ts';
import { accessRulesSnapshot, instancesSnapshot } from '#lib/omni/cache/snapshot.ts';
import { translations } from '#lib/i18n/server.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import { walkPages, type Walked } from '#lib/omni/paging/walk-pages.ts';
import { getPresence, listPersons } from '#lib/omni/resources/persons.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { valueOf } from '#lib/omni/seen.ts';
import { openDirectory } from '#lib/persons/people-index/directory.ts';
import { fieldsOf } from '#lib/persons/people-index/find.ts';
import { searchBoth } from '#lib/persons/people-index/search-both.ts';
import { pickIndexed, type PeoplePick } from '#lib/persons/people-index/pick.ts';
import { blockedPeople } from '#lib/persons/directory/blocked-people.ts';
import { personPresence, type PersonPresence } from '#lib/persons/directory/presence-cell.ts';
import { personRow, type PersonRow } from '#lib/persons/directory/row.ts';
import type { Signed } from '#lib/session/request/guard.ts';
import { phoneForFile } from '#lib/text/phone-text.ts';
import { hiddenColumns } from '#lib/views/of-request.ts';

/** `presence`: of a search, where the page shows it; null where it could not be read. */
type Line = PersonRow & { presence?: PersonPresence | null };
type Walk = AsyncGenerator<Result<Walked<Line>, OmniError>, void>;

const AT_ONCE = 4;

/**
 * Everyone, page by page as the file is read; or who a search finds, as the page does, with channels and last seen where the page shows them (Omni has
 * them per person only). A file's name says which, never whom.
 */
export const GET = csvRoute({
  scope: 'persons:read',
  params: personsParams,
  read: async ({ params, signal, timeZone, ...signed }) => {
    const { q } = params;
    const [t, hidden] = await Promise.all([translations('persons'), hiddenColumns('persons')]);
    const late = (['channels', 'last-seen'] as const).filter((column) => q && !hidden.includes(column));
    const walk = q
      ? found(signed, q, late.length > 0, signal)
      : params.blocked
        ? blocked(signed, pickOf(params, timeZone))
        : isPicked(params)
          ? picked(signed, pickOf(params, timeZone))
          : everyone(signed.omni, signal);
    const lines = await walkedLines(walk, ({ id, name, phone, email, createdAt, matchedBy, presence }) => [
      id,
      presence ? presence.name : name,
      phone && phoneForFile(phone.stored),
      email,
      ...late.map((column) => (presence ? presenceOf(presence, column, t) : t('failed'))),
      { moment: createdAt },
      matchedBy && t(`matched-by.${matchedBy}`),
    ]);
    const columns = ['id', 'name', 'phone', 'email', ...late, 'added', 'found_by'] as const;
    return lines.ok ? ok({ name: q ? 'people-search' : 'people', columns, lines: lines.value }) : lines;
  },
});

type Words = Awaited<ReturnType<typeof translations<'persons'>>>;

function presenceOf({ channels, seen }: PersonPresence, column: 'channels' | 'last-seen', t: Words): CsvCell {
  if (column === 'channels') return channels.join(', ');
  if (seen === 'never') return t('never');
  return seen === 'unknown' ? t('not-reported') : { moment: seen };
}

function everyone(omni: Omni, signal: AbortSignal): Walk {
  const read = async (query: { limit: number; cursor?: string }, stop: AbortSignal) => {
    const page = await listPersons(omni, query, stop);
    return page.ok ? ok({ rows: page.value.items.map(personRow), hasMore: page.value.meta.hasMore }) : page;
  };
  return walkPages(omni, read, signal);
}

/** The people at hand who fit the filters, in their order; it says so where the directory is not whole yet. */
async function* picked(signed: Signed, pick: PeoplePick): Walk {
  const opened = await openDirectory(peopleReader(signed));
  if (!opened.ok) return yield opened;
  const { people, state } = opened.value;
  const rows = pickIndexed(people, pick).map((person) => personRow(fieldsOf(person)));
  yield ok({ rows, unsure: !state.whole || state.crowded });
}

/** The people whom access rules block and who fit; it says so where not every rule could be resolved. */
async function* blocked({ omni, session }: Signed, pick: PeoplePick): Walk {
  const [rules, instances] = await Promise.all([accessRulesSnapshot(omni), instancesSnapshot(omni)]);
  if (!rules.ok) return yield rules;
  if (!instances.ok) return yield instances;
  const matchers = matchersOf(session.capabilities.generation);
  const read = {
    rules: rules.value,
    instances: instances.value,
    matchers,
    now: await rulesNow(omni, valueOf(rules.value)),
  };
  const { people, texts, allowlists } = await blockedPeople(omni, read, session.capabilities.generation);
  const rows = pickIndexed(people, pick).map((person) => personRow(fieldsOf(person)));
  yield ok({ rows, unsure: texts.some(({ whom }) => whom === 'not-all') || allowlists.length > 0 });
}

async function* found(signed: Signed, query: string, presence: boolean, signal: AbortSignal): Walk {
  let last;
  for await (const progress of searchBoth(peopleReader(signed), query, { signal, today: personTodayFor(signed) }))
    last = progress;
  if (!last) return;
  if (last.error) return yield err(last.error);
  const rows = last.hits.map(personRow);
  const unsure = last.incomplete || (last.total ?? 0) > rows.length;
  yield ok({ rows: presence ? await withPresence(signed.omni, rows, signal) : rows, unsure });
}

async function withPresence(omni: Omni, rows: readonly PersonRow[], signal: AbortSignal): Promise<Line[]> {
  const ids = rows.map(({ id }) => id);
  const answers = await fanOut(omni, ids, { concurrency: AT_ONCE, signal }, (id, stop) => getPresence(omni, id, stop));
  const cells = new Map(
    answers.flatMap((answer) => (answer.state === 'ok' ? [[answer.item, personPresence(answer.value)] as const] : [])),
  );
  return rows.map((row) => ({ ...row, presence: cells.get(row.id) ?? null }));
}
