import 'server-only';
import { z } from 'zod';
import type { KeyChange, KeyRefusal } from '#lib/omni/permits/key-rules.ts';
import { getKey, patchKey } from '#lib/omni/resources/keys.ts';
import type { Seen } from '#lib/omni/seen.ts';
import { err, ok } from '#lib/omni/result.ts';
import type { Key } from '#lib/omni/schemas/keys.ts';
import { happens, sets } from '#lib/operations/effects/effect.ts';
import { thing } from '#lib/operations/effects/value.ts';
import { defineOperation, step, type EffectPlan, type Text } from '#lib/operations/plan/define.ts';
import { curlLine } from '#lib/operations/plan/shell.ts';
import { cutOffBy, readUse } from './cut-off.ts';
import { expiryPassed, isStillMeant } from './expiry-ahead.ts';
import { expiryValue } from '#lib/keys/form/key-effects.ts';
import { readKeyForChange } from '#lib/keys/form/key-reading.ts';
import { refusalText } from '#lib/keys/form/refusal-text.ts';
import { omniNow } from '#lib/omni/resources/health.ts';
import { isReplacedBy, oldDescription, unlinkedDescription } from '#lib/keys/rotate/rotate-rules.ts';
import type { KeyUse } from '#lib/keys/requests/callers.ts';

/**
 * `replacedBy` is written into the key's description; `unlink` removes that key from the description again. `was`: the expiry that must
 * still be there, for an undo.
 */
const setExpiryInput = z.strictObject({
  keyId: z.uuid().toLowerCase(),
  expiresAt: z.iso.datetime().nullable(),
  replacedBy: z.strictObject({ id: z.uuid().toLowerCase(), prefix: z.string().max(32) }).optional(),
  unlink: z.uuid().toLowerCase().optional(),
  was: z.iso.datetime().nullable().optional(),
  rotationId: z.uuid().toLowerCase().optional(),
});

type Input = z.infer<typeof setExpiryInput>;
/** `refused` is what the door would refuse the change for. */
type SetExpiryFacts = {
  key: Key | null;
  refused: KeyRefusal | null;
  use: Seen<KeyUse>;
  now: string;
  serverUrl: string;
};

/** What a key's row will say. */
function patchOf(
  { expiresAt, replacedBy, unlink }: Input,
  key: Pick<Key, 'description'>,
): { [field: string]: string | null } {
  if (replacedBy) return { expiresAt, description: oldDescription(key, replacedBy) };
  if (unlink && isReplacedBy(key, unlink)) return { expiresAt, description: unlinkedDescription(key.description) };
  return { expiresAt };
}

/** Whether a key's row says what was asked for. */
function isAsAsked({ expiresAt, replacedBy, unlink }: Input, key: Key): boolean {
  if (replacedBy && !isReplacedBy(key, replacedBy.id)) return false;
  return sameMoment(key.expiresAt, expiresAt) && !(unlink && isReplacedBy(key, unlink));
}

function plan(input: Input, facts: SetExpiryFacts): EffectPlan {
  const { key } = facts;
  const refusal = whyNot(input, facts);
  const times = { from: expiryValue(key?.expiresAt ?? null), to: expiryValue(input.expiresAt) };
  const title: Text = {
    key: 'expiry.sets',
    values: { name: key?.name ?? '', prefix: key?.keyPrefix ?? '', ...times },
  };
  if (!key || refusal) {
    return { title, effects: [], steps: [], refusal: refusal ?? { key: 'rotate.refused-gone' }, verb: 'save' };
  }
  const of = thing('key', key.id, key.name);
  const patch = patchOf(input, key);
  const { effects, notes } = cutOffBy(input.expiresAt, key, facts.use, Date.parse(facts.now));
  return {
    title,
    effects: [
      { ...sets('key.expiresAt', times.from, times.to), of },
      ...(input.replacedBy
        ? [happens('key-linked', { of, kept: 'yes', back: 'yes', more: { by: input.replacedBy.prefix } })]
        : []),
      ...('description' in patch && input.unlink ? [happens('key-unlinked', { of, kept: 'yes', back: 'yes' })] : []),
      ...effects,
    ],
    relies: { key: key.id, ...patch, was: key.expiresAt },
    steps: [set.planned('set', title, { patch })],
    notes: [
      ...notes,
      ...(isLater(input.expiresAt, key) ? [{ key: 'expiry.later', values: { name: key.name } }] : []),
      input.expiresAt === null ? { key: 'expiry.widens', values: { name: key.name } } : { key: 'expiry.cache' },
    ],
    verb: 'save',
  };
}

/** One PATCH. Without the console, Omni enforces the expiry. */
const set = step<Input, SetExpiryFacts, { patch: { [field: string]: string | null } }>({
  kind: 'set',
  args: z.object({ patch: z.record(z.string(), z.string().nullable()) }),
  async run({ input, before, omni }) {
    const passed = await expiryPassed(omni, input.expiresAt, before.now);
    if (passed) return err(passed);
    const patch = patchOf(input, before.key ?? { description: null });
    const answer = await patchKey(omni, input.keyId, patch, input.replacedBy?.id);
    return answer.ok ? ok(undefined) : answer;
  },
  async done({ input, omni }) {
    const now = await getKey(omni, input.keyId);
    if (!now.ok) return { is: 'unknown' };
    return { is: isAsAsked(input, now.value) ? 'yes' : 'no' };
  },
  command: ({ input: { keyId }, before, args }) => curlLine('PATCH', before.serverUrl, `/keys/${keyId}`, args.patch),
});

function whyNot(input: Input, { key, refused, now: asked }: SetExpiryFacts): Text | null {
  const now = Date.parse(asked);
  if (!key) return { key: 'rotate.refused-gone' };
  const values = { name: key.name };
  if (key.status !== 'active') return { key: 'rotate.refused-revoked', values };
  if (input.was !== undefined && !sameMoment(key.expiresAt, input.was))
    return { key: 'keys.edit.changed-since', values };
  if (input.expiresAt === null) return null;
  if (!isStillMeant(input.expiresAt, now, now)) return { key: 'rotate.refused-past', values };
  if (refused === 'own_key') return { key: 'expiry.refused-own' };
  if (refused === 'primary_key') return { key: 'rotate.refused-primary', values };
  return refused ? refusalText(refused, key.name) : null;
}

/** Sets when a key expires. Omni enforces it without the console. */
export const setExpiry = defineOperation<Input, SetExpiryFacts>({
  name: 'keys.set-expiry',
  proof: true,
  scopes: ['keys:write'],
  input: setExpiryInput,
  subjects: ({ keyId, rotationId }) => [`key:${keyId}`, ...(rotationId ? [`rotation:${rotationId}`] : [])],
  async read({ keyId, expiresAt, replacedBy }, omni) {
    const change: KeyChange = { is: 'patch', patch: { expiresAt }, besides: replacedBy?.id };
    const now = await omniNow(omni);
    const [reading, use] = await Promise.all([readKeyForChange(omni, keyId, change), readUse(omni, keyId, now)]);
    if (!reading.ok) return reading;
    return ok({
      key: reading.value?.seen.key ?? null,
      refused: reading.value?.refused ?? null,
      use,
      now: new Date(now).toISOString(),
      serverUrl: omni.server.url,
    });
  },
  plan,
  steps: { set },
  async verify({ input, omni }) {
    const now = await getKey(omni, input.keyId);
    const held = now.ok ? isAsAsked(input, now.value) : null;
    return [{ text: { key: 'expiry.verified' }, held }];
  },
  undo({ input, before }) {
    if (!before.key) return { impossible: { key: 'rotate.refused-gone' } };
    const { keyId, replacedBy } = input;
    const back = { keyId, expiresAt: before.key.expiresAt, was: input.expiresAt };
    const linked = replacedBy !== undefined && !isReplacedBy(before.key, replacedBy.id);
    return { operation: 'keys.set-expiry', input: linked ? { ...back, unlink: replacedBy.id } : back };
  },
});

function sameMoment(one: string | null, other: string | null): boolean {
  return one === other || (one !== null && other !== null && Date.parse(one) === Date.parse(other));
}

function isLater(expiresAt: string | null, { expiresAt: was }: Key): boolean {
  return expiresAt !== null && was !== null && Date.parse(expiresAt) > Date.parse(was);
}
