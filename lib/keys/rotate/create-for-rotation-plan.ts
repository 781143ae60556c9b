import { z } from 'zod';
import { KEYS_LIMIT, type Key } from '#lib/omni/schemas/keys.ts';
import type { Plan, Text } from '#lib/operations/plan/define.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { whyNotRotated } from './rotate-rules.ts';

/** `expiresAt`: when the new key ends by itself, null for never. `rotationId` names the row that says how it goes on. */
export const mintInput = z.strictObject({
  rotationId: z.uuid().toLowerCase(),
  keyId: z.uuid().toLowerCase(),
  expiresAt: z.iso.datetime().nullable(),
});

export type MintInput = z.infer<typeof mintInput>;

/**
 * The key, whether it is the caller's own, how many active keys Omni lists (a hundred at most), and Omni's clock.
 * `scopes`: the caller's.
 */
export type MintWorld = {
  key: Key | null;
  own: boolean;
  listed: number | null;
  now: string;
  scopes: readonly string[] | null;
};

/** What making the new key of a rotation does. Pure. */
export function planMint(input: MintInput, world: MintWorld): Plan {
  const { key, own, listed, now, scopes } = world;
  const at = Date.parse(now);
  const values = { name: key?.name ?? '' };
  const refusal: Text | null = !key
    ? { key: 'rotate.refused-gone' }
    : (whyNotRotated(key, scopes, at) ??
      (input.expiresAt !== null && Date.parse(input.expiresAt) <= at ? { key: 'rotate.refused-past', values } : null));
  const title: Text = { key: 'rotate.mint-title', values };
  if (!key || refusal) return refused(title, refusal ?? { key: 'rotate.refused-gone' }, input);
  return {
    title,
    effects: { rotation: input.rotationId, key: key.id, ...grantsOf(key), expiresAt: input.expiresAt, own },
    steps: [
      { id: 'create', kind: 'create', title: { key: 'rotate.step-create', values }, args: null },
      { id: 'prove', kind: 'prove', title: { key: 'rotate.step-prove' }, args: null },
    ],
    moves: [
      { key: 'rotate.mint-moves', values: { ...values, count: key.scopes.length } },
      input.expiresAt === null
        ? { key: 'rotate.mint-no-end' }
        : { key: 'rotate.mint-end', values: { time: input.expiresAt.slice(0, 16).replace('T', ' ') } },
      { key: 'rotate.mint-old-stays', values: { prefix: key.keyPrefix } },
      ...(own ? [{ key: 'rotate.mint-own' }] : []),
    ],
    losses: [],
    unknowns: [
      ...(listed === null || listed >= KEYS_LIMIT ? [{ key: 'rotate.mint-crowded' }] : []),
      ...(scopes === null ? [{ key: 'rotate.mint-omni-decides' }] : []),
    ],
    warnings: [
      { key: 'rotate.mint-once' },
      ...(key.instanceIds?.length === 0 ? [{ key: 'rotate.mint-no-instance' }] : []),
      ...(key.rateLimit === null ? [] : [{ key: 'rotate.mint-limit', values: { limit: key.rateLimit } }]),
      ...(allows(key.scopes, 'keys:write') === 'yes' ? [{ key: 'rotate.mint-powerful', values }] : []),
    ],
    command: { none: { key: 'rotate.no-command' } },
  };
}

/** What is agreed to: a change of any of these while one reads asks again. */
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

function refused(title: Text, refusal: Text, input: MintInput): Plan {
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
