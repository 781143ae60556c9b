import 'server-only';
import { doubledRules } from '#lib/access/change/rule-writes.ts';
import { omniNow } from '#lib/omni/resources/health.ts';
import { listAccessRules } from '#lib/omni/resources/access.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import { listAgents } from '#lib/omni/resources/agents.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { fanOut } from '#lib/omni/paging/fan-out.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { searchPersons } from '#lib/omni/resources/persons.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { listRoutes } from '#lib/omni/resources/routes.ts';
import type { Check, Json, StepContext } from '#lib/operations/plan/define.ts';
import { defineOperation } from '#lib/operations/plan/define.ts';
import { canonical } from '#lib/operations/plan/canonical.ts';
import { routeContent } from '#lib/routes/editor/content.ts';
import { withBroughtBack } from '#lib/persons/directory/merged-into.ts';
import { createdBy } from '#lib/persons/identities/identity-steps.ts';
import { leftEmpty, newestBare } from '#lib/persons/identities/left-empty.ts';
import { namesAll } from '#lib/persons/merge/merge-verify.ts';
import { PERSON_FIELDS, type ReadRoutes } from '#lib/persons/merge/merge-facts.ts';
import { readListed, rightsOf } from '#lib/persons/merge/merge-read.ts';
import { LATE, notSeenOf, readSeen } from '#lib/omni/seen.ts';
import { ruleAfter } from './late-rules.ts';
import { ruleCopyBack, ruleRemoval } from './rule-steps.ts';
import { mergeUndoOutcome, type MergeUndoFacts, type Reactivation } from './merge-undo-outcome.ts';
import { planMergeUndo } from './merge-undo-plan.ts';
import { mergeUndoInput, type MergeUndoInput } from './merge-undo-input.ts';
import { newPersonStep, undoSteps } from './merge-undo-steps.ts';
import { contactsOf, hasFields, holdsAll, readPersonRecord } from '#lib/persons/record/person-record.ts';

async function read(
  input: MergeUndoInput,
  omni: Omni,
  scopes: readonly string[] | null,
): Promise<Result<MergeUndoFacts, OmniError>> {
  const [survivor, there, taken, rules, routes, agents, bare, now] = await Promise.all([
    readPersonRecord(omni, input.survivor),
    peopleThere(input, omni),
    phonesTaken(input, omni),
    readSeen(scopes, 'access:read', () => listAccessRules(omni)),
    readSeen(scopes, 'routes:read', () => routesForUndo(input, omni)),
    readListed(scopes, 'agents:read', () => listAgents(omni)),
    newestBare(omni),
    omniNow(omni),
  ]);
  if (!survivor.ok) return survivor;
  if (!there.ok) return there;
  if (!taken.ok) return taken;
  return ok({
    survivor: survivor.value,
    there: there.value,
    phonesTaken: taken.value,
    rules,
    routes,
    agents,
    may: rightsOf(scopes),
    now,
    serverUrl: omni.server.url,
    bare,
  });
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
async function routesForUndo(input: MergeUndoInput, omni: Omni): Promise<Result<ReadRoutes, OmniError>> {
  const ids = new Set([
    ...input.people.flatMap(({ routes }) => routes.map(({ route }) => route.instanceId)),
    ...input.replaced.map((one) => one.instanceId),
  ]);
  const answers = await fanOut(omni, [...ids], { concurrency: 8 }, (id, signal) => listRoutes(omni, id, signal));
  const failed = answers.filter((answer) => answer.state !== 'ok');
  const [first] = failed;
  return ok({
    items: answers.flatMap((answer) => (answer.state === 'ok' ? answer.value : [])),
    missing: failed.map(({ item }) => item),
    ...(first ? { why: first.state === 'failed' ? notSeenOf(first.error) : LATE } : {}),
  });
}

/** The copy that a merge of before made of the rule that a step is about: it is found by what the rule says. */
function copyMadeByMerge(
  { people }: MergeUndoInput,
  { personStep, body }: { personStep: string; body: { [key: string]: Json } },
): string | null {
  const ref = people.find(({ was }) => newPersonStep(was) === personStep);
  const same = ({ rule }: { rule: AccessRule }) =>
    (['instanceId', 'ruleType', 'phonePattern', 'platformUserId', 'priority'] as const).every(
      (name) => (rule[name] ?? null) === (body[name] ?? null),
    );
  return ref?.rules.find(same)?.created ?? null;
}

/** Whether the rule whose copy a step deletes was given back: without it the copy is all that blocks. */
function isCopied({ input, results }: { input: MergeUndoInput; results: Results }, id: string): boolean {
  const all = input.people.flatMap(({ rules }) => rules);
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
      ...[fields.primaryPhone, fields.primaryEmail].flatMap((one) => (typeof one === 'string' ? one : [])),
      ...identities.map(({ platformUserId }) => platformUserId),
    ]),
  ],
  read,
  plan: planMergeUndo,
  steps: {
    ...undoSteps,
    rule: ruleCopyBack(({ survivor }) => survivor, copyMadeByMerge),
    'drop-rule': ruleRemoval(({ survivor }) => survivor, isCopied),
  },
  verify,
  today: (input, db, reader) => withBroughtBack(input, ['survivor'], db, reader),
  undo: ({ input, before, results }) => {
    if (!before.survivor) return { impossible: { key: 'merge.no-undo' } };
    const { survivorFields, people } = mergeUndoOutcome(input, { ...before, survivor: before.survivor });
    const duplicates = people.map((person) => idNow(person, results));
    const again = { survivor: input.survivor, reason: 'Merged again' };
    const [duplicate = '', ...others] = duplicates.toReversed();
    if (others.length > 0)
      return { operation: 'persons.merge-many', input: { ...again, duplicates: [duplicate, ...others] } };
    const fields = Object.fromEntries(
      PERSON_FIELDS.map((field) => [field, field in survivorFields ? 'duplicate' : 'survivor']),
    );
    return { operation: 'persons.merge', input: { ...again, duplicate, fields, routes: {} } };
  },
});

/** The id that a person has after the undo: a new one, or their own where they were never merged. */
function idNow({ was, there }: Reactivation, results: Results): string {
  return there ? was : createdBy(results, newPersonStep(was));
}

type Results = StepContext['results'];
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
    ...(await leftEmpty(omni, before.bare, [input.survivor, ...outcome.people.map((one) => idNow(one, results))])),
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
  results: Results,
  omni: Omni,
): Promise<Check[]> {
  const id = idNow(person, results);
  const rules = await checkRules(rulesAfter(person, input, results), id, omni);
  if (person.there) return rules;
  const fresh = await readPersonRecord(omni, id);
  const { identities } = person;
  return [
    {
      text: { key: 'merge-undo.checked-identities', values: { count: identities.length } },
      held: fresh.ok ? holdsAll(fresh.value, identities) && fresh.value?.identities.length === identities.length : null,
      subject: `person:${id}`,
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
function rulesAfter({ was, rules }: Reactivation, { people }: MergeUndoInput, results: Results): string[] {
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

async function checkRoutes({ routes }: Reactivation, results: Results, omni: Omni): Promise<Check[]> {
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
