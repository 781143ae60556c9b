import 'server-only';
import { listAccessRules } from '#lib/omni/resources/access.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import { getAgent, listAgents, patchAgentOwner } from '#lib/omni/resources/agents.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { searchPersons } from '#lib/omni/resources/persons.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import type { Check, Json, StepContext } from '#lib/operations/plan/define.ts';
import { defineOperation } from '#lib/operations/plan/define.ts';
import { canonical } from '#lib/operations/plan/canonical.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { routeContent } from '#lib/routes/editor/content.ts';
import { identitySteps, createdBy } from '#lib/persons/identities/identity-steps.ts';
import { namesAll } from '#lib/persons/merge/merge-verify.ts';
import { type UnseenPart } from '#lib/persons/merge/merge-facts.ts';
import { routeChange, routeCreation, routeRemoval } from './route-steps.ts';
import { ruleAfter } from './late-rules.ts';
import { doubledRules, ruleCopyBack, ruleMove, ruleRemoval } from './rule-steps.ts';
import { mergeUndoOutcome, type MergeUndoFacts, type Reactivation } from './merge-undo-outcome.ts';
import { planMergeUndo } from './merge-undo-plan.ts';
import { mergeUndoInput, type MergeUndoInput } from './merge-undo-input.ts';
import { newPersonStep } from './merge-undo-plan-steps.ts';
import { contactsOf, hasFields, holdsAll, readPersonRecord } from '#lib/persons/record/person-record.ts';

async function read(
  input: MergeUndoInput,
  omni: Omni,
  scopes: readonly string[] | null,
): Promise<Result<MergeUndoFacts, OmniError>> {
  const part = async <T extends object>(
    scope: string,
    asked: () => Promise<Result<T, OmniError>>,
  ): Promise<T | UnseenPart> => {
    if (allows(scopes, scope) === 'no') return { unseen: scope };
    const answer = await asked();
    return answer.ok ? answer.value : { unseen: scope };
  };
  const [survivor, there, taken, rules, routes, agents] = await Promise.all([
    readPersonRecord(omni, input.survivor),
    peopleThere(input, omni),
    phonesTaken(input, omni),
    part('access:read', () => listAccessRules(omni)),
    allows(scopes, 'routes:read') === 'no' ? { unseen: 'routes:read' } : routesForUndo(input, omni),
    part('agents:read', () => listAgents(omni)),
  ]);
  if (!survivor.ok) return survivor;
  if (!there.ok) return there;
  if (!taken.ok) return taken;
  const may = {
    rules: allows(scopes, 'access:write'),
    routes: allows(scopes, 'routes:write'),
    agents: allows(scopes, 'agents:write'),
  };
  const people = { survivor: survivor.value, there: there.value, phonesTaken: taken.value };
  return ok({ ...people, rules, routes, agents, may, now: Date.now() });
}

/** Those of the merged people whom Omni still has. */
async function peopleThere({ people }: MergeUndoInput, omni: Omni): Promise<Result<string[], OmniError>> {
  const answers = await fanOut(omni, people, { concurrency: 8 }, ({ was }) => readPersonRecord(omni, was));
  const failed = answers.find((answer) => answer.state === 'failed');
  if (failed?.state === 'failed') return err(failed.error);
  return ok(answers.flatMap((answer) => (answer.state === 'ok' && answer.value ? answer.item.was : [])));
}

/** Those of the phones to restore that somebody other than the survivor has now. */
async function phonesTaken({ people, survivor }: MergeUndoInput, omni: Omni): Promise<Result<string[], OmniError>> {
  const phones = people.flatMap(({ fields }) => (typeof fields.primaryPhone === 'string' ? fields.primaryPhone : []));
  const taken: string[] = [];
  for (const phone of phones) {
    const hits = await searchPersons(omni, { search: phone, limit: 100 });
    if (!hits.ok) return hits;
    if (hits.value.items.some(({ id, primaryPhone }) => primaryPhone === phone && id !== survivor)) taken.push(phone);
  }
  return ok(taken);
}

/** The routes of the instances this is about; those that do not answer are named. */
async function routesForUndo(input: MergeUndoInput, omni: Omni): Promise<MergeUndoFacts['routes']> {
  const ids = new Set([
    ...input.people.flatMap(({ routes }) => routes.map(({ route }) => route.instanceId)),
    ...input.replaced.map((one) => one.instanceId),
  ]);
  const answers = await fanOut(omni, [...ids], { concurrency: 8 }, (id, signal) => listRoutes(omni, id, signal));
  return {
    items: answers.flatMap((answer) => (answer.state === 'ok' ? answer.value : [])),
    missing: answers.flatMap((answer) => (answer.state === 'ok' ? [] : [answer.item])),
  };
}

type Context = StepContext<unknown, unknown>;
/** The new id of the person a step is about. */
const newPerson = ({ args, results }: Context) => createdBy(results, (args as { personStep: string }).personStep);

const survivorOf = ({ input }: Context) => (input as MergeUndoInput).survivor;

/** The copy that a merge of before made of the rule that a step is about: it is found by what the rule says. */
function copyMadeByMerge(context: Context): string | null {
  const { people } = context.input as MergeUndoInput;
  const { personStep, body } = context.args as { personStep: string; body: { [key: string]: Json } };
  const ref = people.find(({ was }) => newPersonStep(was) === personStep);
  const same = ({ rule }: { rule: AccessRule }) =>
    (['instanceId', 'ruleType', 'phonePattern', 'platformUserId', 'priority'] as const).every(
      (name) => (rule[name] ?? null) === (body[name] ?? null),
    );
  return ref?.rules.find(same)?.created ?? null;
}

/** Whether the rule whose copy a step deletes was given back: without it the copy is all that blocks. */
function isCopied({ input, args, results }: Context): boolean {
  const { id } = args as { id: string };
  const all = (input as MergeUndoInput).people.flatMap(({ rules }) => rules);
  return all.some(({ rule, created }) => created === id && typeof results[`rule:${rule.id}`] === 'string');
}

/** Undoes a merge: creates a new person with the fields, identities, rules and routes of each duplicate, under a new id. */
export const undoMerge = defineOperation<MergeUndoInput, MergeUndoFacts>({
  name: 'persons.merge-undo',
  scopes: ['persons:write'],
  input: mergeUndoInput,
  subjects: ({ survivor, people }) => [
    `person:${survivor}`,
    ...people.flatMap(({ was, identities }) => [`person:${was}`, ...identities.map(({ id }) => `identity:${id}`)]),
  ],
  contacts: ({ people }, { survivor }) => [
    ...contactsOf(survivor),
    ...people.flatMap(({ fields, identities }) => [
      fields.primaryPhone as string,
      fields.primaryEmail as string,
      ...identities.map(({ platformUserId }) => platformUserId),
    ]),
  ],
  read,
  plan: planMergeUndo,
  steps: {
    ...identitySteps,
    'move-rule': ruleMove((context) => {
      const { from, to } = context.args as { from: string; to?: string };
      return { from, to: to ?? newPerson(context) };
    }),
    rule: ruleCopyBack((context) => ({ from: survivorOf(context), to: newPerson(context) }), copyMadeByMerge),
    'drop-rule': ruleRemoval(survivorOf, isCopied),
    route: routeCreation(newPerson),
    clear: routeChange(() => ({ agentId: null })),
    activate: routeChange(() => ({ isActive: true })),
    'drop-route': routeRemoval,
    replace: routeChange(({ args }) => (args as { patch: { [key: string]: Json } }).patch),
    owner: {
      async run(context) {
        const answer = await patchAgentOwner(
          context.omni,
          (context.args as { agentId: string }).agentId,
          newPerson(context),
        );
        return answer.ok ? ok(undefined) : answer;
      },
      async done(context) {
        const agent = await getAgent(context.omni, (context.args as { agentId: string }).agentId);
        if (!agent.ok) return { is: 'unknown' };
        return { is: agent.value.ownerId === newPerson(context) ? 'yes' : 'no' };
      },
    },
  },
  verify,
  undo: ({ input, before, results }) => {
    if (!before.survivor) return { impossible: { key: 'merge.no-undo' } };
    const { survivorFields, people } = mergeUndoOutcome(input, { ...before, survivor: before.survivor });
    const duplicates = people.map((person) => idNow(person, results));
    const again = { survivor: input.survivor, reason: 'Merged again' };
    const [duplicate = '', ...others] = duplicates.toReversed();
    if (others.length > 0)
      return { operation: 'persons.merge-many', input: { ...again, duplicates: [duplicate, ...others] } };
    const fields = Object.fromEntries(Object.keys(survivorFields).map((field) => [field, 'duplicate']));
    return { operation: 'persons.merge', input: { ...again, duplicate, fields, routes: {} } };
  },
});

/** The id that a person has after the undo: a new one, or their own where they were never merged. */
function idNow({ was, there }: Reactivation, results: Context['results']): string {
  return there ? was : createdBy(results, newPersonStep(was));
}

type After = Omit<StepContext<MergeUndoInput, MergeUndoFacts>, 'args'>;

async function verify({ input, before, omni, mark, results }: After): Promise<Check[]> {
  if (!before.survivor) return [];
  const outcome = mergeUndoOutcome(input, { ...before, survivor: before.survivor });
  const survivor = await readPersonRecord(omni, input.survivor);
  const left = new Set(outcome.people.flatMap(({ identities }) => identities.map(({ id }) => id)));
  const others = before.survivor.identities.filter(({ id }) => !left.has(id));
  const checks = await Promise.all(outcome.people.map((person) => checkPerson(person, input, results, omni)));
  return [
    ...(await doubledRules(omni, mark, results)),
    ...checks.flat(),
    {
      text: { key: 'merge-undo.checked-survivor' },
      held: survivor.ok
        ? survivor.value !== null &&
          holdsAll(survivor.value, others) &&
          hasFields(survivor.value.person, outcome.survivorFields)
        : null,
    },
  ];
}

async function checkPerson(
  person: Reactivation,
  input: MergeUndoInput,
  results: Context['results'],
  omni: Omni,
): Promise<Check[]> {
  const id = idNow(person, results);
  const rules = await checkRules(rulesAfter(person, input, results), id, omni);
  if (person.there) return rules;
  const fresh = await readPersonRecord(omni, id);
  const { identities } = person;
  return [
    {
      text: { key: 'merge-undo.checked-identities', values: { count: identities.length, id } },
      held: fresh.ok ? holdsAll(fresh.value, identities) && fresh.value?.identities.length === identities.length : null,
    },
    {
      text: { key: 'merge-undo.checked-fields' },
      held: fresh.ok ? fresh.value !== null && hasFields(fresh.value.person, person.fields) : null,
    },
    ...rules,
    ...(await checkRoutes(person, results, omni)),
  ];
}

/** The ids of the rules that this run gave back, or made again in entries of before. */
function rulesAfter({ was, rules }: Reactivation, { people }: MergeUndoInput, results: Context['results']): string[] {
  const remembered = people.find((ref) => ref.was === was)?.rules ?? [];
  const copies = remembered.flatMap(({ rule }) => results[`rule:${rule.id}`] ?? []);
  return [...rules.flatMap(({ id }) => ruleAfter(results, id) ?? []), ...copies.map(String)];
}

async function checkRules(ids: readonly string[], personId: string, omni: Omni): Promise<Check[]> {
  if (ids.length === 0) return [];
  const now = await listAccessRules(omni);
  const held = now.ok ? namesAll(now.value, ids, personId) : null;
  return [{ text: { key: 'merge-undo.checked-access', values: { count: ids.length } }, held }];
}

async function checkRoutes({ routes }: Reactivation, results: Context['results'], omni: Omni): Promise<Check[]> {
  if (routes.length === 0) return [];
  const held = await Promise.all(
    routes.map(async ({ route }) => {
      const now = await listRoutes(omni, route.instanceId);
      if (!now.ok) return null;
      const match = now.value.find(({ id }) => id === results[`route:${route.id}`]);
      return match !== undefined && canonical(routeContent(match)) === canonical(routeContent(route));
    }),
  );
  return [
    {
      text: { key: 'merge.checked-routes', values: { count: routes.length } },
      held: held.includes(false) ? false : held.includes(null) ? null : true,
    },
  ];
}
