import 'server-only';
import { processWide } from '#lib/process-wide.ts';
import type { Kysely } from 'kysely';
import { storeFileOf } from './store-file.ts';
import type { Tables } from './tables.ts';

/** Next may load this module twice; what the process holds is one list. */
const shared = () => processWide('live-holds', () => ({ holds: new Map<string, number>() }));
const holds = (): Map<string, number> => shared().holds;

/** Records that this process works on a row, under its id, until the answered function is called. */
export function holdHere(id: string): () => void {
  const mine = holds();
  mine.set(id, (mine.get(id) ?? 0) + 1);
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    const others = (mine.get(id) ?? 1) - 1;
    if (others > 0) mine.set(id, others);
    else mine.delete(id);
  };
}

/**
 * Whether this process works on a row of a SQLite store, whatever the row's lease says: the machine's clock may have jumped.
 * Never on PostgreSQL, whose clock decides: a process that could not renew its lease there has lost it.
 */
export function heldHere(db: Kysely<Tables>, id: string): boolean {
  return storeFileOf(db) !== undefined && holds().has(id);
}

/** The ids of all rows this process works on, if the store is SQLite's. */
export function allHeldHere(db: Kysely<Tables>): string[] {
  return storeFileOf(db) === undefined ? [] : [...holds().keys()];
}
