import { useSyncExternalStore } from 'react';
import type { PersonRow } from '#lib/persons/directory/row.ts';

/** The rows of the list that one looked at last, of one actor; kept in memory only. */
let kept: { actor: string; rows: readonly PersonRow[] } | null = null;

/** Remembers the list that records are opened from. */
export function keepWalk(actor: string, rows: readonly PersonRow[]): void {
  kept = { actor, rows };
}

/** Where a person stands in that list, and who is before and after; null where they are not in it, or alone. */
export type Walk = { at: number; total: number; previous: PersonRow | null; next: PersonRow | null };

export function walkAround(actor: string, id: string): Walk | null {
  if (kept?.actor !== actor || kept.rows.length < 2) return null;
  const { rows } = kept;
  const index = rows.findIndex((row) => row.id === id);
  if (index < 0) return null;
  return { at: index + 1, total: rows.length, previous: rows[index - 1] ?? null, next: rows[index + 1] ?? null };
}

/** The same once the page is alive: the server knows of no list. */
export function useWalk(actor: string, id: string): Walk | null {
  const alive = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return alive ? walkAround(actor, id) : null;
}

const never = () => () => undefined;
