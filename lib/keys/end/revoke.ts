import 'server-only';
import { z } from 'zod';
import { omniNow } from '#lib/omni/resources/health.ts';
import { revokeKey } from '#lib/omni/resources/keys.ts';
import { ok } from '#lib/omni/result.ts';
import { seeKey } from '#lib/omni/resources/own-key.ts';
import { happens, sets } from '#lib/operations/effects/effect.ts';
import { NOTHING, textValue, thing } from '#lib/operations/effects/value.ts';
import { defineOperation, step, type EffectPlan, type Text } from '#lib/operations/plan/define.ts';
import { omniLine } from '#lib/operations/plan/shell.ts';
import { readKeyForChange, type KeyReading } from '#lib/keys/form/key-reading.ts';
import { capabilityOf } from '#lib/keys/list/capability.ts';
import { DAY_MS, lastUseOf } from '#lib/keys/list/status.ts';

/** `leaked`: nothing has to be typed, so that it is revoked fast. `replacedBy`: the key that replaces this one in a rotation. */
const input = z.strictObject({
  id: z.uuid().toLowerCase(),
  reason: z.string().trim().min(1, 'reason_needed').max(500, 'too_long'),
  leaked: z.boolean().default(false),
  replacedBy: z.uuid().toLowerCase().optional(),
});

export type RevokeKeyInput = z.infer<typeof input>;
/** `now`: milliseconds, by Omni's clock. */
export type RevokeKeyFacts = { reading: KeyReading; now: number };

function refusalOf({ reading, now }: RevokeKeyFacts): Text | undefined {
  if (!reading) return { key: 'keys.gone' };
  return capabilityOf(reading.seen, { scopes: null, now, ending: reading.refused }).revoke?.why;
}

/** The plan of revoking one key. Pure. */
export function planRevoke({ id, reason, leaked }: RevokeKeyInput, facts: RevokeKeyFacts): EffectPlan {
  const { reading, now } = facts;
  const key = reading?.seen.key;
  const name = key?.name ?? id.slice(0, 8);
  const refusal = refusalOf(facts);
  const use = key ? lastUseOf(key, now) : { is: 'unknown' as const };
  const maybeUsed = use.is === 'unknown' || (use.is === 'used' && now - Date.parse(use.at) < DAY_MS);
  return {
    title: { key: 'keys.revoke.title', values: { name } },
    effects: [
      happens(maybeUsed ? 'key-revoked-used' : 'key-revoked', {
        of: thing('key', id, name),
        kept: 'no',
        back: 'no',
        ...(leaked || !maybeUsed ? { untyped: true } : {}),
      }),
      { ...sets('key.reason', NOTHING, textValue(reason), { back: 'no' }), what: 'gets' },
    ],
    relies: { id, reason, status: key?.status, refused: reading?.refused },
    steps: [revoke.planned('revoke', { key: 'keys.revoke.step', values: { name } }, null)],
    notes: [{ key: 'keys.revoke.who-else' }],
    ...(refusal ? { refusal } : {}),
    verb: 'revoke',
  };
}

/** Revokes one key. */
export const revoke = step<RevokeKeyInput, RevokeKeyFacts, null>({
  kind: 'revoke',
  args: z.null(),
  run: async ({ input: { id, reason, replacedBy }, omni }) => {
    const done = await revokeKey(omni, id, { reason }, replacedBy);
    return done.ok ? ok(undefined) : done;
  },
  done: async ({ input: { id }, omni }) => {
    const now = await seeKey(omni, id);
    if (now.ok) return { is: now.value.key.status === 'revoked' ? 'yes' : 'no' };
    return now.error.kind === 'not_found' ? { is: 'stuck', why: { key: 'keys.gone' } } : { is: 'unknown' };
  },
  command: ({ input: { id, reason } }) => omniLine(['keys', 'revoke', id], { reason }),
});

/** Revokes a key. Omni can't restore it, and a second time would overwrite who, when and why (contract §5). */
export const revokeKeyOperation = defineOperation<RevokeKeyInput, RevokeKeyFacts>({
  name: 'keys.revoke',
  proof: true,
  scopes: ['keys:read', 'keys:write'],
  input,
  subjects: ({ id }) => [`key:${id}`],
  async read({ id, replacedBy }, omni) {
    const [reading, now] = await Promise.all([
      readKeyForChange(omni, id, { is: 'revoke', besides: replacedBy }),
      omniNow(omni),
    ]);
    return reading.ok ? ok({ reading: reading.value, now }) : reading;
  },
  plan: planRevoke,
  steps: { revoke },
  async verify({ input: { id, reason }, omni }) {
    const now = await seeKey(omni, id);
    if (!now.ok) return [{ text: { key: 'keys.not-read' }, held: null }];
    const { status, revokeReason } = now.value.key;
    return [
      { text: { key: 'keys.revoke.checked' }, held: status === 'revoked' },
      { text: { key: 'keys.revoke.checked-reason' }, held: revokeReason === reason },
    ];
  },
  undo: () => ({ impossible: { key: 'keys.revoke.no-undo' } }),
});
