import 'server-only';
import { z } from 'zod';
import { KEYS_LIMIT, type Key } from '#lib/omni/schemas/keys.ts';
import { type Seen, notSeenOf, valueOf } from '#lib/omni/seen.ts';
import { happens, sets } from '#lib/operations/effects/effect.ts';
import { NOTHING, notSeenValue } from '#lib/operations/effects/value.ts';
import { type Check, type EffectPlan, type Text, defineOperation, step } from '#lib/operations/plan/define.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { expiryValue } from '#lib/keys/form/key-effects.ts';
import { alike, bodyLike, newDescription, whyNotRotated } from './rotate-rules.ts';
import { Credential } from '#lib/omni/door/credential.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { createKey, getKey, listKeys } from '#lib/omni/resources/keys.ts';
import { notSent } from '#lib/omni/door/local-error.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { seeKey } from '#lib/omni/resources/own-key.ts';
import { type Result, err, ok } from '#lib/omni/result.ts';
import { doneByMark, doubledKeys } from '#lib/keys/form/find-created.ts';
import { heldKey, holdKey, isAwaited } from './new-key.ts';
import { omniNow } from '#lib/omni/resources/health.ts';
import { type Proof, prove } from './new-key.ts';

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
      ...(own ? [{ key: 'rotate.create-own' }] : []),
      ...(scopes === null ? [{ key: 'rotate.create-omni-decides' }] : []),
      ...(key.instanceIds?.length === 0 ? [{ key: 'rotate.create-no-instances' }] : []),
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

/** What the journal keeps of a new key, never its text. `delivered`: this run had the text, for its page if it lives to its end. */
export type CreatedForRotation = { id: string; prefix: string; delivered: boolean };

async function read(
  { keyId }: CreateForRotationInput,
  omni: Omni,
  scopes: readonly string[] | null,
): Promise<Result<CreateForRotationFacts, OmniError>> {
  const [seen, listed, now] = await Promise.all([
    seeKey(omni, keyId),
    listKeys(omni, { status: 'active' }),
    omniNow(omni),
  ]);
  if (!seen.ok && seen.error.kind !== 'not_found') return seen;
  return ok({
    key: seen.ok ? seen.value.key : null,
    own: seen.ok && seen.value.own,
    listed: allListed(listed),
    now: new Date(now).toISOString(),
    scopes,
  });
}

/** Whether Omni lists all active keys, or no more than it lists. */
function allListed(answer: Result<Key[], OmniError>): Seen<'all'> {
  if (!answer.ok) return notSeenOf(answer.error);
  return answer.value.length < KEYS_LIMIT ? valueOf('all' as const) : { is: 'beyond', limit: KEYS_LIMIT };
}

const create = step<CreateForRotationInput, CreateForRotationFacts, null>({
  kind: 'create',
  args: z.null(),
  creates: true,
  async run({ input, before, omni, mark, deliver }) {
    if (!isAwaited(input.rotationId) || !before.key) return err(notSent('nobody_waits'));
    const { expiresAt } = input;
    const created = await createKey(
      omni,
      bodyLike(before.key, { description: newDescription(before.key, mark), expiresAt }),
    );
    if (!created.ok) return created;
    const { id, keyPrefix, name, plainTextKey } = created.value;
    holdKey(input.rotationId, new Credential(omni.server, plainTextKey));
    await deliver(
      { secret: plainTextKey, keyId: id, name, serverUrl: omni.server.url },
      { subject: `key:${id}`, label: name },
    );
    return ok({ id, prefix: keyPrefix, delivered: true } satisfies CreatedForRotation);
  },
  done: ({ before, omni, mark }) =>
    doneByMark(
      omni,
      mark,
      Date.parse(before.now),
      ({ id, keyPrefix }) => ({ id, prefix: keyPrefix, delivered: false }) satisfies CreatedForRotation,
    ),
  command: () => null,
});

/** Reads only: there is nothing for a terminal to do. */
const proveStep = step<CreateForRotationInput, CreateForRotationFacts, null>({
  kind: 'prove',
  args: z.null(),
  async run({ input, omni, results }) {
    const credential = heldKey(input.rotationId);
    const { id } = results.create as CreatedForRotation;
    const created = await getKey(omni, id);
    if (!created.ok) return created;
    return ok(credential ? await prove(credential, created.value, (await omniNow(omni)) - Date.now()) : null);
  },
  done: async () => ({ is: 'no' }),
  command: () => '',
});

/** Creates the new key of a rotation, checks it with reads, and delivers it once to the page that waits for it. */
export const createForRotation = defineOperation<CreateForRotationInput, CreateForRotationFacts>({
  name: 'keys.create-for-rotation',
  proof: true,
  scopes: ['keys:write'],
  mode: 'inline',
  input: createForRotationInput,
  subjects: ({ keyId, rotationId }) => [`key:${keyId}`, `rotation:${rotationId}`],
  read,
  plan(input, facts) {
    const { key, ...plan } = planCreateForRotation(input, facts);
    const title = { key: 'rotate.step-create', values: { name: key?.name ?? '' } };
    return {
      ...plan,
      steps: [create.planned('create', title, null), proveStep.planned('prove', { key: 'rotate.step-prove' }, null)],
    };
  },
  steps: { create, prove: proveStep },
  async verify({ before, omni, mark, results }) {
    const { id, prefix, delivered } = results.create as CreatedForRotation;
    // A continued run has the key without its text.
    const held = delivered && results.prove !== null;
    const created = await getKey(omni, id);
    const same = created.ok && before.key ? alike(before.key, created.value) : null;
    return [
      ...(await doubledKeys(omni, mark, id)),
      { text: { key: 'rotate.checked-delivered', values: { prefix } }, held },
      { text: { key: 'rotate.checked-alike' }, held: same },
      ...proofChecks(results.prove as Proof | null),
    ];
  },
  undo: () => ({ impossible: { key: 'rotate.undo-by-cancel' } }),
});

const HELD = { proved: true, taken: true, everything: true, failed: false, unknown: null } as const;

function proofChecks(proof: Proof | null): Check[] {
  if (!proof) return [{ text: { key: 'rotate.proof-lost' }, held: null }];
  return [
    { text: { key: `rotate.proof-allowed-${proof.allowed}` }, held: HELD[proof.allowed] },
    { text: { key: `rotate.proof-refused-${proof.refused}` }, held: HELD[proof.refused] },
  ];
}
