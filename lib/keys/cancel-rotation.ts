import 'server-only';
import { z } from 'zod';
import type { OmniError } from '#lib/omni/errors.ts';
import { getKey, patchKey, revokeKey } from '#lib/omni/keys.ts';
import type { Omni } from '#lib/omni/omni.ts';
import { seeKey } from '#lib/omni/own-key.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { Key } from '#lib/omni/schemas/keys.ts';
import { defineOperation, type Plan, type PlannedStep, type Text } from '#lib/operations/define.ts';
import { curlLine } from '#lib/operations/shell.ts';
import { callersOf, type Callers } from './rotation-callers.ts';
import { omniNow } from './omni-clock.ts';
import { isReplacedBy, unlinkedDescription } from './rotate-rules.ts';

/** `oldEnd`: when the old key would have ended without the rotation. */
const cancelInput = z.strictObject({
  rotationId: z.uuid().toLowerCase(),
  oldKeyId: z.uuid().toLowerCase(),
  newKeyId: z.uuid().toLowerCase(),
  oldEnd: z.iso.datetime().nullable(),
});

type Input = z.infer<typeof cancelInput>;
type World = {
  old: Key | null;
  fresh: Key | null;
  own: boolean;
  callers: Callers | null;
  now: string;
  serverUrl: string;
};

async function read({ oldKeyId, newKeyId }: Input, omni: Omni): Promise<Result<World, OmniError>> {
  const [old, fresh, callers, now] = await Promise.all([
    seeKey(omni, oldKeyId),
    seeKey(omni, newKeyId),
    callersOf(omni, newKeyId),
    omniNow(omni),
  ]);
  for (const seen of [old, fresh]) if (!seen.ok && seen.error.kind !== 'not_found') return seen;
  return ok({
    old: old.ok ? old.value.key : null,
    fresh: fresh.ok ? fresh.value.key : null,
    own: fresh.ok && fresh.value.own,
    callers: callers.ok ? callers.value : null,
    now: new Date(now).toISOString(),
    serverUrl: omni.server.url,
  });
}

/** The old key's row as it was before the rotation, or null where nothing of it is to be put back. */
function backOf({ oldEnd, newKeyId }: Input, old: Key | null) {
  if (old?.status !== 'active' || !isReplacedBy(old, newKeyId)) return null;
  return { expiresAt: oldEnd, description: unlinkedDescription(old.description) };
}

function plan(input: Input, world: World): Plan {
  const { old, fresh, own, callers } = world;
  const values = { name: fresh?.name ?? old?.name ?? '', prefix: fresh?.keyPrefix ?? '' };
  const title: Text = { key: 'cancel-rotation.title', values };
  const back = backOf(input, old);
  const revokes = fresh?.status === 'active';
  const refusal: Text | null = own
    ? { key: 'cancel-rotation.refused-own' }
    : revokes || back
      ? null
      : { key: 'cancel-rotation.refused-nothing' };
  const steps: PlannedStep[] = [
    ...(back
      ? [{ id: 'restore', kind: 'restore', title: { key: 'cancel-rotation.step-restore' }, args: { back } }]
      : []),
    ...(revokes
      ? [{ id: 'revoke', kind: 'revoke', title: { key: 'cancel-rotation.step-revoke', values }, args: null }]
      : []),
  ];
  const usable = old?.status === 'active' && (input.oldEnd === null || input.oldEnd > world.now);
  return {
    title,
    ...(refusal ? { refusal } : {}),
    effects: { old: input.oldKeyId, back, fresh: revokes ? input.newKeyId : null, refusal: refusal?.key ?? null },
    steps: refusal ? [] : steps,
    moves: back ? [{ key: 'cancel-rotation.moves-restore', values: { prefix: old?.keyPrefix ?? '' } }] : [],
    losses: revokes ? [{ key: 'cancel-rotation.loses-new', values }] : [],
    unknowns: revokes && callers === null ? [{ key: 'cancel-rotation.callers-unseen' }] : [],
    warnings: [
      ...(callers && callers.all.length > 0
        ? [{ key: 'cancel-rotation.callers', values: { count: callers.all.length, ip: callers.all[0]?.ip ?? '' } }]
        : []),
      ...(usable ? [] : [{ key: 'cancel-rotation.old-ended' }]),
    ],
    command: { curl: curlLine('POST', world.serverUrl, `/keys/${input.newKeyId}/revoke`) },
  };
}

/** Takes a rotation back: the old key ends when it would have, the new one ends now. */
export const cancelRotation = defineOperation<Input, World>({
  name: 'keys.cancel-rotation',
  proof: true,
  scopes: ['keys:write'],
  input: cancelInput,
  subjects: ({ rotationId, oldKeyId, newKeyId }) => [`key:${oldKeyId}`, `key:${newKeyId}`, `rotation:${rotationId}`],
  read,
  plan,
  steps: {
    restore: {
      async run({ input, before, omni }) {
        const back = backOf(input, before.old);
        const answer = await patchKey(omni, input.oldKeyId, back ?? {});
        return answer.ok ? ok(undefined) : answer;
      },
      async done({ input, omni }) {
        const old = await getKey(omni, input.oldKeyId);
        if (!old.ok) return { is: 'unknown' };
        return { is: isReplacedBy(old.value, input.newKeyId) ? 'no' : 'yes' };
      },
    },
    revoke: {
      async run({ input, omni, mark }) {
        const answer = await revokeKey(omni, input.newKeyId, { reason: `Rotation cancelled ${mark}` });
        return answer.ok ? ok(undefined) : answer;
      },
      async done({ input, omni }) {
        const fresh = await getKey(omni, input.newKeyId);
        if (!fresh.ok) return { is: 'unknown' };
        return { is: fresh.value.status === 'revoked' ? 'yes' : 'no' };
      },
    },
  },
  async verify({ input, omni }) {
    const [old, fresh] = await Promise.all([getKey(omni, input.oldKeyId), getKey(omni, input.newKeyId)]);
    return [
      {
        text: { key: 'cancel-rotation.checked-old' },
        held: old.ok ? old.value.status === 'active' && !isReplacedBy(old.value, input.newKeyId) : null,
      },
      {
        text: { key: 'cancel-rotation.checked-new' },
        held: fresh.ok ? fresh.value.status === 'revoked' : fresh.error.kind === 'not_found' ? true : null,
      },
    ];
  },
  undo: () => ({ impossible: { key: 'cancel-rotation.undo' } }),
});
