import { z } from 'zod';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
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

/** A part that could not be read, by the scope it needs: the key lacks it or, where it `failed`, Omni did not answer. Never taken for empty. */
export type UnseenPart = { unseen: string; failed?: true };

/** Whether the key may do something; where it is `unknown`, Omni decides, and such steps come before anything is lost. */
export type May = 'yes' | 'no' | 'unknown';

/** Everything a merge depends on. A person is null when Omni has no such person (any more). */
export type MergeFacts = {
  duplicate: PersonRecord | null;
  survivor: PersonRecord | null;
  rules: AccessRule[] | UnseenPart;
  /** `missing`: instances whose routes could not be read. `others`: there are instances this key is not shown. */
  routes: { items: Route[]; missing: string[]; others?: true } | UnseenPart;
  agents: Agent[] | UnseenPart;
  automations: { id: string; name: string }[] | UnseenPart;
  may: { rules: May; routes: May; agents: May };
  now: number;
};

/** Whether a part could be read. */
export function seen<T extends object>(part: T | UnseenPart): part is T {
  return !('unseen' in part);
}

/** An agent to create a route without an agent with, since Omni takes none; it is removed afterwards. An active one if any can be seen. */
export function standInAgent({ agents, routes }: Pick<MergeFacts, 'agents' | 'routes'>): string | null {
  const known = seen(agents) ? agents : [];
  const named = seen(routes) ? routes.items.map(({ agentId }) => agentId) : [];
  const ids = [known.find(({ isActive }) => isActive)?.id, known[0]?.id, ...named];
  return ids.find((id) => z.uuid().safeParse(id).success) ?? null;
}

/** What is written to Omni with the identities that move: the reason, and the id that Omni deletes. */
export function mergeReason({ reason, duplicate }: Pick<MergeInput, 'reason' | 'duplicate'>): string {
  return `${reason || 'Person merge'} (was ${duplicate})`;
}
