import 'server-only';
import { cache } from 'react';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPresence } from '#lib/omni/resources/persons.ts';
import type { Result } from '#lib/omni/result.ts';
import { routesOfPerson, type PersonRoutes } from '#lib/routes/list/of-person.ts';
import type { VerdictReader } from '#lib/routes/verdict/read-verdict.ts';

/**
 * Who answers a person on each of their identities, and the routes that name the person: read once a render, since the head of the
 * record and its part say the same. Omni's error where the identities or the instances could not be read.
 */
export const whoAnswers = cache(
  async (omni: Omni, reader: VerdictReader, id: string): Promise<Result<PersonRoutes, OmniError>> => {
    const presence = await getPresence(omni, id);
    if (!presence.ok) return presence;
    return routesOfPerson(omni, reader, presence.value.person, presence.value.identities);
  },
);
