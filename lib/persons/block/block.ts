import 'server-only';
import { createdRules, createRuleStep, doubledRules } from '#lib/access/change/rule-writes.ts';
import { textValue, thing } from '#lib/operations/effects/value.ts';
import { asJson, defineOperation, type Check, type Undo, type UndoContext } from '#lib/operations/plan/define.ts';
import { contactsOf } from '#lib/persons/record/person-record.ts';
import { accessAt } from './block-rules.ts';
import { blockInput, planBlock, rulesOf, type BlockInput } from './block-plan.ts';
import { readBlock, type BlockFacts } from './read-block.ts';

const create = createRuleStep<BlockInput, BlockFacts>();

function undo({ input, before, results }: UndoContext<BlockInput, BlockFacts>): Undo {
  const rules = createdRules(results);
  const bodies = before.record ? rulesOf(input, before, before.record).create.map(({ body }) => body) : [];
  const made = bodies.flatMap((body, index) => {
    const id = results[`rule:${index}`];
    return typeof id === 'string' ? [[id, body] as const] : [];
  });
  return {
    operation: 'persons.block-undo',
    input: asJson({ personId: input.personId, rules, made: Object.fromEntries(made) }),
  };
}

/** Blocks somebody by blocking rules for the handles they write with. Undone by deleting exactly these rules. */
export const blockPerson = defineOperation<BlockInput, BlockFacts>({
  name: 'persons.block',
  scopes: ['access:write', 'access:read', 'persons:read', 'instances:read'],
  input: blockInput,
  subjects: ({ personId }) => [`person:${personId}`],
  contacts: (_, { record }) => contactsOf(record),
  read: ({ personId, instanceId }, omni) => readBlock(omni, personId, { instanceId }),
  plan(input, facts) {
    const { rules, ...plan } = planBlock(input, facts);
    return {
      ...plan,
      steps: rules.map(({ handle, body }, index) =>
        create.planned(`rule:${index}`, { key: 'block.step', values: { handle: textValue(handle) } }, body),
      ),
    };
  },
  steps: { rule: create },
  async verify({ input, omni, results, mark }) {
    const now = await readBlock(omni, input.personId);
    const ids = createdRules(results);
    const there = now.ok ? ids.every((id) => now.value.rules.some((rule) => rule.id === id && rule.enabled)) : null;
    const access: Check[] =
      now.ok && now.value.record
        ? accessAt(now.value, now.value.record, input.instanceId, now.value.now).map(({ instance, decision }) => ({
            text: { key: 'block.checked-at', values: { place: thing('instance', instance.id, instance.name) } },
            held: decision.is === 'unknown' ? null : decision.is === 'blocked',
          }))
        : [];
    return [
      { text: { key: 'block.checked', values: { count: ids.length } }, held: there },
      ...access,
      ...(await doubledRules(omni, mark, results)),
    ];
  },
  undo,
  undoPartly: (context) => (createdRules(context.results).length > 0 ? undo(context) : null),
});
