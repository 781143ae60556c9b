import 'server-only';
import { z } from 'zod';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { getKey, patchKey, revokeKey } from '#lib/omni/resources/keys.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { writesKeys, type KeyRefusal } from '#lib/omni/permits/key-rules.ts';
import { seenOf, type Seen } from '#lib/omni/seen.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { Key } from '#lib/omni/schemas/keys.ts';
import { happens, sets } from '#lib/operations/effects/effect.ts';
import { thing } from '#lib/operations/effects/value.ts';
import { defineOperation, step, type EffectPlan, type Text } from '#lib/operations/plan/define.ts';
import { curlLine, omniLine } from '#lib/operations/plan/shell.ts';
import { expiryValue } from '#lib/keys/form/key-effects.ts';
import { readKeyForChange } from '#lib/keys/form/key-reading.ts';
import { refusalText } from '#lib/keys/form/refusal-text.ts';
import { useOfKey, type KeyUse } from '#lib/keys/requests/callers.ts';
import { omniNow } from '#lib/omni/resources/health.ts';
import type { Store } from '#lib/store/database.ts';
import { checksOf } from './new-key.ts';
import { isReplacedBy, unlinkedDescription } from './rotate-rules.ts';

/** Stored with the new key. */
const REASON = 'Rotation cancelled';

/** `oldExpiresAt`: when the old key would have expired without the rotation. */
const cancelInput = z.strictObject({
  rotationId: z.uuid().toLowerCase(),
  oldKeyId: z.uuid().toLowerCase(),
  newKeyId: z.uuid().toLowerCase(),
  oldExpiresAt: z.iso.datetime().nullable(),
});

type Input = z.infer<typeof cancelInput>;
/** `refused`: why the door would refuse to revoke the new key; `refusedRestore`: to restore the old one's expiry. */
type CancelRotationFacts = {
  old: Key | null;
  fresh: Key | null;
  refused: KeyRefusal | null;
  refusedRestore: KeyRefusal | null;
  use: Seen<KeyUse>;
  now: string;
  serverUrl: string;
};

async function read(
  { rotationId, oldKeyId, newKeyId, oldExpiresAt }: Input,
  omni: Omni,
  _: readonly string[] | null,
  db: Store,
): Promise<Result<CancelRotationFacts, OmniError>> {
  const [now, checks] = await Promise.all([omniNow(omni), checksOf(db, omni.server.id, rotationId)]);
  const [old, fresh, use] = await Promise.all([
    readKeyForChange(omni, oldKeyId, { is: 'patch', patch: { expiresAt: oldExpiresAt }, besides: newKeyId }),
    readKeyForChange(omni, newKeyId, { is: 'revoke', besides: oldKeyId }),
    useOfKey(omni, newKeyId, { now, since: -Infinity, pages: 10, checks }),
  ]);
  if (!old.ok) return old;
  if (!fresh.ok) return fresh;
  return ok({
    old: old.value?.seen.key ?? null,
    fresh: fresh.value?.seen.key ?? null,
    refused: fresh.value?.refused ?? null,
    refusedRestore: old.value?.refused ?? null,
    use: seenOf(use),
    now: new Date(now).toISOString(),
    serverUrl: omni.server.url,
  });
}

/** The old key's expiry and description from before the rotation, or null where nothing has to be restored. */
function backOf({ oldExpiresAt, newKeyId }: Input, old: Key | null) {
  if (old?.status !== 'active' || !isReplacedBy(old, newKeyId)) return null;
  return { expiresAt: oldExpiresAt, description: unlinkedDescription(old.description) };
}

function refusalOf(input: Input, { old, fresh, refused, refusedRestore, now }: CancelRotationFacts): Text | null {
  const back = backOf(input, old);
  const revokes = fresh?.status === 'active';
  if (!revokes && !back) return { key: 'cancel-rotation.refused-nothing' };
  if (revokes && refused === 'own_key') return { key: 'cancel-rotation.refused-own' };
  if (back && old && refusedRestore) return refusalText(refusedRestore, old.name);
  // The old key is restored first: with its own expiry it may be a key that can manage keys again.
  const writes = back && old ? writesKeys({ ...old, expiresAt: back.expiresAt }, Date.parse(now)) : false;
  const counted = refused === 'last_key_writer' || refused === 'last_key_writer_unseen';
  return revokes && refused && !(counted && writes) ? refusalText(refused, fresh.name) : null;
}

/** Both keys have one name: what each begins with tells them apart. */
function called(id: string, key: Key | null) {
  return thing('key', id, key ? `${key.name} ${key.keyPrefix}…` : undefined);
}

function plan(input: Input, facts: CancelRotationFacts): EffectPlan {
  const { old, fresh, use } = facts;
  const values = { name: fresh?.name ?? old?.name ?? '', prefix: fresh?.keyPrefix ?? '' };
  const title: Text = { key: 'cancel-rotation.title', values };
  const back = backOf(input, old);
  const revokes = fresh?.status === 'active';
  const refusal = refusalOf(input, facts);
  const after = back ? back.expiresAt : (old?.expiresAt ?? null);
  const usable = old?.status === 'active' && (after === null || Date.parse(after) > Date.parse(facts.now));
  const integrations = use.is === 'value' ? use.value.integrations : [];
  // Unused is only a key whose requests were read to the first one, and that has no use besides them.
  const used = use.is !== 'value' || integrations.length > 0 || use.value.since !== null || use.value.last !== null;
  const [first] = integrations;
  return {
    title,
    ...(refusal ? { refusal } : {}),
    effects: [
      ...(back
        ? [
            sets('key.expiresAt', expiryValue(old?.expiresAt ?? null), expiryValue(back.expiresAt), {
              of: thing('key', input.oldKeyId, old?.name),
              under: called(input.oldKeyId, old),
              back: 'no',
            }),
          ]
        : []),
      ...(revokes
        ? [
            happens(used ? 'key-revoked-used' : 'key-revoked', {
              of: thing('key', input.newKeyId, fresh?.name),
              under: called(input.newKeyId, fresh),
              kept: 'no',
              back: 'no',
              ...(used ? { asks: values.name } : { untyped: true }),
            }),
          ]
        : []),
    ],
    relies: { old: input.oldKeyId, back, fresh: revokes ? input.newKeyId : null },
    steps: [
      ...(back ? [restore.planned('restore', { key: 'cancel-rotation.step-restore' }, { back })] : []),
      ...(revokes ? [revoke.planned('revoke', { key: 'cancel-rotation.step-revoke', values }, null)] : []),
    ],
    notes: [
      ...(revokes && use.is !== 'value' ? [{ key: 'cancel-rotation.integrations-unknown' }] : []),
      ...(integrations.length > 0
        ? [{ key: 'cancel-rotation.integrations', values: { count: integrations.length, ip: first?.ip ?? '' } }]
        : []),
      ...(usable ? [] : [{ key: 'cancel-rotation.old-expired' }]),
    ],
    verb: 'revoke',
  };
}

const restored = z.object({ back: z.object({ expiresAt: z.string().nullable(), description: z.string().nullable() }) });

const restore = step<Input, CancelRotationFacts, z.infer<typeof restored>>({
  kind: 'restore',
  args: restored,
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
  command: ({ input, before, args }) => curlLine('PATCH', before.serverUrl, `/keys/${input.oldKeyId}`, args.back),
});

const revoke = step<Input, CancelRotationFacts, null>({
  kind: 'revoke',
  args: z.null(),
  async run({ input, omni, mark }) {
    const answer = await revokeKey(omni, input.newKeyId, { reason: `${REASON} ${mark}` }, input.oldKeyId);
    return answer.ok ? ok(undefined) : answer;
  },
  async done({ input, omni }) {
    const fresh = await getKey(omni, input.newKeyId);
    if (!fresh.ok) return { is: fresh.error.kind === 'not_found' ? 'yes' : 'unknown' };
    return { is: fresh.value.status === 'revoked' ? 'yes' : 'no' };
  },
  command: ({ input }) => omniLine(['keys', 'revoke', input.newKeyId], { reason: REASON }),
});

/** Cancels a rotation: the old key expires when it would have without it, the new one is revoked. */
export const cancelRotation = defineOperation<Input, CancelRotationFacts>({
  name: 'keys.cancel-rotation',
  proof: true,
  scopes: ['keys:write'],
  input: cancelInput,
  subjects: ({ rotationId, oldKeyId, newKeyId }) => [`key:${oldKeyId}`, `key:${newKeyId}`, `rotation:${rotationId}`],
  read,
  plan,
  steps: { restore, revoke },
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
