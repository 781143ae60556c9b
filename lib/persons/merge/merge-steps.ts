import 'server-only';
import { getAgent, patchAgentOwner } from '#lib/omni/resources/agents.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { getPerson, mergePersons, patchPerson } from '#lib/omni/resources/persons.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { personPatch } from '#lib/omni/schemas/persons.ts';
import type { Done, Json, Operation } from '#lib/operations/plan/define.ts';
import { mergeStill } from './merge-still.ts';
import type { MergeInput, MergeFacts, PersonField } from './merge-facts.ts';
import { routeChange, routeCreation } from '#lib/persons/undo/route-steps.ts';
import { ruleCopy, ruleMove } from '#lib/persons/undo/rule-steps.ts';
import { moveLateRules, rulesAgain } from '#lib/persons/undo/rules-again.ts';
import { hasFields, readPersonRecord } from '#lib/persons/record/person-record.ts';

type Steps = Record<
  'move-rule' | 'rule' | 'route' | 'clear' | 'merge' | 'rules-again' | 'fields' | 'owner' | 'replace' | 'activate',
  Operation<MergeInput, MergeFacts>['steps'][string]
>;

const UNKNOWN: Done = { is: 'unknown' };
const stuck = (key: string): Done => ({ is: 'stuck', why: { key } });

async function withoutResult<T>(asked: Promise<Result<T, OmniError>>): Promise<Result<undefined, OmniError>> {
  const answer = await asked;
  return answer.ok ? ok(undefined) : answer;
}

/** The steps of a merge. `done` reads from Omni whether a step has already happened, so that none happens twice. Steps after the merge itself are independent: a refusal of one does not stop the others. */
export const mergeSteps: Steps = {
  'move-rule': ruleMove(({ input }) => {
    const { duplicate, survivor } = input as MergeInput;
    return { from: duplicate, to: survivor };
  }),
  rule: ruleCopy,
  route: routeCreation(),
  clear: routeChange(() => ({ agentId: null })),
  merge: {
    still: mergeStill,
    async run(context) {
      const { args, input, omni } = context;
      const { reason } = args as { reason: string };
      const late = await moveLateRules(context);
      if (!late.ok) return late;
      const answer = await mergePersons(omni, {
        sourcePersonId: input.duplicate,
        targetPersonId: input.survivor,
        reason,
      });
      return answer.ok ? late : answer;
    },
    async done({ input, omni, before }) {
      const [duplicate, survivor] = await Promise.all([
        readPersonRecord(omni, input.duplicate),
        readPersonRecord(omni, input.survivor),
      ]);
      if (!duplicate.ok || !survivor.ok) return UNKNOWN;
      const held = new Set(survivor.value?.identities.map(({ id }) => id));
      const wanted = before.duplicate?.identities ?? [];
      const moved = wanted.filter(({ id }) => held.has(id)).length;
      if (!duplicate.value)
        return survivor.value && moved === wanted.length ? { is: 'yes' } : stuck('merge.stuck-gone');
      return moved === 0 ? { is: 'no' } : stuck('merge.stuck-half');
    },
  },
  'rules-again': rulesAgain,
  fields: {
    independent: true,
    async still({ args, input, before, omni }) {
      const now = await getPerson(omni, input.survivor);
      if (!now.ok) return now;
      const were = Object.fromEntries(
        Object.keys(args as object).map((field) => [
          field,
          (before.survivor?.person[field as PersonField] ?? null) as Json,
        ]),
      );
      return ok(hasFields(now.value, were) ? null : { key: 'edit.moved' });
    },
    run: ({ args, input, omni }) => withoutResult(patchPerson(omni, input.survivor, personPatch.parse(args))),
    async done({ args, input, omni }) {
      const now = await getPerson(omni, input.survivor);
      if (!now.ok) return now.error.kind === 'not_found' ? stuck('merge.stuck-gone') : UNKNOWN;
      return { is: hasFields(now.value, args as { [field: string]: Json }) ? 'yes' : 'no' };
    },
  },
  owner: {
    independent: true,
    run: ({ args, input, omni }) =>
      withoutResult(patchAgentOwner(omni, (args as { agentId: string }).agentId, input.survivor)),
    async done({ args, input, omni }) {
      const agent = await getAgent(omni, (args as { agentId: string }).agentId);
      if (!agent.ok) return UNKNOWN;
      return { is: agent.value.ownerId === input.survivor ? 'yes' : 'no' };
    },
  },
  replace: { ...routeChange(({ args }) => (args as { patch: { [key: string]: Json } }).patch), independent: true },
  activate: { ...routeChange(() => ({ isActive: true })), independent: true },
} as Steps;
