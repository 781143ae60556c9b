import type { Route } from '#lib/omni/schemas/routes.ts';

/** The 25 settings of a route that override its instance's; `null` inherits (contract §2). All of them can be written. */
export const OVERRIDES = [
  'agentTimeout',
  'agentStreamMode',
  'agentReplyFilter',
  'agentSessionStrategy',
  'agentPrefixSenderName',
  'agentWaitForMedia',
  'agentSendMediaPath',
  'agentGateEnabled',
  'agentGateModel',
  'agentGatePrompt',
  'messageDebounceMode',
  'messageDebounceMinMs',
  'messageDebounceMaxMs',
  'messageDebounceGroupMs',
  'messageDebounceRestartOnTyping',
  'messageDebounceMaxWaitMs',
  'messageSplitDelayMode',
  'messageSplitDelayFixedMs',
  'messageSplitDelayMinMs',
  'messageSplitDelayMaxMs',
  'enableAutoSplit',
  'reactionAck',
  'reactionAckEmoji',
  'ackTimeoutMs',
  'agentAckMessage',
] as const satisfies readonly (keyof Route)[];

export type Override = (typeof OVERRIDES)[number];

/** A route's own settings: its overrides that are not inherited, its label and its priority. */
export function ownSettings(route: Route): Partial<Pick<Route, Override | 'label' | 'priority'>> {
  const set = [...OVERRIDES, 'label' as const, 'priority' as const].filter(
    (name) => route[name] !== null && route[name] !== undefined,
  );
  return Object.fromEntries(set.map((name) => [name, route[name]]));
}
