import { personTodayFor } from '#app/(console)/persons/person-today.ts';
import { linesRoute } from '#lib/lookups/answer.ts';
import { personsLookup } from '#lib/lookups/people.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { listPersons } from '#lib/omni/resources/persons.ts';
import { personRow } from '#lib/persons/directory/row.ts';
import { searchPeople } from '#lib/persons/directory/search.ts';

const NEWEST = 20;

/** The search while somebody types, a line for each answer of Omni's; the newest people for an empty text. */
export const GET = linesRoute(
  { lookup: personsLookup },
  async ({ query: { q }, signal, ...signed }) =>
    async (send) => {
      if (!q) {
        const answer = await listPersons(signed.omni, { limit: NEWEST }, signal);
        const rows = answer.ok ? answer.value.items.map(personRow) : [];
        return send({ rows, pending: false, incomplete: false, ...(answer.ok ? {} : problemLine(answer.error)) });
      }
      for await (const progress of searchPeople(signed.omni, q, { signal, today: personTodayFor(signed) })) {
        if (signal.aborted) return;
        const { hits, pending, incomplete, error } = progress;
        send({ rows: hits.map(personRow), pending: pending > 0, incomplete, ...(error ? problemLine(error) : {}) });
      }
    },
);

function problemLine(error: OmniError) {
  const { code, values } = problemOf(error);
  return { problem: code, values };
}
