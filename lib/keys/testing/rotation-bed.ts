import 'server-only';
import { randomUUID } from 'node:crypto';
import { awaitKey, forgetKey } from '#lib/keys/rotate/new-key.ts';
import { readRotationProgress, reconcile, type RotationProgress } from '#lib/keys/rotate/rotation-progress.ts';
import type { RotationRow } from '#lib/keys/rotate/rotation-state.ts';
import { readRotation, recordRotation } from '#lib/keys/rotate/rotations.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { completed } from '#lib/operations/testing/runs.ts';
import type { TestKey } from './bed.ts';

/** Starts a rotation, from its row to the delivered key, as the action does. `waits`: a page waits for the key. */
export async function startRotation(runner: Runner, key: TestKey, more: Record<string, Json> = {}, waits = true) {
  const id = randomUUID();
  const open = await recordRotation(
    runner.db,
    {
      id,
      server: 'demo',
      actor: runner.session.actor,
      who: 'Ana',
      keyName: key.name,
      oldKeyId: key.id,
      oldPrefix: key.prefix,
      oldExpiresAt: null,
      overlap: '1h',
      quietMinutes: 5,
    },
    Date.now(),
  );
  if (open) throw new Error(`in progress: ${open.id}`);
  if (waits) awaitKey(id);
  try {
    const ran = await completed(runner, 'keys.create-for-rotation', {
      rotationId: id,
      keyId: key.id,
      expiresAt: null,
      ...more,
    });
    const delivered = ran.delivered[0] as { secret: string; keyId: string } | undefined;
    return { id, ...ran, delivered };
  } finally {
    forgetKey(id);
  }
}

/** Where a rotation stands now. */
export async function progressOf(runner: Runner, id: string): Promise<RotationProgress> {
  return readRotationProgress(runner.db, runner.omni(), await rowOf(runner, id));
}

/** The same, with what is certain recorded, as its page asks for. */
export async function reconciled(runner: Runner, id: string): Promise<RotationProgress> {
  await reconcile(runner.db, runner.omni(), await rowOf(runner, id));
  return progressOf(runner, id);
}

async function rowOf({ db }: Runner, id: string): Promise<RotationRow> {
  const row = await readRotation(db, id);
  if (!row) throw new Error('no rotation');
  return row;
}
