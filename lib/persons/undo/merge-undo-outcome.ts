import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Route, RouteBody } from '#lib/omni/schemas/routes.ts';
import { sameJson } from '#lib/operations/plan/canonical.ts';
import { asJson, type Json } from '#lib/operations/plan/define.ts';
import { userOf } from '#lib/persons/directory/handle.ts';
import { calledAmong } from '#lib/persons/record/called.ts';
import { fieldText } from '#lib/persons/record/field-value.ts';
import { namedOf } from '#lib/persons/record/person-record.ts';
import { visibleName } from '#lib/text/visible.ts';
import { writable } from '#lib/persons/merge/merge-fields.ts';
import { routeAgain } from '#lib/persons/merge/merge-choices.ts';
import {
  PERSON_FIELDS,
  routesSeen,
  type May,
  type PersonField,
  type ReadRoutes,
} from '#lib/persons/merge/merge-facts.ts';
import { seenOr, type Seen } from '#lib/omni/seen.ts';
import type { PersonRecord } from '#lib/persons/record/person-record.ts';
import { routeContent } from '#lib/routes/editor/content.ts';
import type { MergeUndoInput, PersonRef } from './merge-undo-input.ts';

/** Everything that the undo of a merge depends on. */
export type MergeUndoFacts = {
  survivor: PersonRecord | null;
  /** Those of the merged people whom Omni still has: their merge was not sent, or refused. Absent in entries of before. */
  there?: string[];
  /** Phones of the people to recreate that somebody else has now. */
  phonesTaken: string[];
  rules: Seen<AccessRule[]>;
  routes: Seen<ReadRoutes>;
  agents: Seen<Agent[]>;
  may: { rules: May; routes: May; agents: May };
  now: number;
  /** The address that lines for a terminal call; absent in entries of before. */
  serverUrl?: string;
  /** The newest people without anything; absent in entries of before. */
  bare?: Seen<string[]>;
};

type Fields = { [field: string]: Json };

/** What the undo recreates of one person, and what it can't. */
export type Reactivation = {
  was: string;
  /** They still exist, and the survivor has nothing of theirs but what was given before the merge: it goes back to them. */
  there: boolean;
  /** The name, else the first eight characters of the old id. */
  name: string;
  identities: { id: string; platformUserId: string }[];
  /** Handles of identities that the survivor no longer has. */
  elsewhere: string[];
  fields: Fields;
  phoneTaken: string | null;
  /** Rules that still name the survivor, as they are now. Only these are given back: what the survivor had before stays. */
  rules: AccessRule[];
  rulesLeft: number;
  /** `clear`: the stand-in agent is removed. `drop`: the route that the merge created, still unchanged. `created`: it created one. */
  routes: { route: Route; body: RouteBody; clear: boolean; drop: string | null; created: boolean }[];
  routesLeft: Route[];
  owners: { id: string; name: string }[];
};

/** What the undo of a merge does, and what it leaves as it is. */
export type MergeUndoOutcome = {
  /** Those with an identity that the survivor still has, and those who are still there. */
  people: Reactivation[];
  /** Names of those without: they are not recreated. */
  nothingOf: string[];
  /** Fields of the survivor that get their value from before the merge. */
  survivorFields: Fields;
  /** Fields of the survivor that are left as they are: edited since the merge, or Omni takes the old value from nobody. */
  kept: { field: PersonField; why: 'changed' | 'unwritable' }[];
  replaced: MergeUndoInput['replaced'];
};

type KnownFacts = MergeUndoFacts & { survivor: PersonRecord };

const equal = sameJson;

/** Decides what the undo of a merge does, from the facts of now. Pure. */
export function mergeUndoOutcome(input: MergeUndoInput, facts: KnownFacts): MergeUndoOutcome {
  const person = fieldsOf(facts.survivor);
  const changed = input.fields.filter(({ field, was }) => !equal(person[field], was));
  const ours = changed.filter(({ field, wrote }) => equal(person[field], wrote));
  const restorable = ours.filter(({ field, was }) => writable(field, was));
  const survivorFields = Object.fromEntries(restorable.map(({ field, was }) => [field, was]));
  const all = input.people.map((ref) => reactivationOf(ref, input, facts, survivorFields));
  return {
    people: all.filter(hasAnything),
    nothingOf: all.filter((person) => !hasAnything(person)).map(({ name }) => name),
    survivorFields,
    kept: [
      ...changed.filter((each) => !ours.includes(each)).map(({ field }) => ({ field, why: 'changed' as const })),
      ...ours.filter((each) => !restorable.includes(each)).map(({ field }) => ({ field, why: 'unwritable' as const })),
    ],
    replaced: input.replaced.filter(({ id, wrote }) => {
      const now = routeNow(facts, id);
      return facts.may.routes !== 'no' && now !== undefined && holdsSettings(now, wrote);
    }),
  };
}

/** Whether anything of a person can be taken from the survivor. */
function hasAnything({ identities, there, rules, routes }: Reactivation): boolean {
  return identities.length > 0 || (there && (rules.length > 0 || routes.some(({ drop }) => drop !== null)));
}

function reactivationOf(
  ref: PersonRef,
  input: MergeUndoInput,
  facts: KnownFacts,
  survivorFields: Fields,
): Reactivation {
  const held = new Set(facts.survivor.identities.map(({ id }) => id));
  const { primaryPhone, displayName } = ref.fields;
  const phoneAfter = { ...fieldsOf(facts.survivor), ...survivorFields }.primaryPhone;
  const taken =
    typeof primaryPhone === 'string' && (facts.phonesTaken.includes(primaryPhone) || phoneAfter === primaryPhone);
  const fields = Object.entries(ref.fields).filter(
    ([field, value]) => writable(field as PersonField, value) && !(field === 'primaryPhone' && taken),
  );
  const identities = ref.identities.filter(({ id }) => held.has(id));
  const there = (facts.there ?? []).includes(ref.was) && identities.length === 0;
  const rules = rulesToMove(ref, input.survivor, facts);
  const routes = routesToCreate(ref, facts);
  return {
    was: ref.was,
    name: calledAmong(
      {
        id: ref.was,
        name: visibleName(typeof displayName === 'string' ? displayName : null),
        facts: [
          fieldText('primaryPhone', primaryPhone),
          ...ref.identities.map(({ platformUserId }) => userOf(platformUserId)),
        ].filter(isText),
      },
      [namedOf(facts.survivor)],
      `${ref.was.slice(0, 8)}…`,
    ),
    there,
    identities,
    elsewhere: there
      ? []
      : ref.identities.filter(({ id }) => !held.has(id)).map(({ platformUserId }) => platformUserId),
    fields: there ? {} : Object.fromEntries(fields),
    phoneTaken: taken && !there ? primaryPhone : null,
    rules,
    rulesLeft: ref.rules.length - rules.length,
    routes,
    routesLeft: there
      ? []
      : ref.routes.flatMap(({ route }) => (routes.some((each) => each.route === route) ? [] : route)),
    owners: there ? [] : ownersToRestore(ref, input.survivor, facts),
  };
}

function fieldsOf({ person }: PersonRecord): Fields {
  return Object.fromEntries(PERSON_FIELDS.map((field) => [field, asJson(person[field])]));
}

function rulesToMove(ref: PersonRef, survivor: string, { rules, may }: MergeUndoFacts): AccessRule[] {
  if (may.rules === 'no') return [];
  const remembered = new Set(ref.rules.map(({ created }) => created));
  return seenOr(rules, []).filter(({ id, personId }) => personId === survivor && remembered.has(id));
}

function routesToCreate(ref: PersonRef, facts: MergeUndoFacts): Reactivation['routes'] {
  return ref.routes.flatMap(({ route, created }) => {
    const body = routeAgain(route, ref.was, facts);
    if (!body) return [];
    const there = created === null ? undefined : routeNow(facts, created);
    const same = there !== undefined && isAsCreated(there, route);
    return { route, body, clear: route.agentId === null, drop: same ? there.id : null, created: created !== null };
  });
}

/** Whether a route is as a merge left it: like the one it stands for, and still inactive where the merge stopped before it was activated. */
function isAsCreated(there: Route, route: Route): boolean {
  const [now, was] = [routeContent(there), routeContent(route)];
  return equal(now, was) || equal(now, { ...was, isActive: false });
}

function routeNow({ routes }: MergeUndoFacts, id: string): Route | undefined {
  return routesSeen(routes).find((route) => route.id === id);
}

function holdsSettings(route: Route, patch: Fields): boolean {
  const now = new Map<string, unknown>(Object.entries({ ...route, ...routeContent(route) }));
  return Object.entries(patch).every(([name, value]) => equal(now.get(name), value));
}

function ownersToRestore(ref: PersonRef, survivor: string, { agents, may }: MergeUndoFacts): Reactivation['owners'] {
  if (may.agents === 'no') return [];
  const free = (id: string) =>
    seenOr(agents, []).some((agent) => agent.id === id && (agent.ownerId === survivor || !agent.ownerId));
  return ref.owned.filter(({ id }) => free(id));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
