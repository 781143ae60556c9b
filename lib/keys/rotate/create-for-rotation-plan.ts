import { z } from 'zod';
import type { Key } from '#lib/omni/schemas/keys.ts';
import type { Seen } from '#lib/omni/seen.ts';
import { happens, sets } from '#lib/operations/effects/effect.ts';
import { NOTHING, notSeenValue } from '#lib/operations/effects/value.ts';
import type { EffectPlan, Text } from '#lib/operations/plan/define.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { expiryValue } from '#lib/keys/form/key-effects.ts';
import { whyNotRotated } from './rotate-rules.ts';

/** `expiresAt`: when the new key expires, null for never. `rotationId`: the rotation's row in the store. */
export const createForRotationInput = z.strictObject({
  rotationId: z.uuid().toLowerCase(),
  keyId: z.uuid().toLowerCase(),
  expiresAt: z.iso.datetime().nullable(),
});

export type CreateForRotationInput = z.infer<typeof createForRotationInput>;

/**
 * The old key, whether it is the session's own, whether all active keys are listed (so that a new one is found), and Omni's clock
 * (ISO). `scopes`: the session's.
 */
export type CreateForRotationFacts = {
  key: Key | null;
  own: boolean;
  listed: Seen<'all'>;
  now: string;
  scopes: readonly string[] | null;
};

/** The plan of creating the new key of a rotation. Pure. */
export function planCreateForRotation(
  input: CreateForRotationInput,
  facts: CreateForRotationFacts,
): Omit<EffectPlan, 'steps'> & { key: Key | null } {
  const { key, own, listed, now, scopes } = facts;
  const at = Date.parse(now);
  const values = { name: key?.name ?? '' };
  const refusal: Text | null = !key
    ? { key: 'rotate.refused-gone' }
    : (whyNotRotated(key, scopes, at) ??
      (input.expiresAt !== null && Date.parse(input.expiresAt) <= at ? { key: 'rotate.refused-past', values } : null));
  const title: Text = { key: 'rotate.create-title', values };
  if (!key || refusal) {
    return { key: null, title, effects: [], refusal: refusal ?? { key: 'rotate.refused-gone' }, verb: 'save' };
  }
  return {
    key,
    title,
    effects: [
      happens('key-created-like', { kept: 'yes', back: 'no', more: { name: key.name, scopes: key.scopes.length } }),
      { ...sets('key.expiresAt', NOTHING, expiryValue(input.expiresAt)), what: 'gets' },
      ...(listed.is === 'value'
        ? []
        : [happens('key-found-again', { kept: 'unknown', back: 'yes', more: { why: notSeenValue(listed) } })]),
    ],
    relies: { rotation: input.rotationId, key: key.id, ...grantsOf(key), expiresAt: input.expiresAt, own },
    notes: [
      { key: 'rotate.create-old-unchanged', values: { prefix: key.keyPrefix } },
      ...(own ? [{ key: 'rotate.create-own' }] : []),
      ...(scopes === null ? [{ key: 'rotate.create-omni-decides' }] : []),
      { key: 'rotate.create-shown-once' },
      ...(key.instanceIds?.length === 0 ? [{ key: 'rotate.create-no-instances' }] : []),
      ...(key.rateLimit === null ? [] : [{ key: 'rotate.create-rate-limit', values: { limit: key.rateLimit } }]),
      ...(allows(key.scopes, 'keys:write') === 'yes' ? [{ key: 'rotate.create-manages-keys', values }] : []),
    ],
    verb: 'save',
  };
}

/** What is confirmed: if one of these changes meanwhile, the plan is shown again. */
function grantsOf(key: Key) {
  return {
    name: key.name,
    scopes: key.scopes.toSorted(),
    profile: key.profile,
    instances: key.instanceIds?.toSorted() ?? null,
    rateLimit: key.rateLimit,
    locks: [key.instanceAllowlist, key.chatAllowlist, key.outboundRecipientAllowlist].map((list) => list.toSorted()),
  };
}
