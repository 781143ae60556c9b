import 'server-only';
import { getKey } from '#lib/omni/resources/keys.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { seenOf, type Seen } from '#lib/omni/seen.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { seeKey } from '#lib/omni/resources/own-key.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { Key } from '#lib/omni/schemas/keys.ts';
import type { Check } from '#lib/operations/plan/define.ts';
import { statusOf, type Entry } from '#lib/operations/journal/entry.ts';
import { listEntries } from '#lib/operations/journal/list.ts';
import { deliveryOf, type Delivery } from '#lib/operations/journal/secrets-sent.ts';
import { storeNow } from '#lib/store/clock.ts';
import type { Store } from '#lib/store/database.ts';
import { useOfKey, type KeyUse } from '#lib/keys/requests/callers.ts';
import type { CreatedForRotation } from './create-for-rotation.ts';
import { omniNow } from './omni-clock.ts';
import { checksOf } from './checks.ts';
import { isReplacedBy } from './rotate-rules.ts';
import {
  FINAL_STATES,
  quietFor,
  rotationState,
  type RotationKey,
  type NewKeyState,
  type RotationRow,
  type RotationState,
} from './rotation-state.ts';
import { recordCreated } from './record-created.ts';
import { closeRotation, recordOldExpiry } from './rotations.ts';

/** How many pages of a hundred requests are read to find one that is not the reader's own. */
const MOST_PAGES = 10;

/** Where a rotation stands, as its page shows it; times in milliseconds, `now` by Omni's clock. */
export type RotationProgress = {
  row: Omit<RotationRow, 'server' | 'actor'>;
  state: RotationState;
  now: number;
  createEntryId: string | null;
  /** Whether the text of the new key may have reached a page. False: nobody can ever have read it. */
  delivered: boolean;
  /** This session is signed in with the old key. */
  own: boolean;
  /** What was checked after the new key was created. */
  checks: Check[];
  old: RotationKey;
  fresh: RotationKey | null;
  use: Seen<KeyUse>;
  newUse: Seen<KeyUse> | null;
  quiet: boolean | null;
  quietSince: number | null;
  /** The row lacks what can't change any more (`reconcileRotation`). */
  unrecorded: boolean;
  problem: { code: string; values: Record<string, string | number> } | null;
};

/**
 * Reads where a rotation stands, and writes nothing: the creation of the new key from the journal, both keys and their
 * integrations from Omni. Scope `keys:read`.
 */
export async function readRotationProgress(db: Store, omni: Omni, row: RotationRow): Promise<RotationProgress> {
  return (await readWithCertain(db, omni, row)).progress;
}

/**
 * The same, and records in the row what can't change any more: which key was created, when the old one expires without the
 * rotation, and how the rotation ended. For actions only; a rotation that nobody looks at stays in progress in the store, since the
 * console has no key of its own to read Omni with. Scope `keys:read`.
 */
export async function reconcileRotation(db: Store, omni: Omni, row: RotationRow): Promise<RotationProgress> {
  const { progress, certain } = await readWithCertain(db, omni, row);
  const { oldExpiresAt, created, closesAs } = certain;
  if (oldExpiresAt !== undefined) await recordOldExpiry(db, row.id, oldExpiresAt);
  if (created) await recordCreated(db, omni, row, created);
  if (closesAs) await closeRotation(db, row.id, closesAs, Date.now());
  return { ...progress, unrecorded: false };
}

async function readWithCertain(
  db: Store,
  omni: Omni,
  row: RotationRow,
): Promise<{ progress: RotationProgress; certain: Certain }> {
  const [entry] = await listEntries(
    db,
    { server: row.server, actor: row.actor, scopes: ['*'] },
    { subject: `rotation:${row.id}`, operation: 'keys.create-for-rotation' },
    1,
  );
  const created =
    entry?.steps[0]?.state === 'done' ? (entry.steps[0].result as CreatedForRotation | undefined) : undefined;
  const newId = row.newKeyId ?? created?.id ?? null;
  const [now, checks] = await Promise.all([omniNow(omni), checksOf(db, row.server, row.id)]);
  const reading = { now, since: now - row.quietMinutes * 60_000, pages: MOST_PAGES, checks };
  const [seen, fresh, use, newUse, delivery] = await Promise.all([
    seeKey(omni, row.oldKeyId),
    newId === null ? null : getKey(omni, newId),
    useOfKey(omni, row.oldKeyId, reading),
    newId === null ? null : useOfKey(omni, newId, reading),
    newId === null ? ('unrecorded' as const) : deliveryOf(db, row.server, `key:${newId}`),
  ]);
  const old = seen.ok ? ok(seen.value.key) : seen;
  const linked = old.ok && newId !== null && isReplacedBy(old.value, newId);
  const oldExpiresAt = old.ok && !linked ? expiryOf(old.value) : row.oldExpiresAt;
  const inJournal = newKeyState(entry);
  const state = rotationState({
    newKey: newId === null || inJournal === 'running' ? inJournal : 'created',
    acknowledged: row.acknowledgedAt !== null,
    old: rotationKey(old),
    fresh: fresh && rotationKey(fresh),
    linked,
    now,
  });
  const named = { ...row, oldExpiresAt, newKeyId: newId, newPrefix: row.newPrefix ?? created?.prefix ?? null };
  const certain = certainOf(row, { created, state, entry, oldExpiresAt }, await storeNow(db));
  const failed = [old, fresh, use].find((answer) => answer && !answer.ok && answer.error.kind !== 'not_found');
  const { quiet, since } = quietFor(use.ok ? use.value : null, row.quietMinutes, now);
  const { server: _server, actor: _actor, ...shown } = named;
  const progress: RotationProgress = {
    row: shown,
    state: row.closedAs === 'kept-both' ? 'unknown' : state,
    now,
    createEntryId: entry?.id ?? null,
    delivered: row.acknowledgedAt !== null || arrived(delivery, entry, created),
    own: seen.ok && seen.value.own,
    checks: entry?.body.receipt?.checks ?? [],
    old: rotationKey(old),
    fresh: fresh && rotationKey(fresh),
    use: seenOf(use),
    newUse: newUse && seenOf(newUse),
    quiet,
    quietSince: since,
    unrecorded: Object.keys(certain).length > 0,
    problem: failed && !failed.ok ? problemOf(failed.error) : null,
  };
  return { progress, certain };
}

/** What a row lacks and can't change any more; nothing is there where it lacks nothing. */
type Certain = { oldExpiresAt?: number | null; created?: CreatedForRotation; closesAs?: RotationState };

type SeenForRow = {
  created: CreatedForRotation | undefined;
  state: RotationState;
  entry: Entry | undefined;
  oldExpiresAt: number | null;
};

/** `storedNow`: the store's clock, by which the row was made. */
function certainOf(row: RotationRow, { created, state, entry, oldExpiresAt }: SeenForRow, storedNow: number): Certain {
  const open = row.closedAt === null;
  // The run that creates the key may be about to enter the journal.
  const waits = state === 'not-created' && entry === undefined && storedNow - row.createdAt < 60_000;
  return {
    ...(open && oldExpiresAt !== row.oldExpiresAt ? { oldExpiresAt } : {}),
    ...(created && row.newKeyId === null ? { created } : {}),
    ...(open && FINAL_STATES.includes(state) && !waits ? { closesAs: state } : {}),
  };
}

/**
 * Whether the text of the new key may have reached its page: the page said so, or the run that created the key lived to its end with
 * the text in hand and the page has time left to say it.
 */
function arrived(delivery: Delivery, entry: Entry | undefined, created: CreatedForRotation | undefined): boolean {
  if (delivery === 'shown' || delivery === 'unconfirmed') return delivery === 'shown';
  const [, prove] = entry?.steps ?? [];
  return created?.delivered === true && prove?.state === 'done' && Boolean(prove.result);
}

/** How the creation of the new key went, by its entry in the journal. */
function newKeyState(entry: Entry | undefined): NewKeyState {
  if (!entry) return 'none';
  const status = statusOf(entry);
  if (status === 'checking' || status === 'running') return 'running';
  const [create] = entry.steps;
  if (status === 'unconfirmed') return 'unfindable';
  const givenUp = create?.problem?.code === 'never_confirmed';
  if (status === 'interrupted') return create?.state === 'unknown' && !givenUp ? 'unfindable' : 'stopped';
  if (status === 'stopped') return create === undefined || create.state === 'planned' ? 'failed' : 'stopped';
  return 'failed';
}

function rotationKey(answer: Result<Key, OmniError>): RotationKey {
  if (!answer.ok) return { is: answer.error.kind === 'not_found' ? 'gone' : 'unknown' };
  return { is: answer.value.status === 'active' ? 'active' : 'revoked', expiresAt: expiryOf(answer.value) };
}

function expiryOf({ expiresAt }: Key): number | null {
  return expiresAt === null ? null : Date.parse(expiresAt);
}
