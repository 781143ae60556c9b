import type { Overlap } from './rotate-rules.ts';

/** A key as a rotation looks at it. `gone`: deleted; `unseen`: it could not be looked at. Times in milliseconds. */
export type KeyFact = { is: 'active' | 'revoked'; end: number | null } | { is: 'gone' } | { is: 'unseen' };

/**
 * How the making of the new key went, by the journal: `none` nothing was begun; `running`; `stopped` it died or was stopped
 * and nobody looked yet; `failed` Omni refused it or it was seen not to have happened; `made`; `unfindable` it may exist,
 * and cannot be found.
 */
export type MintFact = 'none' | 'running' | 'stopped' | 'failed' | 'made' | 'unfindable';

export type RotationFacts = {
  mint: MintFact;
  acknowledged: boolean;
  old: KeyFact;
  fresh: KeyFact | null;
  /** Whether the old key's row says which key replaces it: the rotation gave it its end. */
  linked: boolean;
  now: number;
};

/**
 * Where a rotation stands. `not-made` no new key was made; `minting`; `stopped` look whether it was made; `unfindable`;
 * `unstored` nobody said yet that the new key is stored; `stored` the old key has no end yet; `overlap` it has one; `expired`
 * it ended by itself; `done` it is revoked or deleted, the new one lives; `cancelled` the new one ended, the old one lives;
 * `broken` neither lives; `unknown` something could not be looked at.
 */
export type RotationState =
  | 'not-made'
  | 'minting'
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

/** States nothing comes after: Omni can't take back what made them. */
export const ENDED: readonly RotationState[] = ['not-made', 'done', 'cancelled', 'broken'];

/** Where a rotation stands, from what Omni and the journal say now. Pure and total. */
export function rotationState({ mint, acknowledged, old, fresh, linked, now }: RotationFacts): RotationState {
  if (mint !== 'made') return UNMADE[mint];
  if (old.is === 'unseen' || fresh === null || fresh.is === 'unseen') return 'unknown';
  const freshLives = lives(fresh, now);
  if (old.is === 'gone' || old.is === 'revoked') return freshLives ? 'done' : 'broken';
  if (fresh.is !== 'active') return lives(old, now) ? 'cancelled' : 'broken';
  if (!freshLives) return lives(old, now) ? 'cancelled' : 'broken';
  if (!lives(old, now)) return 'expired';
  if (!acknowledged) return 'unstored';
  return linked && old.end !== null ? 'overlap' : 'stored';
}

const UNMADE = {
  none: 'not-made',
  running: 'minting',
  stopped: 'stopped',
  failed: 'not-made',
  unfindable: 'unfindable',
} as const;

function lives(key: KeyFact, now: number): boolean {
  return key.is === 'active' && (key.end === null || key.end > now);
}

/**
 * Whether the old key has been silent for so many minutes, and since when (milliseconds; null: never called). Unknown while
 * not every call could be looked at.
 */
export function silence(
  callers: { last: string | null; sure: boolean } | null,
  minutes: number,
  now: number,
): { silent: boolean | null; since: number | null } {
  if (!callers) return { silent: null, since: null };
  if (callers.last === null) return { silent: callers.sure ? true : null, since: null };
  const since = Date.parse(callers.last);
  return { silent: now - since >= minutes * 60_000, since };
}

/** A rotation's row: what was wanted and what somebody said; how it stands is Omni's to say. Times in milliseconds. */
export type RotationRow = {
  id: string;
  server: string;
  actor: string;
  who: string;
  keyName: string;
  oldKeyId: string;
  oldPrefix: string;
  /** When the old key would have ended without this. */
  oldEnd: number | null;
  newKeyId: string | null;
  newPrefix: string | null;
  overlap: Overlap;
  silentMinutes: number;
  createdAt: number;
  acknowledgedAt: number | null;
  closedAs: string | null;
  closedAt: number | null;
};
