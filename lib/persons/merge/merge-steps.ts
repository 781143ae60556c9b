import 'server-only';
import { getAgent, patchAgentOwner } from '#lib/omni/resources/agents.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { getPerson, mergePersons, patchPerson } from '#lib/omni/resources/persons.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { personPatch } from '#lib/omni/schemas/persons.ts';
import type { Done, Json, Operation } from '#lib/operations/plan/define.ts';
import { hasFields } from '#lib/persons/identities/identity-steps.ts';
import { side } from './merge-read.ts';
import { mergeStill } from './merge-still.ts';
import type { MergeInput, MergeWorld, PersonField } from './merge-facts.ts';
import { routeChange, routeCreation } from '#lib/persons/undo/route-steps.ts';
import { ruleCreation } from '#lib/persons/undo/rule-steps.ts';

type Steps = Record<
  'rule' | 'route' | 'clear' | 'merge' | 'fields' | 'owner' | 'replace' | 'activate',
  Operation<MergeInput, MergeWorld>['steps'][string]
>;

const UNKNOWN: Done = { is: 'unknown' };
const stuck = (key: string): Done => ({ is: 'stuck', why: { key } });

async function nothing<T>(asked: Promise<Result<T, OmniError>>): Promise<Result<undefined, OmniError>> {
  const answer = await asked;
  return answer.ok ? ok(undefined) : answer;
}

/** The steps of a safe merge. What comes after the merge itself stands for itself: a refusal ends none of the rest. Each can say whether it has already happened by looking at Omni, so none happens twice. */
export const mergeSteps: Steps = {
  rule: ruleCreation(),
  route: routeCreation(),
  clear: routeChange(() => ({ agentId: null })),
  merge: {
    still: mergeStill,
    run: ({ args, input, omni }) => {
      const { reason } = args as { reason: string };
      return nothing(mergePersons(omni, { sourcePersonId: input.goes, targetPersonId: input.stays, reason }));
    },
    async done({ input, omni, before }) {
      const [goes, stays] = await Promise.all([side(omni, input.goes), side(omni, input.stays)]);
      if (!goes.ok || !stays.ok) return UNKNOWN;
      const held = new Set(stays.value?.identities.map(({ id }) => id));
      const theirs = before.goes?.identities ?? [];
      const moved = theirs.filter(({ id }) => held.has(id)).length;
      if (!goes.value) return stays.value && moved === theirs.length ? { is: 'yes' } : stuck('merge.stuck-gone');
      return moved === 0 ? { is: 'no' } : stuck('merge.stuck-half');
    },
  },
  fields: {
    independent: true,
    async still({ args, input, before, omni }) {
      const now = await getPerson(omni, input.stays);
      if (!now.ok) return now;
      const were = Object.fromEntries(
        Object.keys(args as object).map((field) => [
          field,
          (before.stays?.person[field as PersonField] ?? null) as Json,
        ]),
      );
      return ok(hasFields(now.value, were) ? null : { key: 'edit.moved' });
    },
    run: ({ args, input, omni }) => nothing(patchPerson(omni, input.stays, personPatch.parse(args))),
    async done({ args, input, omni }) {
      const now = await getPerson(omni, input.stays);
      if (!now.ok) return now.error.kind === 'not_found' ? stuck('merge.stuck-gone') : UNKNOWN;
      return { is: hasFields(now.value, args as { [field: string]: Json }) ? 'yes' : 'no' };
    },
  },
  owner: {
    independent: true,
    run: ({ args, input, omni }) => nothing(patchAgentOwner(omni, (args as { agentId: string }).agentId, input.stays)),
    async done({ args, input, omni }) {
      const agent = await getAgent(omni, (args as { agentId: string }).agentId);
      if (!agent.ok) return UNKNOWN;
      return { is: agent.value.ownerId === input.stays ? 'yes' : 'no' };
    },
  },
  replace: { ...routeChange(({ args }) => (args as { patch: { [key: string]: Json } }).patch), independent: true },
  activate: { ...routeChange(() => ({ isActive: true })), independent: true },
} as Steps;
