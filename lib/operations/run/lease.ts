import 'server-only';
import { storeNow } from '#lib/store/clock.ts';
import type { Store } from '#lib/store/database.ts';
import { HELD } from '#lib/operations/journal/entry.ts';
import { holdHere } from '#lib/store/live-holds.ts';
import { steadyNow } from './steady-clock.ts';

/** How long a run may go without a heartbeat before somebody else may take it over, and how often it sends one; milliseconds. */
export type Lease = { holdMs: number; beatMs: number };
export const LEASE: Lease = { holdMs: 15_000, beatMs: 4_000 };

/** Thrown when a run no longer holds its entry: somebody continued it, or may have. Nothing more may be sent. */
export class FencedOut extends Error {
  override name = 'FencedOut';
}

/** Who does a step: the actor in clear, the name sealed. */
export type Doer = { actor: string; who: string };

/**
 * A run's hold on its entry. The fence says which run holds the entry: everything a run writes asks for it. The lease says until
 * when nobody else may take it, by the store's clock; a run that could not renew it in time, by this process's steady clock, sends
 * nothing more, whatever the store says. `claimedAt` and `renewed` are moments of `steadyNow`, read before the store was asked.
 */
export class EntryHold {
  readonly db: Store;
  readonly id: string;
  readonly fence: number;
  readonly lease: Lease;
  readonly doer: Doer;
  #until: number;
  #taken = false;
  #heldBack = false;
  readonly #heart: NodeJS.Timeout;
  readonly #leave: () => void;

  constructor(db: Store, entry: { id: string; fence: number }, doer: Doer, lease: Lease, claimedAt: number) {
    this.db = db;
    this.id = entry.id;
    this.fence = entry.fence;
    this.lease = lease;
    this.doer = doer;
    this.#until = claimedAt + lease.holdMs;
    this.#heart = setInterval(() => void this.#beat(), lease.beatMs);
    this.#heart.unref();
    this.#leave = holdHere(entry.id);
  }

  /** Whether nothing may be sent any more: the entry was taken over, or its lease ran out unrenewed. */
  get lost(): boolean {
    return this.#taken || steadyNow() >= this.#until;
  }

  /** What the door asks right before the first byte of each write of the run. */
  readonly mayStillSend = (): boolean => {
    if (this.lost) this.#heldBack = true;
    return !this.#heldBack;
  };

  /** Whether the door held back a write of this run. */
  get heldBack(): boolean {
    return this.#heldBack;
  }

  /** The store has the lease until `at` plus its length. */
  renewed(at: number): void {
    this.#until = Math.max(this.#until, at + this.lease.holdMs);
  }

  /** Ends the heartbeat; from now on this process does not work on the entry. */
  end(): void {
    clearInterval(this.#heart);
    this.#leave();
  }

  async #beat(): Promise<void> {
    const asked = steadyNow();
    try {
      if (await beat(this.db, this)) this.renewed(asked);
      else this.#taken = true;
    } catch {
      // The store is away: the lease runs out by itself.
    }
  }
}

/** Renews the lease. False when the entry was taken over or has ended. */
export async function beat(db: Store, hold: Pick<EntryHold, 'id' | 'fence' | 'lease'>): Promise<boolean> {
  const now = await storeNow(db);
  const renewed = await db
    .updateTable('operations')
    .set({ lease_until: now + hold.lease.holdMs })
    .where('id', '=', hold.id)
    .where('fence', '=', hold.fence)
    .where('status', 'in', HELD)
    .executeTakeFirst();
  return renewed.numUpdatedRows === 1n;
}

/** Whether somebody asked a run to stop. */
export async function stopAsked({ db, id }: Pick<EntryHold, 'db' | 'id'>): Promise<boolean> {
  const row = await db.selectFrom('operations').select('stop_requested').where('id', '=', id).executeTakeFirst();
  return row?.stop_requested === 1;
}

/** Asks a run to stop before its next step. False when it is not running. */
export async function requestStop(db: Store, id: string): Promise<boolean> {
  const asked = await db
    .updateTable('operations')
    .set({ stop_requested: 1 })
    .where('id', '=', id)
    .where('status', 'in', ['checking', 'running'])
    .executeTakeFirst();
  return asked.numUpdatedRows === 1n;
}
