import 'server-only';
import { z } from 'zod';
import { blocks, unmarked } from '#lib/access/rules/access-rules.ts';
import { getAccessRule, patchAccessRule } from '#lib/omni/resources/access.ts';
import { ok } from '#lib/omni/result.ts';
import { accessRulePatch, type AccessRule, type AccessRulePatch } from '#lib/omni/schemas/access.ts';
import { sets, type Effect } from '#lib/operations/effects/effect.ts';
import { momentValue, NOTHING, textValue, thing, wordValue, type Value } from '#lib/operations/effects/value.ts';
import { asJson, defineOperation, step, type Json, type Text } from '#lib/operations/plan/define.ts';
import { curlLine } from '#lib/operations/plan/shell.ts';
import { accessAfter, patternRefusal, refusalOf, ruleValues } from './rule-effects.ts';
import { readRuleFacts, type RuleFacts } from './rule-facts.ts';

const patchFields = accessRulePatch.shape;

/**
 * Changes to a rule: only the fields that are named; never its instance. Null asks for a field to be cleared, which Omni refuses for all but
 * the two texts, stored as `""` (access contract §5). `restores`: another edit is undone, and `expects` what it wrote, which must still be
 * there.
 */
const ruleChanges = z.strictObject({
  ruleType: patchFields.ruleType,
  phonePattern: patchFields.phonePattern.nullable(),
  platformUserId: patchFields.platformUserId.nullable(),
  personId: patchFields.personId.nullable(),
  priority: patchFields.priority,
  enabled: patchFields.enabled,
  reason: patchFields.reason,
  expiresAt: patchFields.expiresAt.nullable(),
  action: patchFields.action,
  blockMessage: patchFields.blockMessage,
});
const input = z.strictObject({
  id: z.uuid().toLowerCase(),
  changes: ruleChanges,
  restores: z.literal(true).optional(),
  expects: ruleChanges.optional(),
});

type Input = z.infer<typeof input>;
type Field = keyof AccessRulePatch;
type Difference = { field: Field; from: Json; to: Json };

const TEXTS: ReadonlySet<Field> = new Set(['reason', 'blockMessage']);

const ruleOf = ({ id }: Input, { rules }: Pick<RuleFacts, 'rules'>) => rules.find((rule) => rule.id === id) ?? null;

/** What of some fields is not so yet. A reason is compared without the mark of the run that made the rule. */
function differences(rule: AccessRule, changes: Input['changes']): Difference[] {
  return Object.entries(changes).flatMap(([name, wanted]) => {
    const field = name as Field;
    if (wanted === undefined) return [];
    const now = asJson(rule[field]);
    const plain = (value: Json) => (field === 'reason' ? unmarked(value as string | null) : value) || null;
    const same = TEXTS.has(field) ? plain(now) === plain(asJson(wanted)) : sameValue(field, now, asJson(wanted));
    return same ? [] : [{ field, from: now, to: asJson(wanted) }];
  });
}

function sameValue(field: Field, one: Json, other: Json): boolean {
  if (field !== 'expiresAt' || typeof one !== 'string' || typeof other !== 'string') return one === other;
  return Date.parse(one) === Date.parse(other);
}

/** Whether undo can write what was there: null can't be sent, for the texts `""` says the same (contract §10.17); nor a refused pattern. */
function canRestore({ field, from }: Difference): boolean {
  if (field === 'phonePattern' && patternRefusal(from as string | null)) return false;
  return from !== null || TEXTS.has(field);
}

/** Who is blocked comes back with all that is restored, and stays as it is with nothing. */
function backOf(changes: readonly Difference[], { back }: Effect): Effect['back'] {
  if (changes.every(canRestore)) return back;
  return changes.some(canRestore) ? 'unknown' : 'no';
}

const cleared = ({ field, to }: Difference) => to === null && !TEXTS.has(field);

/** One PATCH with only what changes. */
const patch = step<Input, RuleFacts, AccessRulePatch>({
  kind: 'patch',
  args: accessRulePatch,
  still: async ({ input: asked, args, before, omni }) => {
    const now = await getAccessRule(omni, asked.id);
    if (!now.ok) return now.error.kind === 'not_found' ? ok({ key: 'rules.gone' }) : now;
    const was = ruleOf(asked, before);
    const moved =
      was === null ||
      Object.keys(args).some(
        (name) => !sameValue(name as Field, asJson(was[name as Field]), asJson(now.value[name as Field])),
      );
    return ok(moved ? { key: 'access.changed' } : null);
  },
  run: async ({ input: { id }, args, omni }) => {
    const done = await patchAccessRule(omni, id, args);
    return done.ok ? ok(undefined) : done;
  },
  done: async ({ input: { id }, args, omni }) => {
    const now = await getAccessRule(omni, id);
    if (now.ok) return { is: differences(now.value, args).length === 0 ? 'yes' : 'no' };
    return now.error.kind === 'not_found' ? { is: 'stuck', why: { key: 'rules.gone' } } : { is: 'unknown' };
  },
  command: ({ input: { id }, before, args }) => curlLine('PATCH', before.serverUrl, `/access/rules/${id}`, args),
});

/** Changes an access rule in its place: its age stays, so it comes before the same rules as before. Undone by another edit. */
export const editRule = defineOperation<Input, RuleFacts>({
  name: 'access.edit',
  scopes: ['access:write', 'access:read', 'instances:read'],
  input,
  subjects: ({ id }) => [`rule:${id}`],
  subjectsOf: (asked, facts) =>
    [ruleOf(asked, facts)?.personId, asked.changes.personId].flatMap((id) => (id ? [`person:${id}`] : [])),
  contacts: (asked, facts) => {
    const rule = ruleOf(asked, facts);
    const { platformUserId, phonePattern } = asked.changes;
    return [rule?.platformUserId, rule?.phonePattern, platformUserId, phonePattern];
  },
  read: (asked, omni, scopes) =>
    readRuleFacts(omni, scopes, (rules) => {
      const rule = ruleOf(asked, { rules });
      const people = [rule?.personId ?? null, asked.changes.personId ?? null];
      if (!rule) return { criteria: [], people };
      const { personId: _, reason: __, blockMessage: ___, action: ____, ...decisive } = asked.changes;
      return { criteria: Object.keys(decisive).length > 0 ? [rule, changed(rule, asked)] : [], people };
    }),
  plan(asked, facts) {
    const rule = ruleOf(asked, facts);
    if (!rule)
      return {
        title: { key: 'access-edit.title', values: { whom: asked.id.slice(0, 8), what: 'several', to: NOTHING } },
        effects: [],
        steps: [],
        refusal: { key: 'rules.gone' },
        verb: 'save',
      };
    const changes = differences(rule, asked.changes);
    const after = changed(rule, asked);
    const { effects, notes } = accessAfter(rule, after, facts);
    const fields = Object.fromEntries(changes.map(({ field, to }) => [field, to ?? '']));
    const since = asked.expects ? differences(rule, asked.expects) : [];
    const refusal = since.length > 0 ? { key: 'access.undo-changed' } : refusedEdit(changes, after, facts, asked);
    const values = ruleValues(rule, facts);
    return {
      title: {
        key: asked.restores ? 'access-edit.undo-title' : 'access-edit.title',
        values: { ...values, ...titleValues(changes, facts) },
      },
      effects: [
        ...changes.map((one) => effectOf(one, facts)),
        ...effects.map((one) => ({ ...one, back: backOf(changes, one) })),
      ],
      relies: { id: rule.id },
      steps: refusal ? [] : [patch.planned('patch', { key: 'access-edit.step', values }, fields)],
      notes: changes.every(({ field }) => field === 'personId') ? [{ key: 'access.same-decisions' }] : notes,
      ...(refusal ? { refusal } : {}),
      verb: 'save',
    };
  },
  steps: { patch },
  async verify({ input: asked, omni }) {
    const now = await getAccessRule(omni, asked.id);
    const held = now.ok ? differences(now.value, asked.changes).length === 0 : null;
    return [{ text: { key: 'access-edit.checked' }, held }];
  },
  undo({ input: asked, before }) {
    const rule = ruleOf(asked, before);
    const restored = rule ? differences(rule, asked.changes).filter(canRestore) : [];
    if (restored.length === 0) return { impossible: { key: 'access-edit.no-undo' } };
    const changes = Object.fromEntries(restored.map(({ field, from }) => [field, from ?? '']));
    const expects = Object.fromEntries(restored.map(({ field, to }) => [field, to ?? '']));
    return { operation: 'access.edit', input: { id: asked.id, changes, restores: true, expects } };
  },
});

function changed(rule: AccessRule, { changes }: Input): AccessRule {
  const set = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  return { ...rule, ...set };
}

function refusedEdit(
  changes: readonly Difference[],
  after: AccessRule,
  facts: RuleFacts,
  { restores }: Input,
): Text | null {
  const unclearable = changes.find(cleared);
  if (unclearable)
    return { key: 'access.no-clear', values: { field: { is: 'field', field: `accessRule.${unclearable.field}` } } };
  if (changes.length === 0) return { key: 'unblock.already' };
  const until = changes.find(({ field }) => field === 'expiresAt');
  if (until && !restores && Date.parse(String(until.to)) <= facts.now) return { key: 'block.past' };
  // A rule of before with such a pattern can be changed otherwise, above all deactivated.
  const matches = changes.some(({ field, to }) => field === 'phonePattern' || (field === 'enabled' && to === true));
  return (matches && !restores ? patternRefusal(after.phonePattern) : null) ?? refusalOf(after, facts);
}

function effectOf(change: Difference, facts: RuleFacts): Effect {
  const { field, from, to } = change;
  return sets(
    `accessRule.${field}`,
    fieldValue(field, from, facts),
    fieldValue(field, to, facts),
    canRestore(change) ? {} : { back: 'no' },
  );
}

function fieldValue(field: Field, value: Json, { people }: RuleFacts): Value {
  switch (field) {
    case 'ruleType':
      return wordValue(blocks({ ruleType: String(value) }) ? 'blocks' : 'allows');
    case 'enabled':
      return wordValue(value === true ? 'active' : 'inactive');
    case 'action':
      return wordValue(value === 'silent_block' ? 'silently' : value === 'allow' ? 'allows' : 'with-message');
    case 'expiresAt':
      return momentValue(value as string | null, wordValue('never'));
    case 'personId':
      return value === null
        ? wordValue('nobody')
        : thing('person', String(value), people.find(({ id }) => id === value)?.name);
    case 'reason':
      return textValue(unmarked(value as string | null));
    default:
      return textValue(value === null ? null : String(value));
  }
}

/** What a title says of a change: whether the rule is on, or whom it names, else that it changed. */
function titleValues([change, ...others]: readonly Difference[], facts: RuleFacts): { what: string; to: Value } {
  if (!change || others.length > 0 || !['enabled', 'personId'].includes(change.field))
    return { what: 'several', to: NOTHING };
  const { field, to } = change;
  return { what: field === 'personId' ? 'person' : to === true ? 'on' : 'off', to: fieldValue(field, to, facts) };
}
