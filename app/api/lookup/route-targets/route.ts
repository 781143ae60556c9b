import { peopleReader } from '#app/(console)/persons/people-reader.ts';
import { findTargets, NO_TARGETS } from '#app/(console)/routes/find-targets.ts';
import { answerRoute } from '#lib/lookups/answer.ts';
import { routeTargetsLookup } from '#lib/lookups/routes.ts';

/** Which chats and people a text finds at Omni, while somebody types. */
export const GET = answerRoute({ lookup: routeTargetsLookup }, async ({ omni, session, query: { q }, signal }) =>
  q ? findTargets(peopleReader({ omni, session }), session.scopes, q, signal) : NO_TARGETS,
);
