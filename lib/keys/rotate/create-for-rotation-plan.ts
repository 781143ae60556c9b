import { z } from 'zod';
import { KEYS_LIMIT, type Key } from '#lib/omni/schemas/keys.ts';
import type { Plan, Text } from '#lib/operations/plan/define.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { whyNotRotated } from './rotate-rules.ts';

/** `expiresAt`: when the new key expires, null for never. `rotationId`: the rotation's row in the store. */
export const createForRotationInput = z.strictObject({
  rotationId: z.uuid().toLowerCase(),
  keyId: z.uuid().toLowerCase(),
  expiresAt: z.iso.datetime().nullable(),
});

export type CreateForRotationInput = z.infer<typeof createForRotationInput>;

/**
 * The old key, whether it is the session's own, how many active keys Omni lists (a hundred at most), and Omni's clock (ISO).
 * `scopes`: the session's.
 */
export type CreateForRotationFacts = {
  key: Key | null;
  own: boolean;
  listed: number | null;
  now: string;
  scopes: readonly string[] | null;
};

/** The plan of creating the new key of a rotation. Pure. */
export function planCreateForRotation(input: CreateForRotationInput, facts: CreateForRotationFacts): Plan {
  const { key, own, listed, now, scopes } = facts;
  const at = Date.parse(now);
  const values = { name: key?.name ?? '' };
  const refusal: Text | null = !key
    ? { key: 'rotate.refused-gone' }
    : (whyNotRotated(key, scopes, at) ??
      (input.expiresAt !== null && Date.parse(input.expiresAt) <= at ? { key: 'rotate.refused-past', values } : null));
  const title: Text = { key: 'rotate.create-title', values };
  if (!key || refusal) return refused(title, refusal ?? { key: 'rotate.refused-gone' }, input);
  return {
    title,
    effects: { rotation: input.rotationId, key: key.id, ...grantsOf(key), expiresAt: input.expiresAt, own },
    steps: [
      { id: 'create', kind: 'create', title: { key: 'rotate.step-create', values }, args: null },
      { id: 'prove', kind: 'prove', title: { key: 'rotate.step-prove' }, args: null },
    ],
    moves: [
      { key: 'rotate.create-key', values: { ...values, count: key.scopes.length } },
      input.expiresAt === null
        ? { key: 'rotate.create-never-expires' }
        : { key: 'rotate.create-expires', values: { time: input.expiresAt.slice(0, 16).replace('T', ' ') } },
      { key: 'rotate.create-old-unchanged', values: { prefix: key.keyPrefix } },
      ...(own ? [{ key: 'rotate.create-own' }] : []),
    ],
    losses: [],
    unknowns: [
      ...(listed === null || listed >= KEYS_LIMIT ? [{ key: 'rotate.create-unlisted' }] : []),
      ...(scopes === null ? [{ key: 'rotate.create-omni-decides' }] : []),
    ],
    warnings: [
      { key: 'rotate.create-shown-once' },
      ...(key.instanceIds?.length === 0 ? [{ key: 'rotate.create-no-instances' }] : []),
      ...(key.rateLimit === null ? [] : [{ key: 'rotate.create-rate-limit', values: { limit: key.rateLimit } }]),
      ...(allows(key.scopes, 'keys:write') === 'yes' ? [{ key: 'rotate.create-manages-keys', values }] : []),
    ],
    command: { none: { key: 'rotate.no-command' } },
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

function refused(title: Text, refusal: Text, input: CreateForRotationInput): Plan {
  return {
    title,
    refusal,
    effects: { refusal: refusal.key, ...input },
    steps: [],
    moves: [],
    losses: [],
    unknowns: [],
    warnings: [],
    command: { none: { key: 'rotate.no-command' } },
  };
}
