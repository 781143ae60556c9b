import { peopleReader } from '#app/(console)/persons/people-reader.ts';
import { personTodayFor } from '#app/(console)/persons/person-today.ts';
import { linesRoute } from '#lib/lookups/answer.ts';
import { personsLookup } from '#lib/lookups/people.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { listPersons } from '#lib/omni/resources/persons.ts';
import { searchBoth } from '#lib/persons/people-index/search-both.ts';
import { personRow } from '#lib/persons/directory/row.ts';

const NEWEST = 20;
const LONGEST_REST_MS = 1000;

/** The search while somebody types: the people at hand, then a line for each answer of Omni's; the newest people for an empty text. */
export const GET = linesRoute(
  { lookup: personsLookup, scope: 'persons:read' },
  async ({ query: { q, rest }, signal, ...signed }) =>
    async (send) => {
      if (!q) {
        const answer = await listPersons(signed.omni, { limit: NEWEST }, signal);
        const rows = answer.ok ? answer.value.items.map(personRow) : [];
        return send({ rows, pending: false, incomplete: false, ...(answer.ok ? {} : problemLine(answer.error)) });
      }
      const options = {
        signal,
        today: personTodayFor(signed),
        restMs: Math.min(Math.max(Number(rest) || 0, 0), LONGEST_REST_MS),
      };
      for await (const progress of searchBoth(peopleReader(signed), q, options)) {
        if (signal.aborted) return;
        const { hits, pending, error, ...known } = progress;
        send({ ...known, rows: hits.map(personRow), pending: pending > 0, ...(error ? problemLine(error) : {}) });
      }
    },
);

function problemLine(error: OmniError) {
  const { code, values } = problemOf(error);
  return { problem: code, values };
}
