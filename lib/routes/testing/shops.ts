import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Control } from '../../../sandbox/wire/control/control-client.ts';
import { manyInstances } from './bed.ts';

/** Puts instances with routes of their own into the sandbox; `refs` names the routes as operations take them. */
export async function addShops(
  control: Control,
  instances: number,
  routesEach: number,
  more: Record<string, unknown> = {},
) {
  const rows = manyInstances(instances, routesEach, `Loja ${randomUUID().slice(0, 6)}`);
  await control.rows({ ...rows, agent_routes: rows.agent_routes.map((route) => ({ ...route, ...more })) });
  return { ...rows, refs: rows.agent_routes.map(({ id, instanceId }) => ({ id, instanceId })) };
}

/** Which of these routes are active (1 or 0); null for one that is gone. */
export async function activeOf(control: Control, ids: readonly string[]): Promise<(number | null)[]> {
  const rows = await control.sql<{ id: string; is_active: number }>('SELECT id, is_active FROM agent_routes');
  const all = new Map(rows.map((row) => [row.id, row.is_active]));
  return ids.map((id) => all.get(id) ?? null);
}

/** The first of a list that must have one. */
export function first<T>(list: readonly T[]): T {
  const [one] = list;
  if (one === undefined) throw new Error('nothing there');
  return one;
}
