import { randomUUID } from 'node:crypto';
import { hashOf } from '../resources/keys/key-cache.ts';
import { createSecret } from '../resources/keys/keys-create.ts';
import { TABLE_NAMES } from './schema.ts';
import { insertRow, type SandboxTable, type Wire } from './tables.ts';
import * as rows from '../wire/wire-rows.ts';
import type { World } from './world.ts';

export type Bulk = Partial<Record<(typeof TABLE_NAMES)[number], Wire[]>>;

const TABLES = new Map<string, SandboxTable>(Object.values(rows).map((table) => [table.name, table]));

/** What a table can't do without, where a test does not say it. */
function defaultsFor(table: string, id: string, moment: number): Wire {
  const common = { id, createdAt: moment, updatedAt: moment };
  const identity = { channel: 'whatsapp-baileys', platformUserId: `${id}@s.whatsapp.net`, messageCount: 0 };
  switch (table) {
    case 'platform_identities':
      return { ...common, ...identity, firstSeenAt: moment, linkedBy: 'initial', confidence: 100 };
    case 'agents':
      return {
        ...common,
        name: id,
        provider: 'agno',
        agentType: 'assistant',
        capabilities: [],
        isInternal: false,
        isActive: true,
      };
    case 'instances':
      return { ...common, name: id, channel: 'whatsapp-baileys', isActive: true };
    case 'agent_providers':
      return {
        ...common,
        name: id,
        schema: 'agno',
        baseUrl: 'http://127.0.0.1:7777',
        isActive: true,
        supportsImages: false,
      };
    case 'chats':
      return {
        ...common,
        externalId: id,
        chatType: 'dm',
        channel: 'whatsapp-baileys',
        participantCount: 0,
        messageCount: 0,
        unreadCount: 0,
      };
    case 'chat_participants':
      return { ...common, platformUserId: id, role: 'member', isActive: true, messageCount: 0 };
    case 'omni_events':
      return {
        ...common,
        channel: 'whatsapp-baileys',
        eventType: 'message.received',
        direction: 'inbound',
        contentType: 'text',
        status: 'received',
        receivedAt: moment,
      };
    case 'agent_routes':
      return { ...common, priority: 0, isActive: true };
    case 'access_rules':
      return { ...common, ruleType: 'deny', priority: 0, enabled: true, action: 'block' };
    case 'automations':
      return { ...common, name: id, triggerEventType: 'message.received', actions: [], enabled: true, priority: 0 };
    case 'api_key_audit_logs':
      return {
        id,
        method: 'GET',
        path: '/api/v2/persons',
        statusCode: 200,
        ipAddress: '203.0.113.1',
        timestamp: moment,
      };
    default:
      return common;
  }
}

/** A key's secret may be chosen with `secret`; it is hashed here. */
function keyDefaults(row: Wire): Wire {
  const secret = typeof row.secret === 'string' ? row.secret : createSecret();
  return { name: 'bulk', scopes: ['*'], keyPrefix: secret.slice(8, 16), keyHash: hashOf(secret), createdBy: 'bulk' };
}

/** Inserts rows in one transaction, parents first, and answers their ids by table. */
export function insertBulk(world: World, bulk: Bulk): Record<string, string[]> {
  const unknown = Object.keys(bulk).filter((name) => !TABLES.has(name));
  if (unknown.length > 0) throw new SyntaxError(`No such table: ${unknown.join(', ')}`);
  const ids: Record<string, string[]> = {};
  world.store.transaction(() => {
    for (const name of TABLE_NAMES) {
      const table = TABLES.get(name);
      if (table) ids[name] = (bulk[name] ?? []).map((row) => insertOne(world, table, row));
    }
  });
  // Rows put past the API are seen by the next message and the next check, as in a database filled before the start.
  world.resolver.invalidate();
  world.accessCache.clear();
  return Object.fromEntries(Object.entries(ids).filter(([, list]) => list.length > 0));
}

function insertOne(world: World, table: SandboxTable, row: Wire): string {
  const strange = Object.keys(row).filter((name) => name !== 'secret' && !table.byWire.has(name));
  if (strange.length > 0) throw new SyntaxError(`${table.name} has no ${strange.join(', ')}`);
  const id = typeof row.id === 'string' ? row.id : randomUUID();
  const own = table.name === 'api_keys' ? keyDefaults(row) : {};
  const { secret: _secret, ...values } = row;
  insertRow(world.store, table, { ...defaultsFor(table.name, id, world.clock.micros()), ...own, ...values });
  return id;
}
