import 'server-only';
import { z } from 'zod';
import { PRIMARY } from '#lib/omni/permits/key-rules.ts';
import { deleteKey } from '#lib/omni/resources/keys.ts';
import { seeKey } from '#lib/omni/resources/own-key.ts';
import { ok } from '#lib/omni/result.ts';
import { store } from '#lib/store/database.ts';
import { defineOperation, type Plan, type Text } from '#lib/operations/plan/define.ts';
import { omniLine } from '#lib/operations/plan/shell.ts';
import { noteOnlyCopies } from '#lib/keys/requests/audit-exports.ts';
import { look, refusalText, type Looked } from '#lib/keys/form/key-reading.ts';
import { keptCalls, type KeptCalls } from '#lib/keys/requests/kept-calls.ts';

const input = z.strictObject({ id: z.uuid().toLowerCase() });

type Input = z.infer<typeof input>;
type World = { looked: Looked; calls: KeptCalls };

function refusalOf({ looked, calls }: World): Text | undefined {
  if (!looked) return { key: 'keys.gone' };
  const { name, status } = looked.seen.key;
  const values = { name };
  if (looked.seen.own || name === PRIMARY) return refusalText(looked.seen.own ? 'own_key' : 'primary_key', name);
  if (status !== 'revoked') return { key: 'keys.delete.revoke-first', values };
  if (looked.refused) return refusalText(looked.refused, name);
  return calls === 'not_kept' ? { key: 'keys.delete.keep-first', values } : undefined;
}

function plan({ id }: Input, world: World): Plan {
  const { looked, calls } = world;
  const key = looked?.seen.key;
  const name = key?.name ?? id.slice(0, 8);
  const refusal = refusalOf(world);
  return {
    title: { key: 'keys.delete.title', values: { name } },
    effects: { id, status: key?.status ?? null, refused: looked?.refused ?? null, calls },
    steps: [{ id: 'delete', kind: 'delete', title: { key: 'keys.delete.step', values: { name } }, args: null }],
    moves: [],
    losses: [
      { key: 'keys.delete.row', values: { name } },
      key?.usageCount == null
        ? { key: 'keys.delete.calls' }
        : { key: 'keys.delete.calls-count', values: { count: key.usageCount } },
      ...(calls === 'kept_unsure' ? [{ key: 'keys.delete.calls-unsure' }] : []),
    ],
    unknowns: [],
    warnings: calls === 'unknown' ? [{ key: 'keys.delete.keep-yourself' }] : [],
    typed: { text: name },
    ...(refusal ? { refusal } : {}),
    command: { omni: omniLine(['keys', 'delete', id]) },
  };
}

/** Delete a revoked key; Omni deletes the record of its calls with it (contract §5), so that must have been kept before. */
export const deleteKeyOperation = defineOperation<Input, World>({
  name: 'keys.delete',
  proof: true,
  scopes: ['keys:read', 'keys:write'],
  input,
  subjects: ({ id }) => [`key:${id}`],
  async read({ id }, omni) {
    const looked = await look(omni, id, { is: 'delete' });
    if (!looked.ok) return looked;
    const calls = looked.value ? await keptCalls(omni.server.id, looked.value.seen.key) : 'unknown';
    return ok({ looked: looked.value, calls });
  },
  plan,
  steps: {
    delete: {
      run: async ({ input: { id }, omni }) => {
        const db = await store();
        await noteOnlyCopies(db, omni.server.id, id, Date.now());
        const done = await deleteKey(omni, id);
        if (done.ok) return ok(undefined);
        const stays = done.error.kind !== 'outcome_unknown' && done.error.kind !== 'not_found';
        if (stays) await noteOnlyCopies(db, omni.server.id, id, null);
        return done;
      },
      done: async ({ input: { id }, omni }) => {
        const now = await seeKey(omni, id);
        if (now.ok) return { is: 'no' };
        return { is: now.error.kind === 'not_found' ? 'yes' : 'unknown' };
      },
    },
  },
  async verify({ input: { id }, omni }) {
    const now = await seeKey(omni, id);
    const held = now.ok ? false : now.error.kind === 'not_found' ? true : null;
    return [{ text: { key: held === null ? 'keys.unseen' : 'keys.delete.checked' }, held }];
  },
  undo: () => ({ impossible: { key: 'keys.delete.no-undo' } }),
});
