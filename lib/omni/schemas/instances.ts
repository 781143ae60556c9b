import { z } from 'zod';
import { agentSettings } from './agent-settings.ts';
import { data, flag, page, text, time, timeOrNull } from './wire.ts';

/** Bot tokens and agent keys, which the older generation answers in clear, are not in here (contract §6). */
const instance = z.object({
  id: z.string(),
  name: z.string(),
  channel: z.string(),
  isActive: flag,
  isDefault: flag,
  /** A UUID of `/agents`; in the older generation a name at the provider. */
  agentId: text,
  agentProviderId: text,
  ...agentSettings,
  accessMode: text,
  profileName: text,
  ownerIdentifier: text,
  requireGenieSignature: flag,
  createdAt: time,
  updatedAt: time,
});

export const instanceAnswer = data(instance);
export const instancePage = page(instance);

export const instanceStatusAnswer = data(
  z.object({
    instanceId: z.string(),
    state: z.string(),
    isConnected: z.boolean(),
    connectedAt: timeOrNull,
    profileName: text,
    ownerIdentifier: text,
  }),
);

export type Instance = z.infer<typeof instance>;
export type InstanceStatus = z.infer<typeof instanceStatusAnswer>;
