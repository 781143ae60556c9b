import { randomUUID } from 'node:crypto';

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
