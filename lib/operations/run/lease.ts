import 'server-only';
import type { Store } from '#lib/store/database.ts';
import { HELD } from '#lib/operations/journal/entry.ts';

/** How long a run may go without a heartbeat before somebody else may take it over, and how often it sends one; milliseconds. */
export type Lease = { holdMs: number; beatMs: number };
export const LEASE: Lease = { holdMs: 15_000, beatMs: 4_000 };

/** Thrown when another run holds the entry now: somebody continued it. Nothing more may be sent. */
export class FencedOut extends Error {
  override name = 'FencedOut';
}

/** Who does a step: the actor in clear, the name sealed. */
export type Doer = { actor: string; who: string };

/**
 * A run's hold on its entry. The fence says which run holds the entry: everything a run writes asks for it. The lease says until
 * when nobody else may take it; a run that could not renew it in time sends nothing more, whatever the store says.
 */
export class EntryHold {
  readonly db: Store;
  readonly id: string;
  readonly fence: number;
  readonly lease: Lease;
  readonly doer: Doer;
  #until: number;
  #taken = false;
  readonly #heart: NodeJS.Timeout;

  constructor(db: Store, entry: { id: string; fence: number }, doer: Doer, lease: Lease, claimedAt: number) {
    this.db = db;
    this.id = entry.id;
    this.fence = entry.fence;
    this.lease = lease;
    this.doer = doer;
    this.#until = claimedAt + lease.holdMs;
    this.#heart = setInterval(() => void this.#beat(), lease.beatMs);
    this.#heart.unref();
  }

  /** Whether nothing may be sent any more: the entry was taken over, or its lease ran out unrenewed. */
  get lost(): boolean {
    return this.#taken || Date.now() >= this.#until;
  }

  /** The store has the lease until `at` plus its length. */
  renewed(at: number): void {
    this.#until = Math.max(this.#until, at + this.lease.holdMs);
  }

  /** Ends the heartbeat. */
  end(): void {
    clearInterval(this.#heart);
  }

  async #beat(): Promise<void> {
    const now = Date.now();
    try {
      if (await beat(this.db, this, now)) this.renewed(now);
      else this.#taken = true;
    } catch {
      // The store is away: the lease runs out by itself.
    }
  }
}

/** Renews the lease. False when the entry was taken over or has ended. */
export async function beat(db: Store, hold: Pick<EntryHold, 'id' | 'fence' | 'lease'>, now: number): Promise<boolean> {
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
