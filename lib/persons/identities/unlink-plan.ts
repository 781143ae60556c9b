import { z } from 'zod';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { seenOr, type Seen } from '#lib/omni/seen.ts';
import { happens, sets, type Effect } from '#lib/operations/effects/effect.ts';
import { NOTHING, notSeenValue, thing } from '#lib/operations/effects/value.ts';
import type { EffectPlan, PlannedStep, Text } from '#lib/operations/plan/define.ts';
import { channelName } from '#lib/persons/directory/channels.ts';
import { identityValue, routeValue } from '#lib/persons/merge/merge-effects.ts';
import { fieldValue } from '#lib/persons/record/field-value.ts';
import { identitySteps } from './identity-steps.ts';
import { calledBy, type PersonRecord } from '#lib/persons/record/person-record.ts';

/** What Omni's own command line writes where nobody gives a reason (contract §3.5). */
export const MANUAL_UNLINK = 'Manual unlink';

const blankToNull = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? null : (value ?? null));

/** A reason Omni takes: it wants at least one character (contract §3). */
export const unlinkReason = z
  .string()
  .trim()
  .max(500, 'too_long')
  .default(MANUAL_UNLINK)
  .transform((reason) => reason || MANUAL_UNLINK);

/** One identity of a person that gets a new person. `fill`: what to write on the new person, blank for nothing. */
export const unlinkInput = z.strictObject({
  personId: z.uuid().toLowerCase(),
  identityId: z.uuid().toLowerCase(),
  reason: unlinkReason,
  fill: z
    .strictObject({
      displayName: z.preprocess(blankToNull, z.string().trim().max(255, 'too_long').nullable()).optional(),
      primaryPhone: z.preprocess(blankToNull, z.string().trim().max(50, 'too_long').nullable()).optional(),
    })
    .default({}),
});

export type UnlinkInput = z.infer<typeof unlinkInput>;

/** The person now, the user routes of the identity's instance, and whoever has the phone that is wanted. */
export type UnlinkFacts = {
  person: PersonRecord | null;
  routes: Seen<Route[]>;
  /** Whether this key could undo it: the undo is a merge, which is refused where access rules can't be read. */
  undoable: boolean;
  /** The new person's fields as they will be stored, or why not. */
  fields: { displayName?: string; primaryPhone?: string };
  refusal: Text | null;
  /** The address that lines for a terminal call; absent in entries of before, like `bare`. */
  serverUrl?: string;
  /** The newest people without anything. */
  bare?: Seen<string[]>;
};

/** What unlinking one identity does. Pure. */
export function planUnlink(input: UnlinkInput, facts: UnlinkFacts): EffectPlan {
  const { person, fields } = facts;
  const identity = person?.identities.find(({ id }) => id === input.identityId);
  const refusal: Text | null = !person
    ? { key: 'unlink.nobody' }
    : !identity
      ? { key: 'unlink.not-theirs', values: { name: calledBy(person) } }
      : facts.refusal;
  if (!person || !identity || refusal) {
    return {
      title: { key: 'unlink.title-unknown' },
      refusal: refusal ?? { key: 'unlink.nobody' },
      effects: [],
      relies: { ...input, refusal: refusal?.key },
      steps: [],
      verb: 'save',
    };
  }
  const name = calledBy(person);
  const values = { handle: identity.platformUserId, name };
  const left = routesLeft(facts.routes, person.person.id);
  const of = identityValue(identity);
  const back = facts.undoable ? 'yes' : 'no';
  return {
    title: { key: 'unlink.title', values },
    effects: [
      happens('identity-unlinked', { kept: 'yes', back, of, more: { person: thing('person', input.personId, name) } }),
      ...Object.entries(fields).map(([field, value]) => ({
        ...sets(`person.${field}`, NOTHING, fieldValue(field, value), { back }),
        what: 'new-person-gets',
      })),
      ...left.map((route) =>
        happens('route-left', {
          kept: 'yes',
          back,
          of,
          more: { person: name, route: routeValue(route, channelName(identity.channel)) },
        }),
      ),
      ...routesNotSeen(facts.routes),
    ],
    relies: { ...input, fill: fields, routes: left.map(({ id }) => id) },
    steps: unlinkSteps(input, facts, identity.platformUserId),
    notes: [
      { key: 'unlink.new-person' },
      ...(facts.undoable ? [] : [{ key: 'unlink.no-undo', values: { scope: 'access:read' } }]),
      ...(person.identities.length === 1 ? [{ key: 'unlink.last', values }] : []),
      ...(identity.messageCount > 0 ? [{ key: 'unlink.history' }] : []),
    ],
    verb: 'save',
    opens: thing('person', input.personId, name),
  };
}

/** Routes of a person that no longer answer an identity once it is unlinked: Omni finds them by person (contract §2.1). */
export function routesLeft(routes: Seen<readonly Route[]>, personId: string): Route[] {
  return seenOr(routes, []).filter((route) => route.personId === personId && route.isActive);
}

/** Whether a route of the people answers the identity can't be told where routes could not be read. */
export function routesNotSeen(routes: Seen<unknown>): Effect[] {
  if (routes.is === 'value') return [];
  return [happens('routes-of-identity', { kept: 'unknown', back: 'yes', more: { why: notSeenValue(routes) } })];
}

function unlinkSteps(input: UnlinkInput, { fields }: UnlinkFacts, handle: string): PlannedStep[] {
  const { unlink, write } = identitySteps;
  const count = Object.keys(fields).length;
  return [
    unlink.planned(
      'unlink',
      { key: 'unlink.step', values: { handle } },
      { identity: { id: input.identityId, platformUserId: handle }, from: input.personId, reason: input.reason },
    ),
    ...(count > 0
      ? [
          write.planned(
            'fill',
            { key: 'unlink.step-fill', values: { count } },
            { step: 'unlink', fields: { ...fields } },
          ),
        ]
      : []),
  ];
}
