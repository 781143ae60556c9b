import 'server-only';
import { z } from 'zod';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import { refusalOf } from '#lib/omni/permits/key-rules.ts';
import { seeKey, type SeenKey } from '#lib/omni/resources/own-key.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { thing } from '#lib/operations/effects/value.ts';
import {
  defineOperation,
  translated,
  type Check,
  type CommandContext,
  type EffectPlan,
  type Step,
  type StepContext,
  type Text,
} from '#lib/operations/plan/define.ts';
import type { KeyReading } from '#lib/keys/form/key-reading.ts';
import { readAllKeys } from '#lib/keys/list/read-all.ts';
import { statusOf } from '#lib/keys/list/status.ts';
import { keptCalls, type KeptCalls } from '#lib/keys/requests/kept-calls.ts';
import { omniNow } from '#lib/omni/resources/health.ts';
import { MOST_ENDED } from './bulk-limits.ts';
import { planDelete, remove } from './delete.ts';
import { planRevoke, revoke, type RevokeKeyFacts, type RevokeKeyInput } from './revoke.ts';

const uuid = z.uuid().toLowerCase();
/** `reason` is kept by Omni with what is revoked; an expired key is revoked before it is deleted. */
const input = z.strictObject({
  change: z.enum(['revoke', 'delete']),
  ids: z
    .array(uuid)
    .min(1)
    .max(MOST_ENDED, 'too_many_rows')
    .transform((all) => [...new Set(all)]),
  reason: z.string().trim().min(1, 'reason_needed').max(500, 'too_long'),
});
const one = z.strictObject({ id: uuid });

type Input = z.infer<typeof input>;
type BulkKeyFacts = { keys: { id: string; reading: KeyReading; calls: KeptCalls | undefined }[]; now: number };

async function read({ change, ids }: Input, omni: Omni): Promise<Result<BulkKeyFacts, OmniError>> {
  const [listed, now] = await Promise.all([readAllKeys(omni), omniNow(omni)]);
  if (!listed.ok) return listed;
  const { keys, hidden } = listed.value;
  const byId = new Map(keys.map((seen) => [seen.key.id, seen] as const));
  const unlisted = ids.filter((id) => !byId.has(id));
  const read = await fanOut(omni, unlisted, { concurrency: 4 }, (id) => seeKey(omni, id));
  for (const answer of read) {
    if (answer.state === 'ok') byId.set(answer.item, answer.value);
    else if (answer.state === 'failed' && answer.error.kind !== 'not_found') return err(answer.error);
  }
  // Together they may be all that can manage keys.
  const others = { keys: keys.filter(({ key }) => !ids.includes(key.id)), all: !hidden.includes('active') };
  const readingOf = (seen: SeenKey | undefined): KeyReading =>
    seen ? { seen, refused: refusalOf(seen, { is: change }, others, now) } : null;
  const facts = ids.map(async (id) => {
    const reading = readingOf(byId.get(id));
    const calls = change === 'delete' && reading ? await keptCalls(omni.server.id, reading.seen.key) : undefined;
    return { id, reading, calls };
  });
  return ok({ keys: await Promise.all(facts), now });
}

/** What is done with one key: an expired one is revoked before it is deleted, as every deleted key is. */
function plansOf({ change, reason }: Input, { id, reading, calls }: BulkKeyFacts['keys'][number], now: number) {
  const revoking = planRevoke({ id, reason, leaked: false }, { reading, now });
  if (change === 'revoke' || !reading) return [revoking];
  const { seen } = reading;
  const expired = statusOf(seen.key, now) === 'expired';
  if (!expired) return [planDelete({ id }, { reading, calls, now })];
  const revoked = { ...reading, seen: { ...seen, key: { ...seen.key, status: 'revoked' } } };
  // What is lost is said once, by the deletion.
  return [{ ...revoking, effects: [], notes: [] }, planDelete({ id }, { reading: revoked, calls, now })];
}

function plan(asked: Input, { keys, now }: BulkKeyFacts): EffectPlan {
  const each = keys.map((key) => ({ id: key.id, plans: plansOf(asked, key, now), name: key.reading?.seen.key.name }));
  const all = each.flatMap(({ plans }) => plans);
  const refusal = all.find((plan) => plan.refusal)?.refusal;
  const reasons = all.flatMap(({ effects }) => effects.filter(({ what }) => what === 'gets'));
  const notes = new Map(all.flatMap((plan) => (plan.notes ?? []).map((note) => [note.key, note] as const)));
  return {
    title: { key: `keys.bulk.title-${asked.change}`, values: { count: keys.length } },
    effects: [
      ...each.flatMap(({ id, plans, name }) =>
        plans
          .flatMap(({ effects }) => effects)
          .filter(({ what }) => what !== 'gets')
          .map((effect) => (asked.change === 'delete' ? { ...effect, under: thing('key', id, name) } : effect)),
      ),
      ...reasons.slice(0, 1),
    ],
    relies: all.map(({ relies }) => relies),
    steps: each.flatMap(({ id, plans }) =>
      plans.flatMap(({ steps }) => steps.map((step) => ({ ...step, id: `${step.kind}:${id}`, args: { id } }))),
    ),
    notes: [...notes.values()],
    ...(refusal ? { refusal } : {}),
    verb: asked.change,
  };
}

/** A step of one key as the step of one of many. */
function ofOne<F>(step: Step<RevokeKeyInput, F>): Step<Input, BulkKeyFacts> {
  const inputOf = (args: unknown, { reason }: Input): RevokeKeyInput => ({ ...one.parse(args), reason, leaked: false });
  return {
    ...translated<RevokeKeyInput, F, Input, BulkKeyFacts>(
      step,
      (context: StepContext<Input, BulkKeyFacts>) =>
        ({ ...context, args: null, input: inputOf(context.args, context.input) }) as unknown as StepContext<
          RevokeKeyInput,
          F
        >,
      (at: CommandContext<Input, BulkKeyFacts>) =>
        ({ ...at, args: null, input: inputOf(at.args, at.input) }) as unknown as CommandContext<RevokeKeyInput, F>,
    ),
    independent: true,
  };
}

/** Whether a key may be deleted after what was done before: only a revoked one. */
async function stillRevoked({ args, omni }: StepContext<Input, BulkKeyFacts>): Promise<Result<Text | null, OmniError>> {
  const now = await seeKey(omni, one.parse(args).id);
  if (!now.ok) return now.error.kind === 'not_found' ? ok(null) : now;
  const { status, name } = now.value.key;
  return ok(status === 'revoked' ? null : { key: 'keys.delete.revoke-first', values: { name } });
}

/**
 * Revokes some keys, or deletes some that are revoked or expired, each by steps of its own that no other key waits for. What one
 * key alone would be refused is refused here too; so is ending all that can manage keys together.
 */
export const bulkKeys = defineOperation<Input, BulkKeyFacts>({
  name: 'keys.bulk',
  proof: true,
  scopes: ['keys:read', 'keys:write'],
  input,
  subjects: ({ ids }) => ids.map((id) => `key:${id}`),
  read,
  plan,
  steps: {
    revoke: ofOne<RevokeKeyFacts>(revoke),
    delete: { ...ofOne(remove as Step<RevokeKeyInput>), still: stillRevoked },
  },
  verify: ({ input: { change, ids }, omni }) => check(change, ids, omni),
  undo: ({ input: { change } }) => ({ impossible: { key: `keys.bulk.no-undo-${change}` } }),
});

async function check(change: Input['change'], ids: readonly string[], omni: Omni): Promise<Check[]> {
  const now = await fanOut(omni, ids, { concurrency: 4 }, (id) => seeKey(omni, id));
  const states = now.map((answer) => {
    if (answer.state === 'ok') return change === 'revoke' && answer.value.key.status === 'revoked';
    const gone = answer.state === 'failed' && answer.error.kind === 'not_found';
    return gone ? change === 'delete' : null;
  });
  const held = states.includes(false) ? false : states.includes(null) ? null : true;
  return [{ text: { key: `keys.bulk.checked-${change}`, values: { count: ids.length } }, held }];
}
