import type { CommandLines } from '#lib/operations/plan/define.ts';
import { omniLine } from '#lib/operations/plan/shell.ts';
import type { RoutesFilter } from './list-filter.ts';

/** The line that lists the same routes; none where the command line can't: it knows one instance at a time, a scope, and the active ones only. */
export function listCommand({ q, instance, agent, scope, active }: RoutesFilter): CommandLines {
  if (!instance || q.trim() || agent || active === 'no') return { lines: [] };
  const options = { instance, scope, ...(active === 'yes' ? { active: true } : {}) };
  return { lines: [omniLine(['routes', 'list'], options)] };
}
