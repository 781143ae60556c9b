import type { Entry } from '#lib/operations/journal/entry.ts';

/** An id that Omni forgot and who has its place: `now` at the time, `today` after everything that happened since. */
export type OldId = { was: string; now: string; today: string };

/** The operations that let an id go. */
export const ID_OPERATIONS = ['persons.merge', 'persons.merge-many', 'persons.put-back', 'persons.unmerge'] as const;

type Known = Pick<Entry, 'operation' | 'steps'> & { body: Pick<Entry['body'], 'input'> };

/**
 * Follows ids through joins and what took them back. Entries are told newest first, as they are listed, so that what happened later is
 * known: each answers the ids it let go, only those whose step is done.
 */
export function createOldIds(): (entry: Known) => OldId[] {
  const later = new Map<string, string>();
  return (entry) => {
    const pairs = pairsOf(entry).map(({ was, now }) => ({ was, now, today: later.get(was) ?? later.get(now) ?? now }));
    for (const { was, today } of pairs) later.set(was, today);
    return pairs;
  };
}

function pairsOf({ operation, steps, body }: Known): { was: string; now: string }[] {
  const done = (id: string) => steps.find((step) => step.id === id && step.state === 'done');
  const input = (body.input ?? {}) as Record<string, unknown>;
  const stays = String(input.stays ?? input.toPersonId ?? '');
  switch (operation) {
    case 'persons.merge':
      return done('merge') ? [{ was: String(input.goes), now: stays }] : [];
    case 'persons.put-back':
      return done('merge') ? [{ was: String(input.fromPersonId), now: stays }] : [];
    case 'persons.merge-many':
      return (Array.isArray(input.goes) ? input.goes : []).flatMap((was, index) =>
        done(`${index}/merge`) ? [{ was: String(was), now: stays }] : [],
      );
    case 'persons.unmerge':
      return steps.flatMap(({ id, state, result }) =>
        id.startsWith('first:') && state === 'done' ? [{ was: id.slice('first:'.length), now: String(result) }] : [],
      );
    default:
      return [];
  }
}
