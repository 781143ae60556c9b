import { seenOr, type Seen } from '#lib/omni/seen.ts';
import type { Overlap } from './rotate-rules.ts';

/** A key's part in a rotation. `gone`: deleted. `expiresAt` in milliseconds. */
export type RotationKey = { is: 'active' | 'revoked'; expiresAt: number | null } | { is: 'gone' };

/**
 * How the creation of the new key went, by the journal: `none` it was not started; `running`; `stopped` the run died or was
 * stopped and nobody checked yet; `failed` Omni refused it or it certainly didn't happen; `created`; `unfindable` the key may
 * exist and can't be found.
 */
export type NewKeyState = 'none' | 'running' | 'stopped' | 'failed' | 'created' | 'unfindable';

export type RotationFacts = {
  newKey: NewKeyState;
  acknowledged: boolean;
  old: Seen<RotationKey>;
  /** Null while there is no new key. */
  fresh: Seen<RotationKey> | null;
  /** Whether the old key's description names the key that replaces it: the rotation set its expiry. */
  linked: boolean;
  now: number;
};

/**
 * Where a rotation stands. `not-created` there is no new key; `creating`; `stopped` somebody has to check whether it was created;
 * `unfindable`; `unstored` nobody confirmed yet that the new key, which works, is stored, whatever became of the old one; `stored` the
 * rotation has not set the old key's expiry yet; `overlap` it has; `expired` the old key has expired; `done` it is revoked or deleted, the new one works;
 * `cancelled` the new one is revoked or has expired, the old one works; `broken` neither works; `unknown` a key was not seen.
 */
export type RotationState =
  | 'not-created'
  | 'creating'
  | 'stopped'
  | 'unfindable'
  | 'unstored'
  | 'stored'
  | 'overlap'
  | 'expired'
  | 'done'
  | 'cancelled'
  | 'broken'
  | 'unknown';

/** States that can't change any more: Omni can't undo what led to them. */
export const FINAL_STATES: readonly RotationState[] = ['not-created', 'done', 'cancelled', 'broken'];

/** Where a rotation stands, from what Omni and the journal say now. Pure and total. */
export function stateOf({
  newKey,
  acknowledged,
  old: oldSeen,
  fresh: freshSeen,
  linked,
  now,
}: RotationFacts): RotationState {
  if (newKey !== 'created') return WITHOUT_NEW_KEY[newKey];
  const [old, fresh] = [seenOr(oldSeen, null), freshSeen && seenOr(freshSeen, null)];
  if (old === null || fresh === null) return 'unknown';
  const newKeyWorks = works(fresh, now);
  if (newKeyWorks && !acknowledged) return 'unstored';
  if (old.is === 'gone' || old.is === 'revoked') return newKeyWorks ? 'done' : 'broken';
  if (!newKeyWorks) return works(old, now) ? 'cancelled' : 'broken';
  if (!works(old, now)) return 'expired';
  return linked && old.expiresAt !== null ? 'overlap' : 'stored';
}

const WITHOUT_NEW_KEY = {
  none: 'not-created',
  running: 'creating',
  stopped: 'stopped',
  failed: 'not-created',
  unfindable: 'unfindable',
} as const;

/** Whether a key works at a moment, milliseconds. */
export function works(key: RotationKey, now: number): boolean {
  return key.is === 'active' && (key.expiresAt === null || key.expiresAt > now);
}

/** The ways a rotation ended that stay what they are, whatever is done with its keys later. */
const KEPT_ENDS: readonly RotationState[] = ['done', 'cancelled'];

/** What the page of a rotation tells: how it ended, where it was closed so; else where it stands now. Pure. */
export function shownState({ closedAs }: Pick<RotationRow, 'closedAs'>, now: RotationState): RotationState {
  if (closedAs === 'kept-both') return 'unknown';
  return KEPT_ENDS.find((state) => state === closedAs) ?? now;
}

/** What became of a key in a rotation that was cancelled; `unseen` where it could not be read. */
type CancelledKey = 'revoked' | 'gone' | 'expired' | 'works' | 'linked' | 'unseen';

/**
 * The two keys of a cancelled rotation as they are now. `linked`: the old one still expires when the rotation had it expire, since the new
 * one ended by other means than cancelling. Pure.
 */
export function cancelledKeys({ old, fresh, linked, now }: Pick<RotationFacts, 'old' | 'fresh' | 'linked' | 'now'>): {
  old: CancelledKey;
  fresh: CancelledKey;
} {
  const one = (seen: Seen<RotationKey> | null): CancelledKey => {
    const key = seen && seenOr(seen, null);
    if (!key) return 'unseen';
    return key.is !== 'active' ? key.is : works(key, now) ? 'works' : 'expired';
  };
  const key = seenOr(old, null);
  const stillExpires = linked && key?.is === 'active' && key.expiresAt !== null && works(key, now);
  return { old: stillExpires ? 'linked' : one(old), fresh: one(fresh) };
}

/** What a row lacks and can't change any more; empty where it lacks nothing. */
export type Settled<C> = { oldExpiresAt?: number | null; created?: C; closesAs?: RotationState };

/** So long the run that creates the key may be about to enter the journal; milliseconds. */
export const MAY_BEGIN_MS = 60_000;

type SettledFacts<C> = {
  state: RotationState;
  /** The key that the journal says was created. */
  created: C | undefined;
  /** Whether the journal has the run that creates the key. */
  begun: boolean;
  /** When the old key expires without the rotation, as far as is known. */
  oldExpiresAt: number | null;
  /** By the store's clock, by which the row was made. */
  storedNow: number;
};

/** What of a rotation can't change any more and its row does not say yet: what `reconcile` records. Pure. */
export function settledOf<C>(
  row: RotationRow,
  { state, created, begun, oldExpiresAt, storedNow }: SettledFacts<C>,
): Settled<C> {
  const open = row.closedAt === null;
  const waits = state === 'not-created' && !begun && storedNow - row.createdAt < MAY_BEGIN_MS;
  return {
    ...(open && oldExpiresAt !== row.oldExpiresAt ? { oldExpiresAt } : {}),
    ...(created && row.newKeyId === null ? { created } : {}),
    ...(open && FINAL_STATES.includes(state) && !waits ? { closesAs: state } : {}),
  };
}

/**
 * Whether a key had no requests for so many minutes, and since when at least (milliseconds; null: there is none on record). `quiet`
 * is null while requests were not read that far. `now`: Omni's clock.
 */
export function quietFor(
  use: { last: string | null; since: string | null } | null,
  minutes: number,
  now: number,
): { quiet: boolean | null; since: number | null } {
  if (!use) return { quiet: null, since: null };
  if (use.last === null && use.since === null) return { quiet: true, since: null };
  const since = Date.parse(use.last ?? use.since ?? '');
  const quiet = now - since >= minutes * 60_000;
  return use.last === null && !quiet ? { quiet: null, since: null } : { quiet, since };
}

/** A rotation's row in the store: what was chosen and confirmed; Omni says where it stands. Times in milliseconds. */
export type RotationRow = {
  id: string;
  server: string;
  actor: string;
  who: string;
  keyName: string;
  oldKeyId: string;
  oldPrefix: string;
  /** When the old key would have expired without the rotation. */
  oldExpiresAt: number | null;
  newKeyId: string | null;
  newPrefix: string | null;
  overlap: Overlap;
  quietMinutes: number;
  createdAt: number;
  acknowledgedAt: number | null;
  closedAs: string | null;
  closedAt: number | null;
};
