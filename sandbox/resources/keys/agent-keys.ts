import { randomUUID } from 'node:crypto';
import { hashOf } from './key-cache.ts';
import { createSecret } from './keys-create.ts';
import { insertRow, updateRow } from '../../world/tables.ts';
import { keys } from '../../wire/wire-rows.ts';
import type { World } from '../../world/world.ts';

type AgentKey = { id: string; instance_ids: string | null };

/**
 * Giving an instance an agent makes or widens a key named `agent:<name>`; taking the last instance away sets
 * `instanceIds` to null, which is every instance (contract §6 and §10, 24; read in a copy of uncertain origin).
 */
export function moveAgentKey(world: World, instanceId: string, before: string | null, after: string | null): void {
  const { store, clock, keyCache } = world;
  const old = before === null ? undefined : keyOf(world, before);
  if (old) {
    const left = instancesOf(old).filter((id) => id !== instanceId);
    updateRow(store, keys, old.id, { instanceIds: left.length > 0 ? left : null, updatedAt: clock.now() * 1000 });
    keyCache.forget(old.id);
  }
  if (after === null) return;
  const known = keyOf(world, after);
  if (known) {
    const instanceIds = [...new Set([...instancesOf(known), instanceId])];
    updateRow(store, keys, known.id, { instanceIds, updatedAt: clock.now() * 1000 });
    keyCache.forget(known.id);
    return;
  }
  const secret = createSecret();
  const moment = clock.micros();
  insertRow(store, keys, {
    id: randomUUID(),
    name: nameOf(world, after),
    description: 'Managed by Omni for an agent',
    keyPrefix: secret.slice(8, 16),
    keyHash: hashOf(secret),
    scopes: ['messages:send', 'chats:read', 'instances:read'],
    instanceIds: [instanceId],
    createdAt: moment,
    createdBy: 'system',
    updatedAt: moment,
  });
}

function nameOf({ store }: World, agentId: string): string {
  return `agent:${String(store.get('SELECT name FROM agents WHERE id = ?', agentId)?.name)}`;
}

function keyOf(world: World, agentId: string): AgentKey | undefined {
  return world.store.get('SELECT id, instance_ids FROM api_keys WHERE name = ?', nameOf(world, agentId));
}

function instancesOf(key: AgentKey): string[] {
  return JSON.parse(key.instance_ids ?? '[]') as string[];
}
