import 'server-only';
import { z } from 'zod';
import { omniNow } from '#lib/omni/resources/health.ts';
import { deleteKey } from '#lib/omni/resources/keys.ts';
import { seeKey } from '#lib/omni/resources/own-key.ts';
import { ok } from '#lib/omni/result.ts';
import { store } from '#lib/store/database.ts';
import { outcomeOfWrite } from '#lib/operations/run/write-outcome.ts';
import { happens } from '#lib/operations/effects/effect.ts';
import { thing } from '#lib/operations/effects/value.ts';
import { defineOperation, step, type EffectPlan, type Text } from '#lib/operations/plan/define.ts';
import { omniLine } from '#lib/operations/plan/shell.ts';
import { recordOnlyCopies } from '#lib/keys/requests/audit-exports.ts';
import { readKeyForChange, type KeyReading } from '#lib/keys/form/key-reading.ts';
import { capabilityOf } from '#lib/keys/list/capability.ts';
import { keptCalls, type KeptCalls } from '#lib/keys/requests/kept-calls.ts';

const input = z.strictObject({ id: z.uuid().toLowerCase() });

type DeleteKeyInput = z.infer<typeof input>;
/** `now`: milliseconds, by Omni's clock. */
type DeleteKeyFacts = { reading: KeyReading; calls: KeptCalls | undefined; now: number };

function refusalOf({ reading, calls, now }: DeleteKeyFacts): Text | undefined {
  if (!reading) return { key: 'keys.gone' };
  return capabilityOf(reading.seen, { scopes: null, now, calls, ending: reading.refused }).delete?.why;
}

/** The plan of deleting one key. Pure. */
export function planDelete({ id }: DeleteKeyInput, facts: DeleteKeyFacts): EffectPlan {
  const { reading, calls } = facts;
  const key = reading?.seen.key;
  const name = key?.name ?? id.slice(0, 8);
  const refusal = refusalOf(facts);
  const of = thing('key', id, name);
  return {
    title: { key: 'keys.delete.title', values: { name } },
    effects: [
      happens('key-deleted', { of, kept: 'no', back: 'no' }),
      ...(key?.usageCount === 0
        ? []
        : [
            happens(key?.usageCount == null ? 'key-requests-deleted' : 'key-requests-counted', {
              of,
              kept: 'no',
              back: 'no',
              more: { requests: key?.usageCount ?? 0 },
            }),
          ]),
      ...(calls === 'kept_unsure' ? [happens('key-requests-unsure', { of, kept: 'unknown', back: 'no' })] : []),
    ],
    relies: { id, status: key?.status, refused: reading?.refused, calls },
    steps: [remove.planned('delete', { key: 'keys.delete.step', values: { name } }, null)],
    ...(refusal ? { refusal } : {}),
    verb: 'delete',
  };
}

/** Deletes one key. */
export const remove = step<DeleteKeyInput, DeleteKeyFacts, null>({
  kind: 'delete',
  args: z.null(),
  run: async ({ input: { id }, omni }) => {
    const db = await store();
    await recordOnlyCopies(db, omni.server.id, id, Date.now());
    const done = await deleteKey(omni, id);
    if (done.ok) return ok(undefined);
    const keyRemains = ['refused', 'not_sent'].includes(outcomeOfWrite(done.error).is);
    if (keyRemains) await recordOnlyCopies(db, omni.server.id, id, null);
    return done;
  },
  done: async ({ input: { id }, omni }) => {
    const now = await seeKey(omni, id);
    if (now.ok) return { is: 'no' };
    return { is: now.error.kind === 'not_found' ? 'yes' : 'unknown' };
  },
  command: ({ input: { id } }) => omniLine(['keys', 'delete', id]),
});

/** Deletes a revoked key. Omni deletes the record of its requests with it (contract §5), so they must have been copied before. */
export const deleteKeyOperation = defineOperation<DeleteKeyInput, DeleteKeyFacts>({
  name: 'keys.delete',
  proof: true,
  scopes: ['keys:read', 'keys:write'],
  input,
  subjects: ({ id }) => [`key:${id}`],
  async read({ id }, omni) {
    const [reading, now] = await Promise.all([readKeyForChange(omni, id, { is: 'delete' }), omniNow(omni)]);
    if (!reading.ok) return reading;
    const calls = reading.value ? await keptCalls(omni.server.id, reading.value.seen.key) : undefined;
    return ok({ reading: reading.value, calls, now });
  },
  plan: planDelete,
  steps: { delete: remove },
  async verify({ input: { id }, omni }) {
    const now = await seeKey(omni, id);
    const held = now.ok ? false : now.error.kind === 'not_found' ? true : null;
    return [{ text: { key: held === null ? 'keys.not-read' : 'keys.delete.checked' }, held }];
  },
  undo: () => ({ impossible: { key: 'keys.delete.no-undo' } }),
});
