import { z } from 'zod';
import { data, flag, items, listOf, text, time, uuid } from './wire.ts';

const agent = z.object({
  id: z.string(),
  name: z.string(),
  provider: z.string(),
  model: text,
  agentType: text,
  capabilities: listOf(z.string()),
  ownerId: text,
  agentProviderId: text,
  configPath: text,
  isInternal: flag,
  isActive: z.boolean(),
  /** The agent's id at its provider, where given; else `configPath` counts, else "default" is asked (contract §6). */
  metadata: z
    .object({ providerAgentId: z.string().optional() })
    .nullish()
    .catch(null)
    .transform((value) => value ?? null),
  createdAt: time,
  updatedAt: time,
});

export const agentAnswer = data(agent);
export const agentList = items(agent);

/** The one field of an agent this console writes. */
export const agentOwnerPatch = z.strictObject({ ownerId: uuid });

export type Agent = z.infer<typeof agent>;
