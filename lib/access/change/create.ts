import 'server-only';
import { z } from 'zod';
import { getAccessRule } from '#lib/omni/resources/access.ts';
import { accessRuleBody, type AccessRule, type AccessRuleBody } from '#lib/omni/schemas/access.ts';
import { happens } from '#lib/operations/effects/effect.ts';
import { momentValue, textValue, thing, wordValue } from '#lib/operations/effects/value.ts';
import { asJson, defineOperation } from '#lib/operations/plan/define.ts';
import { accessAfter, patternRefusal, refusalOf, ruleValues } from './rule-effects.ts';
import { readRuleFacts, type RuleFacts } from './rule-facts.ts';
import { createdRules, createRuleStep, doubledRules } from './rule-writes.ts';

/** A rule as it is created. `again`: it was there before, and its end may have passed. */
const input = z.strictObject({ rule: accessRuleBody, again: z.literal(true).optional() });

type Input = z.infer<typeof input>;

const create = createRuleStep<Input, RuleFacts>();

/** A rule that is to be created, as Omni would compare it then: newer than all, by whatever clock the server has. */
function asRule(body: AccessRuleBody, { rules, now }: Pick<RuleFacts, 'rules' | 'now'>): AccessRule {
  const newest = new Date(Math.max(now, ...rules.map(({ createdAt }) => Date.parse(createdAt) + 1))).toISOString();
  return {
    id: 'new',
    instanceId: body.instanceId ?? null,
    ruleType: body.ruleType,
    phonePattern: body.phonePattern ?? null,
    platformUserId: body.platformUserId ?? null,
    personId: body.personId ?? null,
    priority: body.priority ?? 0,
    enabled: body.enabled ?? true,
    reason: body.reason ?? null,
    expiresAt: body.expiresAt ?? null,
    action: body.action ?? 'block',
    blockMessage: body.blockMessage ?? null,
    createdAt: newest,
    updatedAt: newest,
  };
}

const whatFor = ({ platformUserId, phonePattern, personId }: AccessRuleBody) =>
  platformUserId ?? phonePattern ?? personId ?? '';

/** Creates an access rule. Undone by deleting it. */
export const createRule = defineOperation<Input, RuleFacts>({
  name: 'access.create',
  scopes: ['access:write', 'access:read', 'instances:read'],
  input,
  subjects: ({ rule }) => [
    `rule-for:${rule.instanceId ?? 'all'} ${whatFor(rule)}`,
    ...(rule.personId ? [`person:${rule.personId}`] : []),
  ],
  contacts: ({ rule }) => [rule.platformUserId, rule.phonePattern],
  read: ({ rule }, omni, scopes) =>
    readRuleFacts(omni, scopes, (rules) => ({
      criteria: [asRule(rule, { rules, now: 0 })],
      people: [rule.personId ?? null],
    })),
  plan({ rule: body, again }, facts) {
    const rule = asRule(body, facts);
    const { effects, notes } = accessAfter(null, rule, facts);
    const values = ruleValues(rule, facts);
    const over = rule.expiresAt !== null && Date.parse(rule.expiresAt) <= facts.now;
    const refusal =
      over && !again ? { key: 'block.past' } : (patternRefusal(rule.phonePattern) ?? refusalOf(rule, facts));
    const named = facts.people.find(({ id }) => id === rule.personId);
    return {
      title: { key: 'access-create.title', values },
      effects: [
        ...effects,
        happens('access-created', {
          more: {
            ...values,
            until: momentValue(rule.expiresAt, wordValue('never')),
            lasts: rule.expiresAt === null ? 'always' : 'until',
            priority: rule.priority,
            on: rule.enabled ? 'yes' : 'no',
          },
          kept: 'yes',
          back: 'yes',
        }),
        ...(named
          ? [happens('access-names', { of: thing('person', named.id, named.name), kept: 'yes', back: 'yes' })]
          : []),
        ...(rule.blockMessage
          ? [happens('block-message', { more: { message: textValue(rule.blockMessage) }, kept: 'yes', back: 'yes' })]
          : []),
      ],
      relies: body,
      steps: [create.planned('rule:0', { key: 'access-create.step', values }, body)],
      notes,
      ...(refusal ? { refusal } : {}),
      verb: 'save',
    };
  },
  steps: { rule: create },
  async verify({ omni, results, mark }) {
    const [id] = createdRules(results);
    const rule = id === undefined ? null : await getAccessRule(omni, id);
    const gone = rule !== null && !rule.ok && rule.error.kind === 'not_found';
    return [
      { text: { key: 'block.checked', values: { count: 1 } }, held: rule?.ok ? true : gone ? false : null },
      ...(await doubledRules(omni, mark, results)),
    ];
  },
  undo: ({ input: { rule }, results }) => ({
    operation: 'access.delete',
    input: { id: createdRules(results)[0] ?? '', undoes: true, made: asJson(rule) },
  }),
});
