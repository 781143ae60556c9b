import 'server-only';
import { z } from 'zod';
import { deleteRuleStep } from '#lib/access/change/rule-writes.ts';
import { isAsMade, unmarked } from '#lib/access/rules/access-rules.ts';
import { listAccessRules } from '#lib/omni/resources/access.ts';
import { accessRuleBody, type AccessRule } from '#lib/omni/schemas/access.ts';
import { happens } from '#lib/operations/effects/effect.ts';
import { textValue, thing } from '#lib/operations/effects/value.ts';
import { defineOperation } from '#lib/operations/plan/define.ts';
import { withBroughtBack } from '#lib/persons/directory/merged-into.ts';
import { calledBy } from '#lib/persons/record/person-record.ts';
import { readBlock, type BlockFacts } from './read-block.ts';
import { decidedAfter } from './unblock.ts';

const id = z.uuid().toLowerCase();

/** `made`: the rules as the block made them; absent in entries of before. */
const input = z.strictObject({
  personId: id,
  rules: z.array(id).max(100),
  made: z.record(id, accessRuleBody).optional(),
});

type Input = z.infer<typeof input>;

/** Deletes a rule that the block created; one that is another person's by now is left alone. */
const remove = deleteRuleStep<Input, BlockFacts>((asked, { personId }) =>
  personId === asked.personId ? null : { key: 'rules.elsewhere' },
);

/** Undoes a block: deletes the rules it created. They can't be made again as they were: they would be the newest, and decide first. */
export const undoBlock = defineOperation<Input, BlockFacts>({
  name: 'persons.block-undo',
  scopes: ['access:write', 'access:read', 'persons:read', 'instances:read'],
  input,
  subjects: ({ personId }) => [`person:${personId}`],
  read: ({ personId }, omni) => readBlock(omni, personId),
  plan(asked, facts) {
    const { record } = facts;
    const name = record ? thing('person', record.person.id, calledBy(record)) : textValue(asked.personId.slice(0, 8));
    const ours = facts.rules.filter(({ id, personId }) => asked.rules.includes(id) && personId === asked.personId);
    const left = facts.rules.filter((rule) => !ours.includes(rule));
    const isChanged = (rule: AccessRule) => {
      const made = asked.made?.[rule.id];
      return made !== undefined && !isAsMade(rule, made);
    };
    const refusal =
      ours.length === 0
        ? { key: 'block.rules-gone' }
        : ours.some(isChanged)
          ? { key: 'block.undo-changed' }
          : undefined;
    return {
      title: { key: 'block.undo-title', values: { name } },
      effects: [
        ...ours.map(({ platformUserId, reason }) =>
          happens('block-rule-deleted', {
            more: { handle: textValue(platformUserId), reason: textValue(unmarked(reason)) },
            kept: 'no',
            back: 'no',
            untyped: true,
          }),
        ),
        ...(record ? decidedAfter(facts, record, ours, left) : []).map((one) => ({ ...one, back: 'no' as const })),
      ],
      relies: { ...asked, ours: ours.map(({ id }) => id) },
      steps: ours.map(({ id, platformUserId }) =>
        remove.planned(
          `delete:${id}`,
          { key: 'block.step-delete', values: { handle: textValue(platformUserId) } },
          { id },
        ),
      ),
      notes: [{ key: 'block.within' }],
      ...(refusal ? { refusal } : {}),
      verb: 'delete',
      opens: name,
    };
  },
  steps: { delete: remove },
  async verify({ input: asked, omni }) {
    const rules = await listAccessRules(omni);
    return [
      {
        text: { key: 'block.checked-deleted' },
        held: rules.ok ? !rules.value.some(({ id }) => asked.rules.includes(id)) : null,
      },
    ];
  },
  today: (input, db, reader) => withBroughtBack(input, ['personId'], db, reader),
  undo: () => ({ impossible: { key: 'block.no-undo' } }),
});
