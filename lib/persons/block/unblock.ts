import 'server-only';
import { z } from 'zod';
import { canMatch } from '#lib/access/rules/access-rules.ts';
import { getAccessRule, listAccessRules, patchAccessRule } from '#lib/omni/resources/access.ts';
import { ok } from '#lib/omni/result.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import { happens, sets, type Effect } from '#lib/operations/effects/effect.ts';
import { textValue, thing, wordValue } from '#lib/operations/effects/value.ts';
import {
  defineOperation,
  step,
  type EffectPlan,
  type Text,
  type Undo,
  type UndoContext,
} from '#lib/operations/plan/define.ts';
import { curlLine } from '#lib/operations/plan/shell.ts';
import { calledBy, contactsOf, type PersonRecord } from '#lib/persons/record/person-record.ts';
import { withBroughtBack } from '#lib/persons/directory/merged-into.ts';
import { accessAt } from './block-rules.ts';
import { placeValue } from './block-plan.ts';
import { readBlock, type BlockFacts } from './read-block.ts';

/** Rules that block somebody, and whether they are on. Off is how somebody is unblocked: the rule keeps its age, so it can come on again as it was. */
const input = z.strictObject({
  personId: z.uuid().toLowerCase(),
  rules: z.array(z.uuid().toLowerCase()).min(1).max(100),
  enabled: z.boolean().default(false),
});

type Input = z.infer<typeof input>;

/** Turns a rule on or off and nothing else: its place, age and priority stay (cases N1, P34). */
const turn = step<Input, BlockFacts, { id: string }>({
  kind: 'turn',
  args: z.strictObject({ id: z.string() }),
  still: async ({ args: { id }, omni }) => {
    const rule = await getAccessRule(omni, id);
    if (rule.ok) return ok(null);
    return rule.error.kind === 'not_found' ? ok({ key: 'rules.gone' }) : rule;
  },
  run: async ({ input: { enabled }, args: { id }, omni }) => {
    const done = await patchAccessRule(omni, id, { enabled });
    return done.ok ? ok(undefined) : done;
  },
  done: async ({ input: { enabled }, args: { id }, omni }) => {
    const rule = await getAccessRule(omni, id);
    if (rule.ok) return { is: rule.value.enabled === enabled ? 'yes' : 'no' };
    return rule.error.kind === 'not_found' ? { is: 'stuck', why: { key: 'rules.gone' } } : { is: 'unknown' };
  },
  command: ({ input: { enabled }, before, args: { id } }) =>
    curlLine('PATCH', before.serverUrl, `/access/rules/${id}`, { enabled }),
});

/** Unblocks somebody where rules name them, or undoes that. */
export const unblockPerson = defineOperation<Input, BlockFacts>({
  name: 'persons.unblock',
  scopes: ['access:write', 'access:read', 'persons:read', 'instances:read'],
  input,
  subjects: ({ personId }) => [`person:${personId}`],
  subjectsOf: ({ rules }) => rules.map((id) => `rule:${id}`),
  contacts: (_, { record }) => contactsOf(record),
  read: ({ personId }, omni) => readBlock(omni, personId),
  plan,
  steps: { turn },
  async verify({ input: asked, omni }) {
    const rules = await listAccessRules(omni);
    const held = rules.ok
      ? asked.rules.every((id) => rules.value.find((rule) => rule.id === id)?.enabled === asked.enabled)
      : null;
    return [{ text: { key: asked.enabled ? 'unblock.checked-on' : 'unblock.checked-off' }, held }];
  },
  today: (input, db, reader) => withBroughtBack(input, ['personId'], db, reader),
  undo: (context) => backOf(context) ?? { impossible: { key: 'unblock.already' } },
  undoPartly: backOf,
});

/** Turns the rules back that were turned, and no other: one that was off before stays off. */
function backOf({ input: asked, results }: Pick<UndoContext<Input, BlockFacts>, 'input' | 'results'>): Undo | null {
  const turned = Object.keys(results).flatMap((id) => (id.startsWith('turn:') ? [id.slice('turn:'.length)] : []));
  if (turned.length === 0) return null;
  return { operation: 'persons.unblock', input: { ...asked, rules: turned, enabled: !asked.enabled } };
}

function plan(asked: Input, facts: BlockFacts): EffectPlan {
  const { record, rules } = facts;
  const name = record ? thing('person', record.person.id, calledBy(record)) : textValue(asked.personId.slice(0, 8));
  const wanted = asked.rules.flatMap((id) => rules.find((rule) => rule.id === id) ?? []);
  const turned = wanted.filter(({ enabled }) => enabled !== asked.enabled);
  const changed = rules.map((rule) => (turned.includes(rule) ? { ...rule, enabled: asked.enabled } : rule));
  const decided = record ? decidedAfter(facts, record, turned, changed) : [];
  // Other rules, or the allowlist, may block as before.
  const frees = decided.some(({ what }) => what === 'unblock-answers');
  const title = {
    key: asked.enabled ? 'unblock.undo-title' : frees ? 'unblock.title' : 'unblock.rules-title',
    values: { name },
  };
  const refusal: Text | null = !record
    ? { key: 'block.nobody' }
    : wanted.length < asked.rules.length
      ? { key: 'rules.gone' }
      : turned.length === 0
        ? { key: 'unblock.already' }
        : null;
  return {
    title,
    effects: record ? [...turned.map((rule) => ruleEffect(rule, asked, facts)), ...decided] : [],
    relies: asked,
    steps: turned.map((rule) =>
      turn.planned(`turn:${rule.id}`, { key: 'unblock.step', values: { handle: handleOf(rule) } }, { id: rule.id }),
    ),
    notes: [
      ...turned.filter(hitsMore).map((rule) => ({ key: 'unblock.pattern', values: { handle: handleOf(rule) } })),
      { key: 'block.within' },
    ],
    ...(refusal ? { refusal } : {}),
    verb: 'save',
    opens: name,
  };
}

const onOff = (on: boolean) => wordValue(on ? 'active' : 'inactive');

function ruleEffect(rule: AccessRule, { enabled }: Input, facts: BlockFacts): Effect {
  const more = { handle: handleOf(rule), place: placeValue(facts, rule.instanceId) };
  return { ...sets('rule', onOff(!enabled), onOff(enabled), { more }), what: 'unblock-rule' };
}

/**
 * What access decides on a person at each place that these rules concern, once all rules are as in `after`. Nobody is said to be blocked by
 * another rule where the allowlist blocks.
 */
export function decidedAfter(
  facts: BlockFacts,
  record: PersonRecord,
  concerned: readonly AccessRule[],
  after: readonly AccessRule[],
): Effect[] {
  const before = accessAt(facts, record, null, facts.now);
  return accessAt({ ...facts, rules: after }, record, null, facts.now).flatMap(({ instance, decision }, index) => {
    if (!concerned.some(({ instanceId }) => instanceId === null || instanceId === instance.id)) return [];
    const of = thing('instance', instance.id, instance.name);
    if (decision.is === 'unknown') return [happens('unblock-unsure', { of, kept: 'unknown', back: 'yes' })];
    const still =
      before[index]?.decision.is === 'blocked' ? (decision.by ? 'unblock-still' : 'unblock-still-mode') : null;
    const what = decision.is === 'blocked' ? (still ?? 'unblock-blocks') : 'unblock-answers';
    return [happens(what, { of, kept: 'yes', back: 'yes' })];
  });
}

function handleOf({ platformUserId, phonePattern }: AccessRule) {
  return { is: 'list' as const, of: [platformUserId, phonePattern].filter(Boolean).map(textValue) };
}

/** Whether a rule keeps out whoever its pattern fits, not one person only. */
function hitsMore(rule: AccessRule): boolean {
  return canMatch(rule) && (rule.phonePattern?.includes('*') ?? false);
}
