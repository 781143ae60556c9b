import 'server-only';
import { getKey } from '#lib/omni/resources/keys.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { seeKey } from '#lib/omni/resources/own-key.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { Key } from '#lib/omni/schemas/keys.ts';
import type { Check } from '#lib/operations/plan/define.ts';
import { statusOf, type Entry } from '#lib/operations/journal/entry.ts';
import { listEntries } from '#lib/operations/journal/list.ts';
import type { Store } from '#lib/store/database.ts';
import { callersOf, type Callers } from './rotation-callers.ts';
import type { Minted } from './create-for-rotation.ts';
import { omniNow } from './omni-clock.ts';
import { isReplacedBy } from './rotate-rules.ts';
import {
  ENDED,
  rotationState,
  silence,
  type KeyFact,
  type MintFact,
  type RotationRow,
  type RotationState,
} from './rotation-state.ts';
import { noteMade } from './record-created.ts';
import { closeRotation, noteOldEnd } from './rotations.ts';

/** A rotation as its board shows it; times in milliseconds, `now` by Omni's clock. */
export type Board = {
  row: Omit<RotationRow, 'server' | 'actor'>;
  state: RotationState;
  now: number;
  mintEntry: string | null;
  /** Whether the text of the new key may have come to a page. False: nobody can ever have read it. */
  seen: boolean;
  /** This session calls with the old key. */
  own: boolean;
  /** What was looked at after the new key was made, its proof above all. */
  checks: Check[];
  old: KeyFact;
  fresh: KeyFact | null;
  callers: Callers | null;
  newCallers: Callers | null;
  silent: boolean | null;
  silentSince: number | null;
  problem: { code: string; values: Record<string, string | number> } | null;
};

/**
 * Looks at a rotation: its making by the journal, both keys and their callers by Omni. Notes in its row what is certain
 * for good: which key was made, and that it ended. Scope `keys:read`.
 */
export async function rotationBoard(db: Store, omni: Omni, row: RotationRow): Promise<Board> {
  const [entry] = await listEntries(
    db,
    { server: row.server, actor: row.actor, scopes: ['*'] },
    { subject: `rotation:${row.id}`, operation: 'keys.mint' },
    1,
  );
  const made = entry?.steps[0]?.state === 'done' ? (entry.steps[0].result as Minted | undefined) : undefined;
  const newId = row.newKeyId ?? made?.id ?? null;
  const [seen, fresh, callers, newCallers, now] = await Promise.all([
    seeKey(omni, row.oldKeyId),
    newId === null ? null : getKey(omni, newId),
    callersOf(omni, row.oldKeyId),
    newId === null ? null : callersOf(omni, newId),
    omniNow(omni),
  ]);
  const old = seen.ok ? ok(seen.value.key) : seen;
  const linked = old.ok && newId !== null && isReplacedBy(old.value, newId);
  const oldEnd = old.ok && !linked ? endOf(old.value) : row.oldEnd;
  const mint = mintFact(entry);
  const state = rotationState({
    mint: newId === null || mint === 'running' ? mint : 'made',
    acknowledged: row.acknowledgedAt !== null,
    old: factOf(old),
    fresh: fresh && factOf(fresh),
    linked,
    now,
  });
  const named = { ...row, oldEnd, newKeyId: newId, newPrefix: row.newPrefix ?? made?.prefix ?? null };
  await remember(db, omni, row, { made, state, entry, oldEnd });
  const failed = [old, fresh, callers].find((answer) => answer && !answer.ok && answer.error.kind !== 'not_found');
  const { silent, since } = silence(callers.ok ? callers.value : null, row.silentMinutes, now);
  const { server: _server, actor: _actor, ...shown } = named;
  return {
    row: shown,
    state: row.closedAs === 'kept-both' ? 'unknown' : state,
    now,
    mintEntry: entry?.id ?? null,
    seen: row.acknowledgedAt !== null || reached(entry, made),
    own: seen.ok && seen.value.own,
    checks: entry?.body.receipt?.checks ?? [],
    old: factOf(old),
    fresh: fresh && factOf(fresh),
    callers: callers.ok ? callers.value : null,
    newCallers: newCallers?.ok ? newCallers.value : null,
    silent,
    silentSince: since,
    problem: failed && !failed.ok ? problemOf(failed.error) : null,
  };
}

type Certain = {
  made: Minted | undefined;
  state: RotationState;
  entry: Entry | undefined;
  oldEnd: number | null;
};

async function remember(
  db: Store,
  omni: Omni,
  row: RotationRow,
  { made, state, entry, oldEnd }: Certain,
): Promise<void> {
  if (oldEnd !== row.oldEnd && row.closedAt === null) await noteOldEnd(db, row.id, oldEnd);
  if (made && row.newKeyId === null) await noteMade(db, omni, row, made);
  const waits = state === 'not-made' && entry === undefined && Date.now() - row.createdAt < 60_000;
  if (row.closedAt === null && ENDED.includes(state) && !waits) await closeRotation(db, row.id, state, Date.now());
}

/** Whether the run that made a key lived to its end with the text in hand; only then its page can have got it. */
function reached(entry: Entry | undefined, made: Minted | undefined): boolean {
  const [, prove] = entry?.steps ?? [];
  return made?.seen === true && prove?.state === 'done' && Boolean(prove.result);
}

/** How the making of the new key went, where none is known to exist. */
function mintFact(entry: Entry | undefined): MintFact {
  if (!entry) return 'none';
  const status = statusOf(entry, Date.now());
  if (status === 'checking' || status === 'running') return 'running';
  const [create] = entry.steps;
  if (status === 'interrupted') return create?.state === 'unknown' ? 'unfindable' : 'stopped';
  if (status === 'stopped') return create === undefined || create.state === 'planned' ? 'failed' : 'stopped';
  return 'failed';
}

function factOf(answer: Result<Key, OmniError>): KeyFact {
  if (!answer.ok) return { is: answer.error.kind === 'not_found' ? 'gone' : 'unseen' };
  return { is: answer.value.status === 'active' ? 'active' : 'revoked', end: endOf(answer.value) };
}

function endOf({ expiresAt }: Key): number | null {
  return expiresAt === null ? null : Date.parse(expiresAt);
}
