'use server';

import { z } from 'zod';
import { OPERATIONS } from '#app/operations.ts';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { defineAction } from '#lib/actions/define-action.ts';
import { runnerOf } from '#lib/actions/runner.ts';
import { reconcile, recordCreated } from '#lib/keys/rotate/rotation-progress.ts';
import type { CreatedForRotation } from '#lib/keys/rotate/create-for-rotation.ts';
import { awaitKey, credentialOfNew, forgetKey } from '#lib/keys/rotate/new-key.ts';
import { isOverlap } from '#lib/keys/rotate/rotate-rules.ts';
import type { RotationRow } from '#lib/keys/rotate/rotation-state.ts';
import {
  acknowledge,
  closeRotation,
  dropRotation,
  recordRotation,
  readRotation,
  seeRotation,
  setQuietMinutes,
} from '#lib/keys/rotate/rotations.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { seeKey } from '#lib/omni/resources/own-key.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import type { Json, Plan } from '#lib/operations/plan/define.ts';
import { readEntry } from '#lib/operations/journal/journal.ts';
import { start } from '#lib/operations/run/run.ts';
import type { Signed } from '#lib/session/request/guard.ts';
import { mayHave } from '#lib/session/request/own-scopes.ts';
import { moveSession } from '#lib/session/request/move-session.ts';
import { log } from '#lib/log.ts';
import { storeNow } from '#lib/store/clock.ts';
import { store, type Store } from '#lib/store/database.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';

type CreateAnswer =
  | { is: 'started'; entryId: string; delivered?: Json[] }
  | { is: 'ran'; entryId: string }
  | { is: 'busy'; entryId: string; who: string }
  | { is: 'stale'; token: string; plan: Plan };

const WRITE = 'keys:write';
const rotationId = z.uuid().toLowerCase();
const quietMinutes = z.int().min(1).max(10_080);

const createRun = defineAction({
  name: 'keys.rotate-create',
  scope: WRITE,
  unknown: 'omni',
  proof: true,
  input: z.strictObject({
    token: z.string().max(200_000),
    rotationId,
    keyId: z.uuid().toLowerCase(),
    overlap: z.string().refine(isOverlap),
    quietMinutes,
  }),
  async run({ input, ...signed }): Promise<ActionResult<CreateAnswer>> {
    const { session, omni } = signed;
    const [db, seen] = await Promise.all([store(), seeKey(omni, input.keyId)]);
    if (!seen.ok) return { ok: false, ...problemOf(seen.error) };
    const { key } = seen.value;
    const wanted = {
      id: input.rotationId,
      server: session.server.id,
      actor: session.actor,
      who: session.yourName ?? session.keyName,
      keyName: key.name,
      oldKeyId: key.id,
      oldPrefix: key.keyPrefix,
      oldExpiresAt: key.expiresAt === null ? null : Date.parse(key.expiresAt),
      overlap: isOverlap(input.overlap) ? input.overlap : '1h',
      quietMinutes: input.quietMinutes,
    };
    if (!(await recorded(db, signed, wanted))) return { ok: false, code: 'rotation_under_way' };
    return create(db, signed, input);
  },
});

/** Records the rotation; one that is recorded already and created no key is closed for it. Whether it was recorded. */
async function recorded(db: Store, { omni }: Signed, wanted: Parameters<typeof recordRotation>[1]): Promise<boolean> {
  const open = await recordRotation(db, wanted, await storeNow(db));
  if (open === null) return true;
  if (open.id === wanted.id) return open.closedAt === null;
  if ((await reconcile(db, omni, open)) !== 'not-created') return false;
  await closeRotation(db, open.id, 'not-created', Date.now());
  return (await recordRotation(db, wanted, await storeNow(db))) === null;
}

async function create(
  db: Store,
  signed: Signed,
  input: { token: string; rotationId: string },
): Promise<ActionResult<CreateAnswer>> {
  awaitKey(input.rotationId);
  try {
    const runner = await runnerOf(signed, OPERATIONS);
    const started = await start(runner, input.token);
    if (started.is === 'problem') {
      await dropRotation(db, input.rotationId);
      return { ok: false, ...started.problem };
    }
    if (started.is !== 'started') {
      if (started.is === 'stale') await dropRotation(db, input.rotationId);
      return { ok: true, data: started };
    }
    await started.job;
    // The runner's handle sends nobody to the sign-in page, which would lose the key's text.
    await recordAfterRun(db, runner.omni(started.entryId), input.rotationId, started.entryId);
    return { ok: true, data: { is: 'started', entryId: started.entryId, delivered: started.delivered } };
  } finally {
    forgetKey(input.rotationId);
  }
}

/** Records which key was created. `reconcile` does so too; a store that is away now must not keep the key from its page. */
async function recordAfterRun(db: Store, omni: Omni, id: string, entryId: string): Promise<void> {
  try {
    const steps = (await readEntry(db, entryId))?.steps ?? [];
    const created = steps.find((step) => step.id === 'create' && step.state === 'done')?.result as
      | CreatedForRotation
      | undefined;
    const row = created && (await readRotation(db, id));
    if (row) await recordCreated(db, omni, row, created);
  } catch (error) {
    const away = storeErrorOf(error);
    if (!away) throw error;
    log('error', 'keys.created_not_recorded', { kind: away.kind });
  }
}

const onRow = <T extends { id: string }>(
  name: string,
  input: z.ZodType<T>,
  work: (db: Store, input: T, row: RotationRow, signed: Signed) => Promise<void>,
) =>
  defineAction({
    name,
    scope: WRITE,
    unknown: 'own',
    input,
    async run({ input: given, ...signed }): Promise<ActionResult> {
      const db = await store();
      const row = await readRotation(db, given.id);
      if (!row || !mayHave(signed, WRITE, row)) return { ok: false, code: 'not_found' };
      await work(db, given, row, signed);
      return { ok: true, data: undefined };
    },
  });

/** With the key's text, a session on the old key moves to the new one. Before the new key is stored, that could lock out. */
const acknowledgeRun = onRow(
  'keys.rotate-stored',
  z.strictObject({ id: rotationId, secret: z.string().max(200).optional() }),
  async (db, { id, secret }, row, { omni, session }) => {
    const credential = secret === undefined ? null : await credentialOfNew(readingFresh(omni), row, secret);
    if (credential && row.newKeyId !== null)
      await moveSession(session, { credential, keyId: row.newKeyId, keyName: session.keyName });
    await acknowledge(db, id, Date.now());
  },
);
/** Records what a page has seen of a rotation that can't change any more: reads write nothing. */
const reconcileRun = defineAction({
  name: 'keys.rotate-reconcile',
  scope: 'keys:read',
  unknown: 'omni',
  input: z.strictObject({ id: rotationId }),
  async run({ input: { id }, session, omni }): Promise<ActionResult> {
    const db = await store();
    const row = await seeRotation(db, omni, { server: session.server.id, scopes: session.scopes }, id);
    if (!row || row === 'forbidden') return { ok: false, code: 'not_found' };
    await reconcile(db, readingFresh(omni), row);
    return { ok: true, data: undefined };
  },
});
const quietMinutesRun = onRow(
  'keys.rotate-quiet-minutes',
  z.strictObject({ id: rotationId, minutes: quietMinutes }),
  (db, { id, minutes }) => setQuietMinutes(db, id, minutes),
);
const closeRun = onRow(
  'keys.rotate-close',
  z.strictObject({ id: rotationId, as: z.enum(['kept-both', 'given-up']) }),
  (db, { id, as }) => closeRotation(db, id, as, Date.now()),
);

/** Creates the new key of a rotation and answers with it, once. */
export async function createForRotationAction(input: unknown): Promise<ActionResult<CreateAnswer>> {
  return createRun(input);
}

/** Confirms that the new key is stored. */
export async function acknowledgeAction(input: unknown): Promise<ActionResult> {
  return acknowledgeRun(input);
}

/** Records what can't change any more of a rotation. */
export async function reconcileRotationAction(input: unknown): Promise<ActionResult> {
  return reconcileRun(input);
}

/** Sets after how many minutes without requests the old key counts as unused. */
export async function setQuietMinutesAction(input: unknown): Promise<ActionResult> {
  return quietMinutesRun(input);
}

/** Closes a rotation without changing a key. */
export async function closeRotationAction(input: unknown): Promise<ActionResult> {
  return closeRun(input);
}
