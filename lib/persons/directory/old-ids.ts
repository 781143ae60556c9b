import type { Entry } from '#lib/operations/journal/entry.ts';

/** An id that Omni deleted and the id it was merged into: `now` at the time, `today` after everything that happened since. */
export type OldId = { was: string; now: string; today: string };

/** The operations that delete an id, or create a new one for it. */
export const ID_OPERATIONS = [
  'persons.merge',
  'persons.merge-many',
  'persons.unlink-undo',
  'persons.merge-undo',
  'persons.merge-many-undo',
] as const;

/** The step of an undone merge whose result is a new id, and the old one; of several groups that of one of them. */
const NEW_PERSON = /^(?:\d+\/)?new-person:(.+)$/;

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
    case 'persons.unlink-undo':
      return done('merge') ? [{ was: String(input.fromPersonId), now: survivor }] : [];
    case 'persons.merge-undo':
    case 'persons.merge-many-undo':
      return steps.flatMap(({ id, state, result }) => {
        const [, was] = NEW_PERSON.exec(id) ?? [];
        return was !== undefined && state === 'done' ? [{ was, now: String(result) }] : [];
      });
    default:
      return mergesOf({ operation, body }).flatMap(({ steps: own, ...pair }) => (done(`${own}merge`) ? [pair] : []));
  }
}

/** Who is merged into whom by an entry, with what the ids of its steps begin with; of an entry that is no merge nobody. */
export function mergesOf({ operation, body }: Omit<Known, 'steps'>): { was: string; now: string; steps: string }[] {
  const input = (body.input ?? {}) as Record<string, unknown>;
  if (operation === 'persons.merge') return [{ was: String(input.duplicate), now: String(input.survivor), steps: '' }];
  if (operation !== 'persons.merge-many') return [];
  const pairs = [input, ...listIn(input.also)].flatMap(pairsIn);
  return pairs.map((pair, index) => ({ ...pair, steps: `${index}/` }));
}

/** Who is merged into whom in one group of an input; the steps count through all groups. */
function pairsIn(group: unknown): { was: string; now: string }[] {
  const { survivor, duplicates } = (group ?? {}) as Record<string, unknown>;
  return listIn(duplicates).map((was) => ({ was: String(was), now: String(survivor ?? '') }));
}

function listIn(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
