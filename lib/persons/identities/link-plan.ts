import { z } from 'zod';
import type { Route } from '#lib/omni/schemas/routes.ts';
import type { Seen } from '#lib/omni/seen.ts';
import { happens } from '#lib/operations/effects/effect.ts';
import { thing } from '#lib/operations/effects/value.ts';
import type { EffectPlan, PlannedStep, Text } from '#lib/operations/plan/define.ts';
import { channelName } from '#lib/persons/directory/channels.ts';
import { identityValue, routeValue } from '#lib/persons/merge/merge-effects.ts';
import { identitySteps } from './identity-steps.ts';
import { routesLeft, routesNotSeen } from './unlink-plan.ts';
import { calledApart, calledBy, type PersonRecord } from '#lib/persons/record/person-record.ts';

/** The reason where nobody gives one. */
const LINKED = 'Linked to another person';

/** One identity of a person that is linked to another person, and nothing else with it. */
export const linkInput = z.strictObject({
  identityId: z.uuid().toLowerCase(),
  fromPersonId: z.uuid().toLowerCase(),
  toPersonId: z.uuid().toLowerCase(),
  reason: z
    .string()
    .trim()
    .max(500, 'too_long')
    .default(LINKED)
    .transform((reason) => reason || LINKED),
});

export type LinkInput = z.infer<typeof linkInput>;

/** Both people now, and the user routes of the identity's instance. */
export type LinkFacts = {
  from: PersonRecord | null;
  to: PersonRecord | null;
  routes: Seen<Route[]>;
  serverUrl?: string;
  /** The newest people without anything; absent in entries of before. */
  bare?: Seen<string[]>;
};

/** What linking one identity does. Omni's own link would merge both people (contract §3.2), so it is unlinked first. Pure. */
export function planLink(input: LinkInput, facts: LinkFacts): EffectPlan {
  const { from, to, routes } = facts;
  const identity = from?.identities.find(({ id }) => id === input.identityId);
  const refusal = refuse(input, facts);
  if (!from || !to || !identity || refusal) {
    return {
      title: { key: 'link.title-unknown' },
      refusal: refusal ?? { key: 'link.nobody' },
      effects: [],
      relies: { ...input, refusal: refusal?.key },
      steps: [],
      verb: 'save',
    };
  }
  const handle = identity.platformUserId;
  const [fromName = '', toName = ''] = calledApart([from, to]);
  const values = { handle, from: fromName, to: toName };
  const left = routesLeft(routes, input.fromPersonId);
  const found = routesLeft(routes, input.toPersonId);
  const of = identityValue(identity);
  const people = {
    person: thing('person', input.fromPersonId, fromName),
    other: thing('person', input.toPersonId, toName),
  };
  const routeEffects = (what: string, all: readonly Route[], person: string) =>
    all.map((route) =>
      happens(what, { ...kept, of, more: { person, route: routeValue(route, channelName(identity.channel)) } }),
    );
  return {
    title: { key: 'link.title', values },
    effects: [
      happens('identity-linked', { ...kept, of, more: people }),
      ...routeEffects('route-left', left, fromName),
      ...routeEffects('route-found', found, toName),
      ...routesNotSeen(routes),
    ],
    relies: {
      ...input,
      firstThere: to.identities.length === 0,
      routes: [...left, ...found].map(({ id }) => id).sort(),
    },
    steps: linkSteps(input, to, values),
    notes: [
      ...(from.identities.length === 1 ? [{ key: 'link.last', values }] : []),
      ...(identity.messageCount > 0 ? [{ key: 'link.history', values }] : []),
    ],
    verb: 'save',
    opens: people.other,
  };
}

const kept = { kept: 'yes', back: 'yes' } as const;

function linkSteps(
  { identityId, fromPersonId, toPersonId, reason }: LinkInput,
  to: PersonRecord,
  values: { handle: string; from: string; to: string },
): PlannedStep[] {
  const { unlink, attach } = identitySteps;
  const args = { identity: { id: identityId, platformUserId: values.handle }, reason };
  const [beside = null] = to.identities.map(({ id }) => id).sort();
  return [
    unlink.planned('unlink', { key: 'link.step-unlink', values }, { ...args, from: fromPersonId }),
    attach.planned('attach', { key: 'link.step-attach', values }, { ...args, step: 'unlink', to: toPersonId, beside }),
  ];
}

function refuse(input: LinkInput, { from, to }: LinkFacts): Text | undefined {
  if (input.fromPersonId === input.toPersonId) return { key: 'link.same' };
  if (!from || !to) return { key: 'link.nobody' };
  if (to.identities.some(({ id }) => id === input.identityId)) return { key: 'link.already' };
  if (!from.identities.some(({ id }) => id === input.identityId))
    return { key: 'unlink.not-theirs', values: { name: calledBy(from) } };
  return undefined;
}
