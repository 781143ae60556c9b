import { env } from '#lib/env.ts';
import { answerRoute } from '#lib/lookups/answer.ts';
import { phoneLookup } from '#lib/lookups/people.ts';
import { phonePreview } from '#lib/persons/directory/phone-input.ts';

const LONGEST = 60;

/** What a typed phone will be stored as, or why it won't be, while somebody types: the rules of all countries stay on the server. */
export const GET = answerRoute({ lookup: phoneLookup, poll: true }, async ({ query: { q } }) =>
  phonePreview(q.slice(0, LONGEST), env().DEFAULT_PHONE_REGION),
);
