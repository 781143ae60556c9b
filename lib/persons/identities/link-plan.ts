import { z } from 'zod';
import type { Route } from '#lib/omni/schemas/routes.ts';
import type { Plan, Text } from '#lib/operations/plan/define.ts';
import { curlLine } from '#lib/operations/plan/shell.ts';
import { seen, type UnseenPart } from '#lib/persons/merge/merge-facts.ts';
import { routesLeft } from './unlink-plan.ts';
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
  routes: Route[] | UnseenPart;
  serverUrl: string;
};

/** What linking one identity does. Omni's own link would merge both people (contract §3.2), so it is unlinked first. Pure. */
export function planLink(input: LinkInput, facts: LinkFacts): Plan {
  const { from, to, routes } = facts;
  const identity = from?.identities.find(({ id }) => id === input.identityId);
  const refusal = refuse(input, facts);
  if (!from || !to || !identity || refusal) return refused(refusal ?? { key: 'link.nobody' }, input);
  const handle = identity.platformUserId;
  const [fromName = '', toName = ''] = calledApart([from, to]);
  const values = { handle, from: fromName, to: toName };
  const last = from.identities.length === 1;
  const left = routesLeft(routes, input.fromPersonId);
  const found = routesLeft(routes, input.toPersonId);
  const args = { identity: { id: identity.id, platformUserId: handle }, reason: input.reason };
  return {
    title: { key: 'link.title', values },
    effects: {
      ...input,
      last,
      firstThere: to.identities.length === 0,
      routes: [...left, ...found].map(({ id }) => id).sort(),
    },
    steps: [
      {
        id: 'unlink',
        kind: 'unlink',
        title: { key: 'link.step-unlink', values },
        args: { ...args, from: input.fromPersonId },
      },
      {
        id: 'attach',
        kind: 'attach',
        title: { key: 'link.step-attach', values },
        args: { ...args, step: 'unlink', to: input.toPersonId },
      },
    ],
    moves: [{ key: 'link.moves', values }],
    losses: [],
    unknowns: seen(routes) ? [] : [{ key: 'link.routes-unseen', values }],
    warnings: [
      ...(last ? [{ key: 'link.last', values }] : []),
      ...(identity.messageCount > 0
        ? [{ key: 'link.history', values: { ...values, count: identity.messageCount } }]
        : []),
      ...left.map(({ label }) => ({ key: 'link.route-left', values: { ...values, label: label ?? '' } })),
      ...found.map(({ label }) => ({ key: 'link.route-found', values: { ...values, label: label ?? '' } })),
    ],
    command: {
      curl: curlLine('POST', facts.serverUrl, '/persons/unlink', { identityId: identity.id, reason: input.reason }),
      note: { key: 'link.command-note' },
    },
  };
}

function refuse(input: LinkInput, { from, to }: LinkFacts): Text | undefined {
  if (input.fromPersonId === input.toPersonId) return { key: 'link.same' };
  if (!from || !to) return { key: 'link.nobody' };
  if (to.identities.some(({ id }) => id === input.identityId)) return { key: 'link.already' };
  if (!from.identities.some(({ id }) => id === input.identityId))
    return { key: 'unlink.not-theirs', values: { name: calledBy(from) } };
  return undefined;
}

function refused(refusal: Text, input: LinkInput): Plan {
  return {
    title: { key: 'link.title-unknown' },
    refusal,
    effects: { refusal: refusal.key, ...input },
    steps: [],
    moves: [],
    losses: [],
    unknowns: [],
    warnings: [],
    command: { none: { key: 'merge.no-command' } },
  };
}
