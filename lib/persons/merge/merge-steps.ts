import 'server-only';
import { z } from 'zod';
import { getAgent, patchAgentOwner } from '#lib/omni/resources/agents.ts';
import { getPerson, mergePersons, patchPerson } from '#lib/omni/resources/persons.ts';
import { ok } from '#lib/omni/result.ts';
import { personPatch } from '#lib/omni/schemas/persons.ts';
import { asJson, step, type Done, type Json, type Operation, type PlannedStep } from '#lib/operations/plan/define.ts';
import { curlLine, omniLine } from '#lib/operations/plan/shell.ts';
import { createdBy, personCommand } from '#lib/persons/identities/identity-steps.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { labelValue } from '#lib/routes/editor/route-value.ts';
import { mergeStill } from './merge-still.ts';
import { mergeReason, PERSON_FIELDS, type MergeInput, type MergeFacts } from './merge-facts.ts';
import { routeChange, routeCreation } from '#lib/persons/undo/route-steps.ts';
import { ruleCopy, ruleMove } from '#lib/persons/undo/rule-steps.ts';
import { moveLateRules, rulesAgain } from '#lib/persons/undo/rules-again.ts';
import { hasFields, readPersonRecord } from '#lib/persons/record/person-record.ts';
import type { FieldChoice } from './merge-fields.ts';
import { newRoute, routePatchOf, ruleText, type RouteChoice, type RuleChoice } from './merge-choices.ts';
import { jsonValue } from '#lib/omni/json.ts';

const UNKNOWN: Done = { is: 'unknown' };
const stuck = (key: string): Done => ({ is: 'stuck', why: { key } });

const merged = z.object({ duplicate: z.string(), survivor: z.string(), reason: z.string() });

const merge = step<MergeInput, MergeFacts, z.infer<typeof merged>>({
  kind: 'merge',
  args: merged,
  still: mergeStill,
  async run(context) {
    const { args, input, omni } = context;
    const late = await moveLateRules(context);
    if (!late.ok) return late;
    const answer = await mergePersons(omni, {
      sourcePersonId: input.duplicate,
      targetPersonId: input.survivor,
      reason: args.reason,
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
    if (!duplicate.value) return survivor.value && moved === wanted.length ? { is: 'yes' } : stuck('merge.stuck-gone');
    return moved === 0 ? { is: 'no' } : stuck('merge.stuck-half');
  },
  command: ({ args: { duplicate, survivor, reason } }) =>
    omniLine(['persons', 'merge', duplicate, survivor], { reason }),
});

const chosen = z.partialRecord(z.enum(PERSON_FIELDS), jsonValue);

const fields = step<MergeInput, MergeFacts, z.infer<typeof chosen>>({
  kind: 'fields',
  args: chosen,
  independent: true,
  async still({ args, input, before, omni }) {
    const now = await getPerson(omni, input.survivor);
    if (!now.ok) return now;
    const person = before.survivor?.person;
    const were = PERSON_FIELDS.filter((field) => field in args).map((field) => [field, asJson(person?.[field])]);
    return ok(hasFields(now.value, Object.fromEntries(were)) ? null : { key: 'edit.moved' });
  },
  async run({ args, input, omni }) {
    const answer = await patchPerson(omni, input.survivor, personPatch.parse(args));
    return answer.ok ? ok(undefined) : answer;
  },
  async done({ args, input, omni }) {
    const now = await getPerson(omni, input.survivor);
    if (!now.ok) return now.error.kind === 'not_found' ? stuck('merge.stuck-gone') : UNKNOWN;
    return { is: hasFields(now.value, args) ? 'yes' : 'no' };
  },
  command: ({ args, input, before }) => personCommand(before.serverUrl ?? '', input.survivor, args),
});

const owned = z.object({ agentId: z.string(), personStep: z.string().optional() });

/** Gives an agent to the kept record, or to whom the step `personStep` created. */
export const ownerStep = step<Pick<MergeInput, 'survivor'>, Pick<MergeFacts, 'serverUrl'>, z.infer<typeof owned>>({
  kind: 'owner',
  args: owned,
  async run({ args: { agentId, personStep }, input, results, omni }) {
    const owner = personStep === undefined ? input.survivor : createdBy(results, personStep);
    const answer = await patchAgentOwner(omni, agentId, owner);
    return answer.ok ? ok(undefined) : answer;
  },
  async done({ args: { agentId, personStep }, input, results, omni }) {
    const owner = personStep === undefined ? input.survivor : createdBy(results, personStep);
    const agent = await getAgent(omni, agentId);
    if (!agent.ok) return UNKNOWN;
    return { is: agent.value.ownerId === owner ? 'yes' : 'no' };
  },
  command: ({ args: { agentId, personStep }, input, before, created }) =>
    curlLine('PATCH', before.serverUrl ?? '', `/agents/${agentId}`, {
      ownerId: personStep === undefined ? input.survivor : created(personStep),
    }),
});

const moveRule = ruleMove<MergeInput>(({ duplicate, survivor }) => ({ from: duplicate, to: survivor }));
const clear = routeChange('clear', () => ({ agentId: null }));
const replace = routeChange('replace', ({ patch = {} }) => patch, { independent: true });
const activate = routeChange('activate', () => ({ isActive: true }), { independent: true });

/** The steps of a merge. `done` reads from Omni whether a step has already happened, so that none happens twice. Steps after the merge itself are independent: a refusal of one does not stop the others. */
export const mergeSteps = {
  'move-rule': moveRule,
  rule: ruleCopy,
  route: routeCreation,
  clear,
  merge,
  'rules-again': rulesAgain,
  fields,
  owner: { ...ownerStep, independent: true as const },
  replace,
  activate,
} satisfies Operation<MergeInput, MergeFacts>['steps'];

/** What a merge writes. */
export type MergeWork = {
  fields: FieldChoice[];
  rules: RuleChoice[];
  routes: RouteChoice[];
  owners: { id: string; name: string }[];
  /** The agent that a route without one is created with; it is removed afterwards. */
  agent: string | null;
  /** What instances are called, by their ids. */
  places: ReadonlyMap<string, string>;
};

/**
 * The safe order: rules first, so that nobody is unblocked even for a moment (cases T1–T3); then inactive routes, the merge, a look at the
 * rules after it, and the rest.
 */
export function stepsOfMerge(input: MergeInput, work: MergeWork): PlannedStep[] {
  const { duplicate, survivor } = input;
  const labelOf = ({ label, instanceId }: Route) => labelValue(label, work.places.get(instanceId) ?? null);
  const created = work.routes.flatMap(({ route, choice }) => (choice === 'recreate' ? [route] : []));
  const target = ({ instanceId, id }: (typeof created)[number]) => ({ instanceId, route: `route:${id}` });
  return [
    ...work.rules
      .filter(({ choice }) => choice === 'move')
      .map(({ rule }) =>
        moveRule.planned(`move-rule:${rule.id}`, ruleText('merge.step-move-rule', rule), { id: rule.id }),
      ),
    ...created.flatMap((route) => [
      routeCreation.planned(
        `route:${route.id}`,
        { key: 'merge.step-route', values: { label: labelOf(route) } },
        { instanceId: route.instanceId, body: bodyOf(newRoute(route, survivor, route.agentId ?? work.agent ?? '')) },
      ),
      ...(route.agentId ? [] : [clear.planned(`clear:${route.id}`, { key: 'merge.step-clear' }, target(route))]),
    ]),
    merge.planned('merge', { key: 'merge.step-merge' }, { duplicate, survivor, reason: mergeReason(input) }),
    rulesAgain.planned('rules-again', { key: 'merge.step-rules-again' }, {}),
    ...fieldStep(work.fields),
    ...work.owners.map(({ id, name }) =>
      ownerStep.planned(`owner:${id}`, { key: 'merge.step-owner', values: { agent: name } }, { agentId: id }),
    ),
    ...work.routes
      .filter(({ choice }) => choice === 'replace')
      .map(({ route, other }) =>
        replace.planned(
          `replace:${route.id}`,
          { key: 'merge.step-replace', values: { label: labelOf(route) } },
          { instanceId: route.instanceId, routeId: other?.id ?? '', patch: bodyOf(routePatchOf(route)) },
        ),
      ),
    ...created
      .filter(({ isActive }) => isActive)
      .map((route) =>
        activate.planned(
          `activate:${route.id}`,
          { key: 'merge.step-activate', values: { label: labelOf(route) } },
          target(route),
        ),
      ),
  ];
}

function bodyOf(fieldsOfRoute: object | null): { [field: string]: Json } {
  return Object.fromEntries(Object.entries(fieldsOfRoute ?? {}).map(([name, value]) => [name, asJson(value)]));
}

function fieldStep(choices: FieldChoice[]): PlannedStep[] {
  if (choices.length === 0) return [];
  const values = Object.fromEntries(choices.map(({ field, result }) => [field, result]));
  return [fields.planned('fields', { key: 'merge.step-fields', values: { count: choices.length } }, values)];
}
