import { answerRoute } from '#lib/lookups/answer.ts';
import { duplicateLookup } from '#lib/lookups/people.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { comparePair } from '#lib/persons/duplicates/queue.ts';

/** Two people of the queue of duplicates, read when they are opened: the directory is for finding only. */
export const GET = answerRoute(
  { lookup: duplicateLookup, scope: 'persons:read' },
  async ({ omni, query: { one, other } }) => {
    const pair = await comparePair(readingFresh(omni), [one, other]);
    return pair.ok ? pair.value : { problem: problemOf(pair.error).code };
  },
);
