import type { CommandLines, Text } from '#lib/operations/plan/define.ts';
import { omniLine } from '#lib/operations/plan/shell.ts';
import type { RoutesFilter } from './list-filter.ts';

/** The line that lists the same routes. The command line knows one instance at a time, a scope, and the active ones only. */
export function listCommand({ q, instance, agent, scope, active }: RoutesFilter): CommandLines | { none: Text } {
  if (!instance) return { none: { key: 'routes-list.no-instance' } };
  if (q.trim() || agent || active === 'no') return { none: { key: 'routes-list.no-command' } };
  const options = { instance, scope, ...(active === 'yes' ? { active: true } : {}) };
  return { lines: [omniLine(['routes', 'list'], options)] };
}
