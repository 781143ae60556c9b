import 'server-only';
import { z } from 'zod';
import { PRIMARY } from '#lib/omni/key-rules.ts';
import { getKey, patchKey } from '#lib/omni/keys.ts';
import { seeKey } from '#lib/omni/own-key.ts';
import { err, ok } from '#lib/omni/result.ts';
import type { Key } from '#lib/omni/schemas/keys.ts';
import { defineOperation, type Plan, type Text } from '#lib/operations/define.ts';
import { curlLine } from '#lib/operations/shell.ts';
import { endPassed, isStillMeant } from './end-ahead.ts';
import { omniNow } from './omni-clock.ts';
import { oldDescription } from './rotate-rules.ts';

/** `replacedBy` is written into the description, so that whoever finds the key knows; `description` puts one back. */
const setExpiryInput = z.strictObject({
  keyId: z.uuid().toLowerCase(),
  expiresAt: z.iso.datetime().nullable(),
  replacedBy: z.strictObject({ id: z.uuid().toLowerCase(), prefix: z.string().max(32) }).optional(),
  description: z.string().max(10_000).nullable().optional(),
  rotationId: z.uuid().toLowerCase().optional(),
});

type Input = z.infer<typeof setExpiryInput>;
type World = { key: Key | null; own: boolean; now: string; serverUrl: string };

/** What a key's row will say. */
function patchOf(
  { expiresAt, replacedBy, description }: Input,
  key: Pick<Key, 'description'>,
): { [field: string]: string | null } {
  if (replacedBy) return { expiresAt, description: oldDescription(key, replacedBy) };
  return description === undefined ? { expiresAt } : { expiresAt, description };
}

function plan(input: Input, { key, own, now, serverUrl }: World): Plan {
  const values = { name: key?.name ?? '', prefix: key?.keyPrefix ?? '' };
  const refusal = whyNot(input, key, own, Date.parse(now));
  const shown = (iso: string | null) => (iso === null ? '—' : iso.slice(0, 16).replace('T', ' '));
  const times = { ...values, from: shown(key?.expiresAt ?? null), time: shown(input.expiresAt) };
  const title: Text = { key: input.expiresAt === null ? 'expiry.title-none' : 'expiry.title', values: times };
  const nothing = { steps: [], moves: [], losses: [], unknowns: [], warnings: [] };
  if (!key || refusal) {
    const why = refusal ?? { key: 'rotate.refused-gone' };
    return {
      ...nothing,
      title,
      refusal: why,
      effects: { refusal: why.key },
      command: { none: { key: 'rotate.no-command' } },
    };
  }
  const patch = patchOf(input, key);
  return {
    ...nothing,
    title,
    effects: { key: key.id, ...patch, was: key.expiresAt },
    steps: [{ id: 'set', kind: 'set', title, args: { patch } }],
    moves: [
      title,
      ...(input.replacedBy ? [{ key: 'expiry.links', values: { ...values, by: input.replacedBy.prefix } }] : []),
    ],
    warnings: input.expiresAt === null ? [{ key: 'expiry.widens', values }] : [{ key: 'expiry.sixty' }],
    command: { curl: curlLine('PATCH', serverUrl, `/keys/${key.id}`, patch) },
  };
}

function whyNot(input: Input, key: Key | null, own: boolean, now: number): Text | null {
  if (!key) return { key: 'rotate.refused-gone' };
  const values = { name: key.name };
  if (key.status !== 'active') return { key: 'rotate.refused-revoked', values };
  if (input.expiresAt === null) return null;
  const end = Date.parse(input.expiresAt);
  if (!isStillMeant(input.expiresAt, now, now)) return { key: 'rotate.refused-past', values };
  const sooner = key.expiresAt === null || end < Date.parse(key.expiresAt);
  if (sooner && own) return { key: 'expiry.refused-own' };
  if (sooner && key.name === PRIMARY) return { key: 'rotate.refused-primary', values };
  return null;
}

/** When a key ends by itself, on Omni's side, whatever becomes of the console. */
export const setExpiry = defineOperation<Input, World>({
  name: 'keys.set-expiry',
  proof: true,
  scopes: ['keys:write'],
  input: setExpiryInput,
  subjects: ({ keyId, rotationId }) => [`key:${keyId}`, ...(rotationId ? [`rotation:${rotationId}`] : [])],
  async read({ keyId }, omni) {
    const [seen, now] = await Promise.all([seeKey(omni, keyId), omniNow(omni)]);
    if (!seen.ok && seen.error.kind !== 'not_found') return seen;
    const world = { now: new Date(now).toISOString(), serverUrl: omni.server.url };
    return ok(seen.ok ? { ...seen.value, ...world } : { key: null, own: false, ...world });
  },
  plan,
  steps: {
    set: {
      async run({ input, before, omni }) {
        const passed = await endPassed(omni, input.expiresAt, before.now);
        if (passed) return err(passed);
        const answer = await patchKey(omni, input.keyId, patchOf(input, before.key ?? { description: null }));
        return answer.ok ? ok(undefined) : answer;
      },
      async done({ input, omni }) {
        const now = await getKey(omni, input.keyId);
        if (!now.ok) return { is: 'unknown' };
        return { is: sameMoment(now.value.expiresAt, input.expiresAt) ? 'yes' : 'no' };
      },
    },
  },
  async verify({ input, omni }) {
    const now = await getKey(omni, input.keyId);
    const held = now.ok ? sameMoment(now.value.expiresAt, input.expiresAt) : null;
    return [{ text: { key: 'expiry.verified' }, held }];
  },
  undo({ input, before }) {
    if (!before.key) return { impossible: { key: 'rotate.refused-gone' } };
    const { expiresAt, description } = before.key;
    return { operation: 'keys.set-expiry', input: { keyId: input.keyId, expiresAt, description } };
  },
});

function sameMoment(one: string | null, other: string | null): boolean {
  return one === other || (one !== null && other !== null && Date.parse(one) === Date.parse(other));
}
