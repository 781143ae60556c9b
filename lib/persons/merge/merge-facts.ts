import { z } from 'zod';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Identity, Person } from '#lib/omni/schemas/persons.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';

/** The fields of a person that Omni drops when that person goes (contract §3.1). */
export const PERSON_FIELDS = ['displayName', 'primaryPhone', 'primaryEmail', 'avatarUrl', 'metadata'] as const;
export type PersonField = (typeof PERSON_FIELDS)[number];

const choice = z.enum(['stays', 'goes']);

/**
 * What a person decided before joining two people. `fields`: whose value survives; a field not named keeps the survivor's
 * value, or takes the other's where the survivor has none. `routes`: for a route whose instance already has one for the
 * survivor, whether the survivor's is kept or takes over the other's settings.
 */
export const mergeInput = z.strictObject({
  goes: z.uuid().toLowerCase(),
  stays: z.uuid().toLowerCase(),
  reason: z.string().trim().max(500),
  fields: z.partialRecord(z.enum(PERSON_FIELDS), choice),
  routes: z.record(z.uuid().toLowerCase(), z.enum(['keep', 'replace'])),
});

export type MergeInput = z.infer<typeof mergeInput>;

export type Side = { person: Person; identities: Identity[] };

/** Part of the world that a key may not see, or that did not answer: named, never taken for empty. */
export type Unseen = { unseen: string };

/** Whether the key may do something; `unknown` lets Omni decide (before anything is lost: such steps come first). */
export type May = 'yes' | 'no' | 'unknown';

/** Everything a merge depends on. A side is null when Omni knows no such person (any more). */
export type MergeWorld = {
  goes: Side | null;
  stays: Side | null;
  rules: AccessRule[] | Unseen;
  /** `others`: there are instances the key is not shown, with routes nobody knows of here. */
  routes: { items: Route[]; missing: string[]; others?: true } | Unseen;
  agents: Agent[] | Unseen;
  automations: { id: string; name: string }[] | Unseen;
  may: { rules: May; routes: May; agents: May };
  now: number;
};

/** Whether this part of the world could be seen. */
export function seen<T extends object>(part: T | Unseen): part is T {
  return !('unseen' in part);
}

/** An agent a route without one can be made with and then lose again: an active one if any can be seen. */
export function agentAtHand({ agents, routes }: Pick<MergeWorld, 'agents' | 'routes'>): string | null {
  const known = seen(agents) ? agents : [];
  const named = seen(routes) ? routes.items.map(({ agentId }) => agentId) : [];
  const ids = [known.find(({ isActive }) => isActive)?.id, known[0]?.id, ...named];
  return ids.find((id) => z.uuid().safeParse(id).success) ?? null;
}

/** What is written to Omni with the identities that move: the reason, and the id that Omni forgets. */
export function mergeReason({ reason, goes }: Pick<MergeInput, 'reason' | 'goes'>): string {
  return `${reason || 'Person merge'} (was ${goes})`;
}
