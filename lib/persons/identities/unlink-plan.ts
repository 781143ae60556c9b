import { z } from 'zod';
import type { Route } from '#lib/omni/schemas/routes.ts';
import type { Plan, PlannedStep, Text } from '#lib/operations/plan/define.ts';
import { omniLine } from '#lib/operations/plan/shell.ts';
import { seen, type UnseenPart } from '#lib/persons/merge/merge-facts.ts';
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
  routes: Route[] | UnseenPart;
  /** Whether this key could undo it: the undo is a merge, which is refused where access rules can't be read. */
  undoable: boolean;
  /** The new person's fields as they will be stored, or why not. */
  fields: { displayName?: string; primaryPhone?: string };
  refusal: Text | null;
};

/** What unlinking one identity does. Pure. */
export function planUnlink(input: UnlinkInput, facts: UnlinkFacts): Plan {
  const { person, fields } = facts;
  const identity = person?.identities.find(({ id }) => id === input.identityId);
  const refusal: Text | null = !person
    ? { key: 'unlink.nobody' }
    : !identity
      ? { key: 'unlink.not-theirs', values: { name: calledBy(person) } }
      : facts.refusal;
  if (!person || !identity || refusal) return refused(refusal ?? { key: 'unlink.nobody' }, input);
  const values = { handle: identity.platformUserId, name: calledBy(person) };
  const last = person.identities.length === 1;
  return {
    title: { key: 'unlink.title', values },
    effects: { ...input, fill: fields, last, routes: routesLeft(facts.routes, person.person.id).map(({ id }) => id) },
    steps: unlinkSteps(input, facts, identity.platformUserId),
    moves: [
      { key: 'unlink.moves', values },
      ...(fields.displayName ? [{ key: 'unlink.fills-name', values: { value: fields.displayName } }] : []),
      ...(fields.primaryPhone ? [{ key: 'unlink.fills-phone', values: { value: fields.primaryPhone } }] : []),
    ],
    losses: [],
    unknowns: seen(facts.routes) ? [] : [{ key: 'unlink.routes-unseen', values }],
    warnings: [
      { key: 'unlink.new-person' },
      ...(facts.undoable ? [] : [{ key: 'unlink.no-undo', values: { scope: 'access:read' } }]),
      ...(last ? [{ key: 'unlink.last', values }] : []),
      ...(identity.messageCount > 0
        ? [{ key: 'unlink.history', values: { ...values, count: identity.messageCount } }]
        : []),
      ...routesLeft(facts.routes, person.person.id).map(({ label }) => ({
        key: 'unlink.route-left',
        values: { ...values, label: label ?? '' },
      })),
    ],
    command: { omni: omniLine(['persons', 'unlink', input.identityId], { reason: input.reason }) },
  };
}

/** Routes of a person that no longer answer an identity once it is unlinked: Omni finds them by person (contract §2.1). */
export function routesLeft(routes: Route[] | UnseenPart, personId: string): Route[] {
  return seen(routes) ? routes.filter((route) => route.personId === personId && route.isActive) : [];
}

function unlinkSteps(input: UnlinkInput, { fields }: UnlinkFacts, handle: string): PlannedStep[] {
  const unlink = {
    id: 'unlink',
    kind: 'unlink',
    title: { key: 'unlink.step', values: { handle } },
    args: {
      identity: { id: input.identityId, platformUserId: handle },
      from: input.personId,
      reason: input.reason,
    },
  };
  const count = Object.keys(fields).length;
  if (count === 0) return [unlink];
  return [
    unlink,
    {
      id: 'fill',
      kind: 'write',
      title: { key: 'unlink.step-fill', values: { count } },
      args: { step: 'unlink', fields: { ...fields } },
    },
  ];
}

function refused(refusal: Text, input: UnlinkInput): Plan {
  return {
    title: { key: 'unlink.title-unknown' },
    refusal,
    effects: { refusal: refusal.key, ...input, fill: null },
    steps: [],
    moves: [],
    losses: [],
    unknowns: [],
    warnings: [],
    command: { none: { key: 'merge.no-command' } },
  };
}
