import type { Entry } from '#lib/operations/journal/entry.ts';

/** An id that Omni deleted and the id it was merged into: `now` at the time, `today` after everything that happened since. */
export type OldId = { was: string; now: string; today: string };

/** The operations that delete an id, or create a new one for it. */
export const ID_OPERATIONS = [
  'persons.merge',
  'persons.merge-many',
  'persons.unlink-undo',
  'persons.merge-undo',
] as const;

/** How the steps of an undone merge begin whose result is a new id; the rest of the step's id is the old one. */
const NEW_PERSON = 'new-person:';

type Known = Pick<Entry, 'operation' | 'steps'> & { body: Pick<Entry['body'], 'input'> };

/**
 * Follows ids through merges and their undos. Entries come newest first, as they are listed, so that what happened later is known
 * already. Answers the ids that an entry's done steps deleted or replaced.
 */
export function createOldIds(): (entry: Known) => OldId[] {
  const later = new Map<string, string>();
  return (entry) => {
    const pairs = replacedIds(entry).map(({ was, now }) => ({
      was,
      now,
      today: later.get(was) ?? later.get(now) ?? now,
    }));
    for (const { was, today } of pairs) later.set(was, today);
    return pairs;
  };
}

/** The ids that the done steps of an entry deleted or replaced, and what each is now. */
export function replacedIds({ operation, steps, body }: Known): { was: string; now: string }[] {
  const done = (id: string) => steps.find((step) => step.id === id && step.state === 'done');
  const input = (body.input ?? {}) as Record<string, unknown>;
  const survivor = String(input.survivor ?? input.toPersonId ?? '');
  switch (operation) {
    case 'persons.merge':
      return done('merge') ? [{ was: String(input.duplicate), now: survivor }] : [];
    case 'persons.unlink-undo':
      return done('merge') ? [{ was: String(input.fromPersonId), now: survivor }] : [];
    case 'persons.merge-many':
      return (Array.isArray(input.duplicates) ? input.duplicates : []).flatMap((was, index) =>
        done(`${index}/merge`) ? [{ was: String(was), now: survivor }] : [],
      );
    case 'persons.merge-undo':
      return steps.flatMap(({ id, state, result }) =>
        id.startsWith(NEW_PERSON) && state === 'done'
          ? [{ was: id.slice(NEW_PERSON.length), now: String(result) }]
          : [],
      );
    default:
      return [];
  }
}
