import 'server-only';
import { z } from 'zod';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { getKey, patchKey, revokeKey } from '#lib/omni/resources/keys.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { writesKeys, type KeyRefusal } from '#lib/omni/permits/key-rules.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { Key } from '#lib/omni/schemas/keys.ts';
import { defineOperation, type Plan, type PlannedStep, type Text } from '#lib/operations/plan/define.ts';
import { curlLine } from '#lib/operations/plan/shell.ts';
import { look, refusalText } from '#lib/keys/form/key-reading.ts';
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
/** What the door would refuse: to end the new key, to put the old one's end back. */
type World = {
  old: Key | null;
  fresh: Key | null;
  refused: KeyRefusal | null;
  refusedBack: KeyRefusal | null;
  callers: Callers | null;
  now: string;
  serverUrl: string;
};

async function read({ oldKeyId, newKeyId, oldEnd }: Input, omni: Omni): Promise<Result<World, OmniError>> {
  const [old, fresh, callers, now] = await Promise.all([
    look(omni, oldKeyId, { is: 'patch', patch: { expiresAt: oldEnd }, besides: newKeyId }),
    look(omni, newKeyId, { is: 'revoke', besides: oldKeyId }),
    callersOf(omni, newKeyId),
    omniNow(omni),
  ]);
  if (!old.ok) return old;
  if (!fresh.ok) return fresh;
  return ok({
    old: old.value?.seen.key ?? null,
    fresh: fresh.value?.seen.key ?? null,
    refused: fresh.value?.refused ?? null,
    refusedBack: old.value?.refused ?? null,
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

function refusalOf(input: Input, { old, fresh, refused, refusedBack, now }: World): Text | null {
  const back = backOf(input, old);
  const revokes = fresh?.status === 'active';
  if (!revokes && !back) return { key: 'cancel-rotation.refused-nothing' };
  if (revokes && refused === 'own_key') return { key: 'cancel-rotation.refused-own' };
  if (back && old && refusedBack) return refusalText(refusedBack, old.name);
  // The old key is put back first: with its own end it may be the one that can write keys again.
  const writes = back && old ? writesKeys({ ...old, expiresAt: back.expiresAt }, Date.parse(now)) : false;
  const counted = refused === 'last_key_writer' || refused === 'last_key_writer_unseen';
  return revokes && refused && !(counted && writes) ? refusalText(refused, fresh.name) : null;
}

function plan(input: Input, world: World): Plan {
  const { old, fresh, callers } = world;
  const values = { name: fresh?.name ?? old?.name ?? '', prefix: fresh?.keyPrefix ?? '' };
  const title: Text = { key: 'cancel-rotation.title', values };
  const back = backOf(input, old);
  const revokes = fresh?.status === 'active';
  const refusal = refusalOf(input, world);
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
    command: {
      curl: [
        ...(back ? [curlLine('PATCH', world.serverUrl, `/keys/${input.oldKeyId}`, back)] : []),
        ...(revokes ? [curlLine('POST', world.serverUrl, `/keys/${input.newKeyId}/revoke`)] : []),
      ].join('\n'),
    },
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
        const answer = await patchKey(omni, input.oldKeyId, back ?? {}, input.newKeyId);
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
        const answer = await revokeKey(omni, input.newKeyId, { reason: `Rotation cancelled ${mark}` }, input.oldKeyId);
        return answer.ok ? ok(undefined) : answer;
      },
      async done({ input, omni }) {
        const fresh = await getKey(omni, input.newKeyId);
        if (!fresh.ok) return { is: fresh.error.kind === 'not_found' ? 'yes' : 'unknown' };
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
