import { linesRoute } from '#lib/lookups/answer.ts';
import { personsLookup } from '#lib/lookups/people.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { personRow } from '#lib/persons/directory/row.ts';
import { searchPeople } from '#lib/persons/directory/search.ts';

/** The search while somebody types: a line for each answer of Omni's. */
export const GET = linesRoute({ lookup: personsLookup }, async ({ omni, query: { q }, signal }) => async (send) => {
  for await (const { hits, pending, incomplete, error } of searchPeople(omni, q, signal)) {
    if (signal.aborted) return;
    const problem = error ? { problem: problemOf(error).code } : {};
    send({ rows: hits.map(personRow), pending: pending > 0, incomplete, ...problem });
  }
});
