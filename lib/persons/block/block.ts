import 'server-only';
import { z } from 'zod';
import { marked } from '#lib/access/rules/access-rules.ts';
import { createAccessRule, listAccessRules } from '#lib/omni/resources/access.ts';
import { accessRuleBody, type AccessRuleBody } from '#lib/omni/schemas/access.ts';
import { ok } from '#lib/omni/result.ts';
import { textValue, thing } from '#lib/operations/effects/value.ts';
import { defineOperation, step, type Check } from '#lib/operations/plan/define.ts';
import { curlLine } from '#lib/operations/plan/shell.ts';
import { contactsOf } from '#lib/persons/record/person-record.ts';
import { doubledRules } from '#lib/persons/undo/rule-steps.ts';
import { accessAt } from './block-rules.ts';
import { blockInput, planBlock, type BlockInput } from './block-plan.ts';
import { readBlock, type BlockFacts } from './read-block.ts';

/** Creates one rule; rules have no unique key, so the run's mark in its reason tells that it is ours (contract §6). */
const create = step<BlockInput, BlockFacts, AccessRuleBody>({
  kind: 'rule',
  creates: true,
  args: accessRuleBody,
  run: async ({ args, omni, mark }) => {
    const made = await createAccessRule(omni, { ...args, reason: marked(args.reason, mark) });
    return made.ok ? ok(made.value.id) : made;
  },
  done: async ({ args, omni, mark }) => {
    const rules = await listAccessRules(omni);
    if (!rules.ok) return { is: 'unknown' };
    const made = rules.value.find(
      (rule) => rule.reason?.includes(mark) === true && rule.platformUserId === args.platformUserId,
    );
    return made ? { is: 'yes', result: made.id } : { is: 'no' };
  },
  command: ({ before, args }) => curlLine('POST', before.serverUrl, '/access/rules', args),
});

/** The ids of the rules that a run created. */
function createdIn(results: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(results).flatMap(([id, result]) => (id.startsWith('rule:') ? [z.string().parse(result)] : []));
}

const undo = ({ input: { personId }, results }: { input: BlockInput; results: Readonly<Record<string, unknown>> }) => ({
  operation: 'persons.block-undo',
  input: { personId, rules: createdIn(results) },
});

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
    const ids = createdIn(results);
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
  undoPartly: (context) => (createdIn(context.results).length > 0 ? undo(context) : null),
});
