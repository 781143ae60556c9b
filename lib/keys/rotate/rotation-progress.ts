import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { omniNow } from '#lib/omni/resources/health.ts';
import { getKey } from '#lib/omni/resources/keys.ts';
import { keyHashOf, seeKey } from '#lib/omni/resources/own-key.ts';
import type { Result } from '#lib/omni/result.ts';
import type { Key } from '#lib/omni/schemas/keys.ts';
import { LATE, notSeenOf, seenOf, seenOr, valueOf, type Seen } from '#lib/omni/seen.ts';
import { statusOf, type Entry } from '#lib/operations/journal/entry.ts';
import { listEntries } from '#lib/operations/journal/list.ts';
import { deliveryOf, type Delivery } from '#lib/operations/journal/secrets-sent.ts';
import type { Check } from '#lib/operations/plan/define.ts';
import { noteSuccession } from '#lib/store/actors.ts';
import { storeNow } from '#lib/store/clock.ts';
import type { Store } from '#lib/store/database.ts';
import { useOfKey, type KeyUse } from '#lib/keys/requests/callers.ts';
import type { CreatedForRotation } from './create-for-rotation.ts';
import { checksOf } from './new-key.ts';
import { isReplacedBy } from './rotate-rules.ts';
import {
  MAY_BEGIN_MS,
  quietFor,
  settledOf,
  shownState,
  stateOf,
  type NewKeyState,
  type RotationKey,
  type RotationRow,
  type RotationState,
  type Settled,
} from './rotation-state.ts';
import { closeRotation, recordNewKey, recordOldExpiry, rotationsWithoutKey } from './rotations.ts';

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
  /** The old key's description names the new one: the rotation set its expiry. */
  linked: boolean;
  /** What was checked after the new key was created. */
  checks: Check[];
  old: Seen<RotationKey>;
  fresh: Seen<RotationKey> | null;
  use: Seen<KeyUse>;
  newUse: Seen<KeyUse> | null;
  quiet: boolean | null;
  quietSince: number | null;
  /** The row lacks what can't change any more (`reconcile`). */
  unrecorded: boolean;
};

/** After so long without requests a key counts as unused, unless something else was chosen; minutes. */
export const QUIET_MINUTES = 5;

/** What uses a key before its rotation begins; `now`: Omni's clock. Scope `keys:read`. */
export async function readUseBefore(omni: Omni, keyId: string, now: number): Promise<Seen<KeyUse>> {
  return seenOf(await useOfKey(omni, keyId, { now, since: now - QUIET_MINUTES * 60_000, pages: MOST_PAGES }));
}

/** The creation of a rotation's new key, by the journal. */
type Creation = { entry: Entry | undefined; created: CreatedForRotation | undefined; newKey: NewKeyState };

/** Where a rotation stands, and what of it its row has to say still. */
type StateRead = { state: RotationState; settled: Settled<CreatedForRotation> };

type KeysRead = StateRead & {
  old: Seen<RotationKey>;
  fresh: Seen<RotationKey> | null;
  own: boolean;
  linked: boolean;
  oldExpiresAt: number | null;
};

/**
 * Reads where a rotation stands, and writes nothing: the creation of the new key from the journal, both keys and their
 * integrations from Omni. Scope `keys:read`.
 */
export async function readRotationProgress(db: Store, omni: Omni, row: RotationRow): Promise<RotationProgress> {
  const [creation, now, checks] = await Promise.all([
    readCreation(db, row),
    omniNow(omni),
    checksOf(db, row.server, row.id),
  ]);
  const { entry, created } = creation;
  const newId = newKeyId(row, creation);
  const reading = { now, since: now - row.quietMinutes * 60_000, pages: MOST_PAGES };
  const [keys, use, newUse, delivery] = await Promise.all([
    readKeys(db, omni, row, creation, now),
    useOfKey(omni, row.oldKeyId, reading).then(seenOf),
    newId === null ? null : useOfKey(omni, newId, { ...reading, checks }).then(seenOf),
    newId === null ? ('unrecorded' as const) : deliveryOf(db, row.server, `key:${newId}`),
  ]);
  const { quiet, since } = quietFor(seenOr(use, null), row.quietMinutes, now);
  const { server: _server, actor: _actor, ...shown } = row;
  return {
    row: {
      ...shown,
      oldExpiresAt: keys.oldExpiresAt,
      newKeyId: newId,
      newPrefix: row.newPrefix ?? created?.prefix ?? null,
    },
    state: shownState(row, keys.state),
    now,
    createEntryId: entry?.id ?? null,
    delivered: row.acknowledgedAt !== null || arrived(delivery, entry, created),
    own: keys.own,
    linked: keys.linked,
    checks: entry?.body.receipt?.checks ?? [],
    old: keys.old,
    fresh: keys.fresh,
    use,
    newUse,
    quiet,
    quietSince: since,
    unrecorded: Object.keys(keys.settled).length > 0,
  };
}

/** The same without what uses the keys: what `reconcile` goes by. Scope `keys:read`. */
async function readState(db: Store, omni: Omni, row: RotationRow): Promise<StateRead> {
  const [creation, now] = await Promise.all([readCreation(db, row), omniNow(omni)]);
  return readKeys(db, omni, row, creation, now);
}

/** What the journal alone tells of a rotation: `unknown` once it has a new key, which only Omni can tell of. */
async function stateInJournal(db: Store, row: RotationRow): Promise<StateRead> {
  const creation = await readCreation(db, row);
  const { newKey, entry } = creation;
  const state = stateOf({ newKey, acknowledged: false, old: LATE, fresh: null, linked: false, now: 0 });
  const facts = { state, created: undefined, begun: entry !== undefined, oldExpiresAt: row.oldExpiresAt };
  return { state, settled: settledOf<CreatedForRotation>(row, { ...facts, storedNow: await storeNow(db) }) };
}

async function readKeys(db: Store, omni: Omni, row: RotationRow, creation: Creation, now: number): Promise<KeysRead> {
  const { entry, created, newKey } = creation;
  const newId = newKeyId(row, creation);
  const [seen, newest, storedNow] = await Promise.all([
    seeKey(omni, row.oldKeyId),
    newId === null ? null : getKey(omni, newId),
    storeNow(db),
  ]);
  const linked = seen.ok && newId !== null && isReplacedBy(seen.value.key, newId);
  const oldExpiresAt = seen.ok && !linked ? expiryOf(seen.value.key) : row.oldExpiresAt;
  const old = rotationKey(seen.ok ? { ok: true, value: seen.value.key } : seen);
  const fresh = newest && rotationKey(newest);
  const state = stateOf({ newKey, acknowledged: row.acknowledgedAt !== null, old, fresh, linked, now });
  const settled = settledOf(row, { state, created, begun: entry !== undefined, oldExpiresAt, storedNow });
  return { state, settled, old, fresh, own: seen.ok && seen.value.own, linked, oldExpiresAt };
}

async function readCreation(db: Store, row: RotationRow): Promise<Creation> {
  const [entry] = await listEntries(
    db,
    { server: row.server, actor: row.actor, scopes: ['*'] },
    { subject: `rotation:${row.id}`, operation: 'keys.create-for-rotation' },
    1,
  );
  const [create] = entry?.steps ?? [];
  const created = create?.state === 'done' ? (create.result as CreatedForRotation | undefined) : undefined;
  const inJournal = newKeyState(entry);
  const none = row.newKeyId === null && created === undefined;
  return { entry, created, newKey: none || inJournal === 'running' ? inJournal : 'created' };
}

function newKeyId(row: RotationRow, { created }: Creation): string | null {
  return row.newKeyId ?? created?.id ?? null;
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

function rotationKey(answer: Result<Key, OmniError>): Seen<RotationKey> {
  if (answer.ok)
    return valueOf({ is: answer.value.status === 'active' ? 'active' : 'revoked', expiresAt: expiryOf(answer.value) });
  return answer.error.kind === 'not_found' ? valueOf({ is: 'gone' }) : notSeenOf(answer.error);
}

function expiryOf({ expiresAt }: Key): number | null {
  return expiresAt === null ? null : Date.parse(expiresAt);
}

/** The key's page waits meanwhile; milliseconds. */
const HASHES_WITHIN = 1_500;

/**
 * Records in a rotation's row what can't change any more: which key was created, when the old one expires without the rotation, and
 * how the rotation ended; answers where it stands. For actions and upkeep, never for a read. Without `omni`, which upkeep has not (the
 * console has no key of its own), the journal alone is read, and only a rotation that certainly created nothing is closed. Scope
 * `keys:read`.
 */
export async function reconcile(db: Store, omni: Omni | null, row: RotationRow): Promise<RotationState> {
  const { state, settled } = omni ? await readState(db, omni, row) : await stateInJournal(db, row);
  const { oldExpiresAt, created, closesAs } = settled;
  if (oldExpiresAt !== undefined) await recordOldExpiry(db, row.id, oldExpiresAt);
  if (created && omni) await recordCreated(db, omni, row, created);
  if (closesAs) await closeRotation(db, row.id, closesAs, Date.now());
  return state;
}

/** Closes the rotations, of every server, that certainly created no key; answers how many. */
export async function reconcileAbandoned(db: Store): Promise<number> {
  const open = await rotationsWithoutKey(db, (await storeNow(db)) - MAY_BEGIN_MS);
  let closed = 0;
  for (const row of open) if ((await reconcile(db, null, row)) === 'not-created') closed += 1;
  return closed;
}

/** Records which key a rotation created, and, where Omni answers both hashes, that it succeeds the old one in Activity. */
export async function recordCreated(
  db: Store,
  omni: Omni,
  row: Pick<RotationRow, 'id' | 'server' | 'oldKeyId'>,
  created: { id: string; prefix: string },
): Promise<void> {
  const [old, fresh] = await Promise.all([row.oldKeyId, created.id].map((id) => keyHashOf(omni, id, HASHES_WITHIN)));
  if (old?.ok && fresh?.ok) await noteSuccession(db, row.server, { fresh: fresh.value, old: old.value });
  await recordNewKey(db, row.id, created);
}
