import { z } from 'zod';
import type { Route } from '#lib/omni/schemas/routes.ts';
import type { Plan, Text } from '#lib/operations/plan/define.ts';
import { curlLine } from '#lib/operations/plan/shell.ts';
import { calledBy } from '#lib/persons/merge/merge-plan.ts';
import { seen, type Side, type Unseen } from '#lib/persons/merge/merge-facts.ts';
import { routesLeft } from './unlink-plan.ts';

const MOVED = 'Moved to another person';

/** One identity of a person that goes to another person, and nothing else with it. */
export const moveInput = z.strictObject({
  identityId: z.uuid().toLowerCase(),
  fromPersonId: z.uuid().toLowerCase(),
  toPersonId: z.uuid().toLowerCase(),
  reason: z
    .string()
    .trim()
    .max(500, 'too_long')
    .default(MOVED)
    .transform((reason) => reason || MOVED),
});

export type MoveInput = z.infer<typeof moveInput>;

/** Both people now, and the user routes of the identity's instance. */
export type MoveWorld = { from: Side | null; to: Side | null; routes: Route[] | Unseen; serverUrl: string };

/** What moving one identity does. Omni's own link would join both people (contract §3.2), so it is taken off first. Pure. */
export function planMove(input: MoveInput, world: MoveWorld): Plan {
  const { from, to, routes } = world;
  const identity = from?.identities.find(({ id }) => id === input.identityId);
  const refusal = refuse(input, world);
  if (!from || !to || !identity || refusal) return refused(refusal ?? { key: 'move.nobody' }, input);
  const handle = identity.platformUserId;
  const values = { handle, from: calledBy(from), to: calledBy(to) };
  const last = from.identities.length === 1;
  const left = routesLeft(routes, input.fromPersonId);
  const found = routesLeft(routes, input.toPersonId);
  const args = { identity: { id: identity.id, platformUserId: handle }, reason: input.reason };
  return {
    title: { key: 'move.title', values },
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
        title: { key: 'move.step-unlink', values },
        args: { ...args, from: input.fromPersonId },
      },
      {
        id: 'attach',
        kind: 'attach',
        title: { key: 'move.step-attach', values },
        args: { ...args, step: 'unlink', to: input.toPersonId },
      },
    ],
    moves: [{ key: 'move.moves', values }],
    losses: [],
    unknowns: seen(routes) ? [] : [{ key: 'move.routes-unseen', values }],
    warnings: [
      ...(last ? [{ key: 'move.last', values }] : []),
      ...(identity.messageCount > 0
        ? [{ key: 'move.history', values: { ...values, count: identity.messageCount } }]
        : []),
      ...left.map(({ label }) => ({ key: 'move.route-left', values: { ...values, label: label ?? '' } })),
      ...found.map(({ label }) => ({ key: 'move.route-found', values: { ...values, label: label ?? '' } })),
    ],
    command: {
      curl: curlLine('POST', world.serverUrl, '/persons/unlink', { identityId: identity.id, reason: input.reason }),
      note: { key: 'move.command-note' },
    },
  };
}

function refuse(input: MoveInput, { from, to }: MoveWorld): Text | undefined {
  if (input.fromPersonId === input.toPersonId) return { key: 'move.same' };
  if (!from || !to) return { key: 'move.nobody' };
  if (to.identities.some(({ id }) => id === input.identityId)) return { key: 'move.already' };
  if (!from.identities.some(({ id }) => id === input.identityId))
    return { key: 'unlink.not-theirs', values: { name: calledBy(from) } };
  return undefined;
}

function refused(refusal: Text, input: MoveInput): Plan {
  return {
    title: { key: 'move.title-unknown' },
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
