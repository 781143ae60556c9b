import 'server-only';
import { randomUUID } from 'node:crypto';
import { listOperations, type Operation } from '#lib/operations/plan/define.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { runnerFor } from '#lib/operations/testing/bed.ts';
import type { Store } from '#lib/store/database.ts';

/** Who runs operations with a key, against any Omni. */
export function runnerOf(
  db: Store,
  url: string,
  key: string,
  operations: readonly Operation[],
  scopes: readonly string[] | null = ['*'],
): Runner {
  return runnerFor(db, { url, key }, { operations: listOperations(operations), scopes });
}

/** Rows for the sandbox's bulk insert: instances, their one agent, and chats and persons with a route each. */
export function manyInstances(instances: number, routesEach: number, prefix = 'Loja') {
  const agent = { id: randomUUID(), name: 'Atendente' };
  const shops = Array.from({ length: instances }, (_, index) => ({
    id: randomUUID(),
    name: `${prefix} ${String(index + 1).padStart(2, '0')}`,
    agentId: agent.id,
  }));
  const targets = shops.flatMap(({ id: instanceId }) =>
    Array.from({ length: routesEach }, (_, index) => {
      const user = index % 3 === 2;
      const id = randomUUID();
      const route = { id: randomUUID(), instanceId, agentId: agent.id, label: `Regra ${index}` };
      return user
        ? { person: { id, displayName: `Cliente ${index}` }, route: { ...route, scope: 'user', personId: id } }
        : {
            chat: { id, instanceId, externalId: `${id}@g.us`, name: `Grupo ${index}` },
            route: { ...route, scope: 'chat', chatId: id },
          };
    }),
  );
  return {
    agents: [agent],
    instances: shops,
    chats: targets.flatMap(({ chat }) => chat ?? []),
    persons: targets.flatMap(({ person }) => person ?? []),
    agent_routes: targets.map(({ route }) => route),
  };
}
