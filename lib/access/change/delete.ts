import 'server-only';
import { z } from 'zod';
import { isAsMade, ruleContent, ruleFor, unmarked } from '#lib/access/rules/access-rules.ts';
import { listAccessRules } from '#lib/omni/resources/access.ts';
import { accessRuleBody } from '#lib/omni/schemas/access.ts';
import { happens } from '#lib/operations/effects/effect.ts';
import { sameJson } from '#lib/operations/plan/canonical.ts';
import { asJson, defineOperation, type Text, type Undo } from '#lib/operations/plan/define.ts';
import { overtakes } from './newest.ts';
import { accessAfter, patternRefusal, ruleValues } from './rule-effects.ts';
import { readRuleFacts, type RuleFacts } from './rule-facts.ts';
import { deleteRuleStep } from './rule-writes.ts';

/** `undoes`: the rule was made by the entry that is undone, so nothing is typed; `made`: as that made it. */
const input = z.strictObject({
  id: z.uuid().toLowerCase(),
  undoes: z.literal(true).optional(),
  made: accessRuleBody.optional(),
});

type Input = z.infer<typeof input>;

const ruleOf = ({ id }: Input, { rules }: Pick<RuleFacts, 'rules'>) => rules.find((rule) => rule.id === id);

const remove = deleteRuleStep<Input, RuleFacts>((asked, rule, before) => {
  const was = ruleOf(asked, before);
  const content = (of: typeof rule) => asJson({ ...ruleContent(of), personId: of.personId, reason: of.reason });
  return was && sameJson(content(was), content(rule)) ? null : { key: 'access.changed' };
});

/**
 * Deletes an access rule. Creating it again restores it under a new id, unless it would then come before a rule that decides today: it would
 * be the newest (access contract §6.2, case T19).
 */
export const deleteRule = defineOperation<Input, RuleFacts>({
  name: 'access.delete',
  scopes: ['access:write', 'access:read', 'instances:read'],
  input,
  subjects: ({ id }) => [`rule:${id}`],
  subjectsOf: (asked, facts) => {
    const personId = ruleOf(asked, facts)?.personId;
    return personId ? [`person:${personId}`] : [];
  },
  contacts: (asked, facts) => {
    const rule = ruleOf(asked, facts);
    return [rule?.platformUserId, rule?.phonePattern];
  },
  read: (asked, omni, scopes) =>
    readRuleFacts(omni, scopes, (rules) => {
      const rule = ruleOf(asked, { rules });
      return { criteria: rule ? [rule] : [], people: [rule?.personId ?? null] };
    }),
  plan(asked, facts) {
    const rule = ruleOf(asked, facts);
    if (!rule)
      return {
        title: { key: 'access-delete.title', values: { whom: asked.id.slice(0, 8), place: '', does: 'blocks' } },
        effects: [],
        steps: [],
        refusal: { key: 'rules.gone' },
        verb: 'delete',
      };
    const { effects, notes } = accessAfter(rule, null, facts);
    const values = ruleValues(rule, facts);
    const undo = again(rule, facts);
    const why = 'impossible' in undo ? [undo.impossible] : [];
    return {
      title: { key: 'access-delete.title', values },
      effects: [
        ...effects.map((one) => ('impossible' in undo ? { ...one, back: 'no' as const } : one)),
        happens('access-deleted', {
          more: values,
          kept: 'no',
          back: 'impossible' in undo ? 'no' : 'id',
          ...(asked.undoes ? { untyped: true as const } : {}),
        }),
      ],
      relies: { ...ruleContent(rule), id: rule.id, personId: rule.personId, reason: unmarked(rule.reason) },
      steps: [remove.planned('delete', { key: 'access-delete.step', values }, { id: rule.id })],
      notes: [...why, ...notes],
      ...(asked.made && !isAsMade(rule, asked.made) ? { refusal: { key: 'access.undo-changed' } } : {}),
      verb: 'delete',
    };
  },
  steps: { delete: remove },
  async verify({ input: { id }, omni }) {
    const rules = await listAccessRules(omni);
    return [
      { text: { key: 'access-delete.checked' }, held: rules.ok ? !rules.value.some((rule) => rule.id === id) : null },
    ];
  },
  undo({ input: asked, before }) {
    const rule = ruleOf(asked, before);
    return rule ? again(rule, before) : { impossible: { key: 'rules.gone' } };
  },
});

/** How a deleted rule is created again, or why it can't be. */
function again(rule: NonNullable<ReturnType<typeof ruleOf>>, { rules }: RuleFacts): Undo {
  const body = ruleFor(rule, rule.personId);
  const cannot = (key: string): { impossible: Text } => ({ impossible: { key } });
  if (!body) return cannot('access-delete.no-such');
  if (patternRefusal(rule.phonePattern)) return cannot('access-delete.pattern');
  if (overtakes(rule, rules).length > 0) return cannot('access-delete.newest');
  return { operation: 'access.create', input: { rule: asJson(body), again: true } };
}
