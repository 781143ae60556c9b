import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Result } from '#lib/omni/result.ts';
import type { Person, PersonPage } from '#lib/omni/schemas/persons.ts';
import { processWide } from '#lib/process-wide.ts';

/**
 * What an answer of Omni's says about people. `page`: rows of the list, the newest ones where `first`; `asked` is when it was asked
 * for (`performance.now`). `person`: one as Omni has it now. `gone`: Omni has none of that id. `changed`: a change whose whole effect
 * its answer does not tell. `refused`: this key may not read people.
 */
export type PeopleHeard =
  | { is: 'page'; asked: number; first: boolean; page: PersonPage }
  | { is: 'person'; person: Person }
  | { is: 'gone'; id: string }
  | { is: 'changed' }
  | { is: 'refused' };

type Listener = (omni: Omni, heard: PeopleHeard) => void;

const ears = () => processWide('people-heard', () => ({ listener: undefined as Listener | undefined }));

/** Who hears what passes through; one for the whole process. */
export function listenToPeople(listener: Listener): void {
  ears().listener = listener;
}

/** Tells what an answer says, and answers it unchanged. A refusal is told whatever was asked for. */
export function reportPeople<T>(
  omni: Omni,
  answer: Result<T, OmniError>,
  says: (value: T) => PeopleHeard[],
): Result<T, OmniError> {
  const report = ears().listener;
  if (!report) return answer;
  if (answer.ok) for (const heard of says(answer.value)) report(omni, heard);
  else if (answer.error.kind === 'unauthorized' || answer.error.kind === 'forbidden') report(omni, { is: 'refused' });
  return answer;
}
