'use server';

import { z } from 'zod';
import { OPERATIONS } from '#app/operations.ts';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { defineAction } from '#lib/actions/define-action.ts';
import { runnerOf } from '#lib/actions/runner.ts';
import { awaitKey, forgetKey } from '#lib/keys/rotate/held-key.ts';
import { noteMade } from '#lib/keys/rotate/record-created.ts';
import type { Minted } from '#lib/keys/rotate/create-for-rotation.ts';
import { credentialOfNew } from '#lib/keys/rotate/move-to-new.ts';
import { isOverlap } from '#lib/keys/rotate/rotate-rules.ts';
import { rotationBoard } from '#lib/keys/rotate/rotation-board.ts';
import type { RotationRow } from '#lib/keys/rotate/rotation-state.ts';
import {
  acknowledge,
  closeRotation,
  dropRotation,
  noteRotation,
  readRotation,
  setSilence,
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
import { store, type Store } from '#lib/store/database.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';

type Ran =
  | { is: 'started'; entryId: string; delivered?: Json[] }
  | { is: 'ran'; entryId: string }
  | { is: 'busy'; entryId: string; who: string }
  | { is: 'stale'; token: string; plan: Plan };

const WRITE = 'keys:write';
const rotationId = z.uuid().toLowerCase();
const silentMinutes = z.int().min(1).max(10_080);

const mintRun = defineAction({
  name: 'keys.rotate-mint',
  scope: WRITE,
  unknown: 'omni',
  proof: true,
  input: z.strictObject({
    token: z.string().max(200_000),
    rotationId,
    keyId: z.uuid().toLowerCase(),
    overlap: z.string().refine(isOverlap),
    silentMinutes,
  }),
  async run({ input, ...signed }): Promise<ActionResult<Ran>> {
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
      oldEnd: key.expiresAt === null ? null : Date.parse(key.expiresAt),
      overlap: isOverlap(input.overlap) ? input.overlap : '1h',
      silentMinutes: input.silentMinutes,
    };
    if (!(await noted(db, signed, wanted))) return { ok: false, code: 'rotation_under_way' };
    return make(db, signed, input);
  },
});

/** Notes the rotation; one that is noted already and made nothing gives way. */
async function noted(db: Store, { omni }: Signed, wanted: Parameters<typeof noteRotation>[1]): Promise<boolean> {
  const open = await noteRotation(db, wanted, Date.now());
  if (open === null) return true;
  if (open.id === wanted.id) return open.closedAt === null;
  const { state } = await rotationBoard(db, omni, open);
  if (state !== 'not-made') return false;
  await closeRotation(db, open.id, 'not-made', Date.now());
  return (await noteRotation(db, wanted, Date.now())) === null;
}

async function make(
  db: Store,
  signed: Signed,
  input: { token: string; rotationId: string },
): Promise<ActionResult<Ran>> {
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
    await settle(db, runner.omni(started.entryId), input.rotationId, started.entryId);
    return { ok: true, data: { is: 'started', entryId: started.entryId, delivered: started.delivered } };
  } finally {
    forgetKey(input.rotationId);
  }
}

/** Notes which key was made. The board does the same; a store that is away now must not keep the key from its page. */
async function settle(db: Store, omni: Omni, id: string, entryId: string): Promise<void> {
  try {
    const steps = (await readEntry(db, entryId))?.steps ?? [];
    const made = steps.find((step) => step.id === 'create' && step.state === 'done')?.result as Minted | undefined;
    const row = made && (await readRotation(db, id));
    if (row) await noteMade(db, omni, row, made);
  } catch (error) {
    const away = storeErrorOf(error);
    if (!away) throw error;
    log('error', 'keys.mint_not_noted', { kind: away.kind });
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

/** With the key's text, a session on the old key goes on with the new one; before it is stored that could lock out. */
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
const silenceRun = onRow(
  'keys.rotate-silence',
  z.strictObject({ id: rotationId, minutes: silentMinutes }),
  (db, { id, minutes }) => setSilence(db, id, minutes),
);
const closeRun = onRow(
  'keys.rotate-close',
  z.strictObject({ id: rotationId, as: z.enum(['kept-both', 'given-up']) }),
  (db, { id, as }) => closeRotation(db, id, as, Date.now()),
);

/** Makes the new key of a rotation and answers with it, once. */
export async function mintAction(input: unknown): Promise<ActionResult<Ran>> {
  return mintRun(input);
}

/** Somebody says that the new key is stored. */
export async function acknowledgeAction(input: unknown): Promise<ActionResult> {
  return acknowledgeRun(input);
}

/** After how many minutes without a call the old key counts as silent. */
export async function silenceAction(input: unknown): Promise<ActionResult> {
  return silenceRun(input);
}

/** Ends a rotation without changing a key. */
export async function closeRotationAction(input: unknown): Promise<ActionResult> {
  return closeRun(input);
}
