import type { HealthReason } from './health.ts';

/** What mends a finding: a change of several routes. */
export type Fix = 'agent' | 'clear' | 'on' | 'off' | 'delete';

const FIXES: Readonly<Record<HealthReason, readonly Fix[]>> = {
  nobody: ['agent'],
  'agent-missing': ['agent'],
  'provider-missing': ['agent'],
  'provider-off': ['agent'],
  'provider-silent': ['agent'],
  'chat-elsewhere': ['delete'],
  'target-gone': ['delete'],
  'no-identity': ['delete'],
  'agent-off': ['agent'],
  shadowed: ['off'],
  duplicate: [],
  'instance-off': [],
  'no-agent': ['agent'],
  inactive: ['on', 'delete'],
  'changes-nothing': ['delete'],
  'same-settings': ['clear'],
};

/** What mends all routes with one of these findings, best first; empty where it is not the routes that have to change, or no one change does. */
export function fixesOf([first, ...rest]: readonly HealthReason[]): readonly Fix[] {
  return first ? FIXES[first].filter((fix) => rest.every((reason) => FIXES[reason].includes(fix))) : [];
}
