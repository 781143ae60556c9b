import { z } from 'zod';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Provider } from '#lib/omni/schemas/providers.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { seenOr, type NotSeen, type Seen } from '#lib/omni/seen.ts';
import type { PersonRecord } from '#lib/persons/record/person-record.ts';

/** The fields of the duplicate, which a merge in Omni drops (contract §3.1). */
export const PERSON_FIELDS = ['displayName', 'primaryPhone', 'primaryEmail', 'avatarUrl', 'metadata'] as const;
export type PersonField = (typeof PERSON_FIELDS)[number];

const choice = z.enum(['survivor', 'duplicate']);

/**
 * What somebody chose before merging two people. `fields`: whose value is kept; a field not named keeps the survivor's
 * value, or takes the duplicate's where the survivor has none. `routes`: for a route of the duplicate on an instance where the
 * survivor has one too, whether the survivor's is kept or takes over the settings of the duplicate's.
 */
export const mergeInput = z.strictObject({
  duplicate: z.uuid().toLowerCase(),
  survivor: z.uuid().toLowerCase(),
  reason: z.string().trim().max(500),
  fields: z.partialRecord(z.enum(PERSON_FIELDS), choice),
  routes: z.record(z.uuid().toLowerCase(), z.enum(['keep', 'replace'])),
});

export type MergeInput = z.infer<typeof mergeInput>;

/** Whether the key may do something; where it is `unknown`, Omni decides, and such steps come before anything is lost. */
export type May = 'yes' | 'no' | 'unknown';

/**
 * The routes of all instances that this key is shown. `missing`: names of those whose routes could not be read, and `why` the first of
 * them could not. `hidden`: instances that somebody has an identity on and this key is not shown. `others`: there are more of them.
 */
export type ReadRoutes = { items: Route[]; missing: string[]; why?: NotSeen; hidden?: string[]; others?: true };

/**
 * Everything a merge depends on. A person is null when Omni has no such person (any more). `answering`: who answers besides routes decide,
 * on the instances this is about; absent in entries of before.
 */
export type MergeFacts = {
  duplicate: PersonRecord | null;
  survivor: PersonRecord | null;
  rules: Seen<AccessRule[]>;
  routes: Seen<ReadRoutes>;
  agents: Seen<Agent[]>;
  /** Those in which the id of a duplicate stands, and of which ones; `ids` is absent in entries of before. */
  automations: Seen<{ id: string; name: string; ids?: string[] }[]>;
  answering?: { instances: Instance[]; providers: Seen<Provider[]> };
  may: { rules: May; routes: May; agents: May };
  now: number;
  /** The address that lines for a terminal call; absent in entries of before. */
  serverUrl?: string;
};

/** The automations in which the duplicate's own id stands: of several merges each has its own. */
export function automationsOf({ automations, duplicate }: Pick<MergeFacts, 'automations' | 'duplicate'>) {
  const all = automations.is === 'value' ? automations.value : [];
  return all.filter(({ ids }) => ids === undefined || ids.includes(duplicate?.person.id ?? ''));
}

/** The routes that could be read. */
export function routesSeen(routes: Seen<Pick<ReadRoutes, 'items'>>): Route[] {
  return routes.is === 'value' ? routes.value.items : [];
}

/** An agent to create a route without an agent with, since Omni takes none; it is removed afterwards. An active one if any can be seen. */
export function standInAgent({
  agents,
  routes,
}: {
  agents: Seen<readonly Agent[]>;
  routes: Seen<Pick<ReadRoutes, 'items'>>;
}): string | null {
  const known = seenOr(agents, []);
  const named = routesSeen(routes).map(({ agentId }) => agentId);
  const ids = [known.find(({ isActive }) => isActive)?.id, known[0]?.id, ...named];
  return ids.find((id) => z.uuid().safeParse(id).success) ?? null;
}

/** What is written to Omni with the identities that move: the reason, and the id that Omni deletes. */
export function mergeReason({ reason, duplicate }: Pick<MergeInput, 'reason' | 'duplicate'>): string {
  return `${reason || 'Person merge'} (was ${duplicate})`;
}
