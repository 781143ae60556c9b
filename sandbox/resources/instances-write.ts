import { randomUUID } from 'node:crypto';
import { moveAgentKey } from './keys/agent-keys.ts';
import { requireInstance } from '../wire/auth.ts';
import { param, readBody } from '../wire/input.ts';
import { instanceWire, requireInstanceRow } from './instances.ts';
import { insertRow, updateRow } from '../world/tables.ts';
import { instances } from '../wire/wire-rows.ts';
import { isPublished } from '../world/database-errors.ts';
import type { World } from '../world/world.ts';
import type { Api } from '../wire/call.ts';
import * as z from '../wire/zod-shapes.ts';

const MEASURED_CHANNELS = ['whatsapp-baileys', 'whatsapp-cloud', 'discord', 'slack', 'telegram'] as const;

const PUBLISHED_CHANNELS = [
  'whatsapp-baileys',
  'whatsapp-business',
  'discord',
  'slack',
  'telegram',
  'a2a',
  'gupshup',
  'hermes',
  'twilio-whatsapp',
  'internal',
] as const;

const rest = {
  agentId: z.optional(z.nullable(z.uuid())),
  agentProviderId: z.optional(z.nullable(z.uuid())),
  agentTimeout: z.optional(z.number({ int: true, above: 0 })),
  accessMode: z.optional(z.oneOf(['disabled', 'blocklist', 'allowlist'])),
  isActive: z.optional(z.boolean()),
  isDefault: z.optional(z.boolean()),
};

const createBody = (channels: readonly string[]) =>
  z.object({ name: z.string({ min: 1, max: 255 }), channel: z.oneOf(channels), ...rest });

const patchBody = z.object({ name: z.optional(z.string({ min: 1, max: 255 })), ...rest });

/** A part of Omni's: what the console's tests need to make an instance and to change who answers it. */
export function registerInstanceWrites(api: Api, world: World): void {
  const { store, clock } = world;

  /** A restricted key may create instances it then can't see (behaviour I22). */
  api.post('/instances', async (call) => {
    const channels = isPublished(world.generation) ? PUBLISHED_CHANNELS : MEASURED_CHANNELS;
    const body = await readBody(call, createBody(channels));
    const id = randomUUID();
    const moment = clock.micros();
    insertRow(store, instances, { ...body, id, createdAt: moment, updatedAt: moment });
    return call.json({ data: instanceWire(world, requireInstanceRow(world, id)) }, 201);
  });

  api.patch('/instances/:id', async (call) => {
    requireInstance(call, param(call, 'id'));
    const changes = await readBody(call, patchBody);
    const before = requireInstanceRow(world, param(call, 'id'));
    const id = String(before.id);
    updateRow(store, instances, id, { ...changes, updatedAt: clock.now() * 1000 });
    if (changes.accessMode !== undefined) world.accessCache.clear();
    if (changes.agentId !== undefined && changes.agentId !== before.agent_id) {
      moveAgentKey(world, id, before.agent_id === null ? null : String(before.agent_id), changes.agentId);
    }
    return call.json({ data: instanceWire(world, requireInstanceRow(world, id)) });
  });

  api.delete('/instances/:id', (call) => {
    requireInstance(call, param(call, 'id'));
    store.run('DELETE FROM instances WHERE id = ?', String(requireInstanceRow(world, param(call, 'id')).id));
    return call.json({ success: true });
  });
}
