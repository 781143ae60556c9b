import { insertRow } from '../world/tables.ts';
import { routes, rules } from '../wire/wire-rows.ts';
import type { Seeding } from './seeding.ts';

/** Fills up to the world's number of routes and rules, spread over all instances, two chat routes to one user route. */
export function seedRoutes(seeding: Seeding): void {
  const { random, store, sizes, agentIds } = seeding;
  const taken = new Set<string>();
  let count = Number(store.get('SELECT count(*) AS n FROM agent_routes')?.n);
  for (let tries = 0; count < sizes.routes && tries < sizes.routes * 5; tries += 1) {
    const chat = random.chance(0.67) ? random.pick(seeding.chats) : undefined;
    const identity = random.pick(seeding.identities);
    const instanceId = chat?.instanceId ?? identity.instanceId;
    const mark = `${instanceId} ${chat?.id ?? identity.personId}`;
    const target = chat ? { scope: 'chat', chatId: chat.id } : { scope: 'user', personId: identity.personId };
    // The recorded cases make routes for the known chats and people themselves.
    const known = chat?.id.startsWith('cccccc') ?? identity.personId.startsWith('dddddd');
    if (taken.has(mark) || known) continue;
    taken.add(mark);
    count += 1;
    const createdAt = seeding.ago(random.next() * 90 + 1, random.whole(0, 999));
    insertRow(store, routes, {
      ...target,
      ...overrides(seeding),
      id: random.uuid(),
      instanceId,
      agentId: random.pick(agentIds),
      label: random.chance(0.5) ? random.pick(['Plantão', 'Teste', 'Campanha', 'Região Sul', 'Transferido']) : null,
      priority: random.chance(0.3) ? random.whole(-5, 20) : 0,
      isActive: random.chance(0.85),
      createdAt,
      updatedAt: createdAt,
    });
  }
  seedRules(seeding);
}

function overrides({ random }: Seeding): object {
  return {
    agentTimeout: random.chance(0.2) ? random.pick([15, 30, 120]) : null,
    agentStreamMode: random.chance(0.1) ? random.chance(0.5) : null,
    agentSessionStrategy: random.chance(0.1) ? 'per_user' : null,
    messageDebounceMode: random.chance(0.15) ? random.pick(['fixed', 'randomized', 'presence']) : null,
    enableAutoSplit: random.chance(0.1) ? false : null,
  };
}

function seedRules({ random, store, sizes, identities, ago }: Seeding): void {
  let count = Number(store.get('SELECT count(*) AS n FROM access_rules')?.n);
  for (; count < sizes.rules; count += 1) {
    const identity = random.pick(identities);
    const createdAt = ago(random.next() * 60, count);
    insertRow(store, rules, {
      id: random.uuid(),
      instanceId: random.chance(0.8) ? identity.instanceId : null,
      ruleType: 'deny',
      platformUserId: identity.platformUserId,
      personId: random.chance(0.5) ? identity.personId : null,
      priority: random.whole(0, 5),
      enabled: random.chance(0.9),
      reason: random.pick(['spam', 'Golpe', 'Ofensas', 'Pedido do jurídico']),
      action: random.pick(['block', 'silent_block']),
      createdAt,
      updatedAt: createdAt,
    });
  }
}
