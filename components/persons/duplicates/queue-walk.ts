import { queueKey } from '#components/shell/drafts/draft-storage.ts';
import type { PersonRow } from '#lib/persons/directory/row.ts';
import type { QueuedPair } from '#lib/persons/duplicates/queue.ts';

/** The pairs of the queue that one looked at last, and which one was open, of one actor; kept in memory only. */
let kept: { actor: string; pairs: readonly QueuedPair[]; open: string | null } | null = null;

/** Remembers the queue that a merge is opened from, and the pair that is open in it. */
export function keepQueue(actor: string, pairs: readonly QueuedPair[], open: string | null = null): void {
  kept = { actor, pairs, open };
}

/** The pair that was open, for who comes back; null where nothing is remembered. */
export function lastOpen(actor: string): string | null {
  return kept?.actor === actor ? kept.open : null;
}

/**
 * What follows in that queue once two people are merged: the pair after theirs, else the first of those that were skipped before it.
 * `next` is null where nothing is left; null is answered where the two are no pair of the queue.
 */
export function afterMerge(actor: string, survivor: string, duplicate: string): { next: QueuedPair | null } | null {
  if (kept?.actor !== actor) return null;
  const { pairs } = kept;
  const at = pairs.findIndex((pair) => has(pair, survivor) && has(pair, duplicate));
  if (at < 0) return null;
  // A pair with the duplicate is none any more.
  const left = [...pairs.slice(at + 1), ...pairs.slice(0, at)].filter((pair) => !has(pair, duplicate));
  return { next: left[0] ?? null };
}

/** Keeps in this tab what follows the merge of two people, by ids only: its page may be loaded again before or after it. */
export function keepAfterMerge(actor: string, survivor: string, duplicate: string): void {
  const after = afterMerge(actor, survivor, duplicate);
  if (!after) return;
  try {
    sessionStorage.setItem(queueKey(actor), `${together(survivor, duplicate)} ${after.next?.id ?? ''}`);
  } catch {
    // A browser that forbids storage forgets the queue with the page.
  }
}

/** The id of the pair that was kept to follow that merge; empty where nothing is left, null where none was kept. */
export function keptAfterMerge(actor: string, survivor: string, duplicate: string): string | null {
  try {
    const [pair, next = ''] = sessionStorage.getItem(queueKey(actor))?.split(' ') ?? [];
    return pair === together(survivor, duplicate) ? next : null;
  } catch {
    return null;
  }
}

const together = (...ids: string[]) => ids.toSorted().join('.');

const has = ({ one, other }: QueuedPair, id: string) => one.id === id || other.id === id;

/** The address of the queue, opened at a pair, by its id. */
export function queueAddress(pair: string | undefined): string {
  return pair ? `/persons/duplicates?pair=${pair}` : '/persons/duplicates';
}

/** What a person of a pair is called: the name, else a phone or an email. */
export function queuedName(row: PersonRow, noName: string): string {
  return row.name ?? row.phone?.text ?? row.phone?.stored ?? row.email ?? noName;
}
