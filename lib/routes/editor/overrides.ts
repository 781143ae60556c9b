import type { Route } from '#lib/omni/schemas/routes.ts';
import { sameJson } from '#lib/operations/plan/canonical.ts';
import { asJson } from '#lib/operations/plan/define.ts';

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

/** The overrides of a route that are what its instance has anyway. Where the instance has no value nobody knows what is inherited. */
export function matchingOverrides(
  route: Partial<Record<Override, unknown>>,
  instance: Partial<Record<Override, unknown>>,
): Override[] {
  return OVERRIDES.filter((name) => {
    const [own, inherited] = [asJson(route[name]), asJson(instance[name])];
    return own !== null && inherited !== null && sameJson(own, inherited);
  });
}

/** A route's own settings: its overrides that are not inherited, its label and its priority. */
export function ownSettings(route: Route): Partial<Pick<Route, Override | 'label' | 'priority'>> {
  const set = [...OVERRIDES, 'label' as const, 'priority' as const].filter(
    (name) => route[name] !== null && route[name] !== undefined,
  );
  return Object.fromEntries(set.map((name) => [name, route[name]]));
}
