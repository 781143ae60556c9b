import { peopleReader } from '#app/(console)/persons/people-reader.ts';
import { answerRoute } from '#lib/lookups/answer.ts';
import { directoryLookup } from '#lib/lookups/people.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { openDirectory } from '#lib/persons/people-index/directory.ts';

/** How far the directory has come, for a page that waits for it. */
export const GET = answerRoute({ lookup: directoryLookup, scope: 'persons:read', poll: true }, async (signed) => {
  const opened = await openDirectory(peopleReader(signed));
  return opened.ok ? opened.value.state : { problem: problemOf(opened.error).code };
});
