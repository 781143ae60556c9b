import { requireInstance } from '../wire/auth.ts';
import type { SqlRow } from '../world/database.ts';
import { databaseUuid, notFound } from '../wire/http-errors.ts';
import { param, readQuery } from '../wire/input.ts';
import { limitUpTo } from '../wire/pages.ts';
import { findRow, toWire, type Wire } from '../world/tables.ts';
import { instances } from '../wire/wire-rows.ts';
import type { World } from '../world/world.ts';
import type { Api } from '../wire/call.ts';
import { object, optional, string } from '../wire/zod-shapes.ts';

const listQuery = object({
  channel: optional(string()),
  status: optional(string()),
  limit: limitUpTo(100, 50),
  cursor: optional(string()),
});

const SECRETS = ['discordBotToken', 'slackBotToken', 'slackAppToken', 'slackSigningSecret', 'telegramBotToken'];

/** February answered raw tokens; current cleans its rows (contract §6). */
export function instanceWire(world: World, row: SqlRow): Wire {
  const wire = toWire(instances, row);
  if (world.generation === 'feb') return wire;
  for (const secret of [...SECRETS, 'agentApiKey']) wire[secret] = wire[secret] === null ? null : '********';
  return wire;
}

export function requireInstanceRow(world: World, id: string): SqlRow {
  const row = findRow(world.store, instances, databaseUuid(id));
  if (!row) throw notFound('Instance', id);
  return row;
}

export function registerInstances(api: Api, world: World): void {
  /**
   * The cursor is an id, the order is by age; what a restricted key may not see is taken out after the page is cut, so a
   * page can be empty with `hasMore: true` (contract §1.6, behaviour I13, J1, J14).
   */
  api.get('/instances', (call) => {
    const { channel, status, limit, cursor } = readQuery(call, listQuery);
    const channels = channel?.split(',');
    const states = status?.split(',');
    const rows = world.store
      .all('SELECT * FROM instances WHERE id > ? ORDER BY created_at', cursor === undefined ? '' : databaseUuid(cursor))
      .filter((row) => channels === undefined || channels.includes(String(row.channel)))
      .filter((row) => states === undefined || states.includes(row.is_active === 1 ? 'active' : 'inactive'));
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const { instanceIds } = call.get('key');
    const seen = page.filter((row) => instanceIds === null || instanceIds.includes(String(row.id)));
    return call.json({
      items: seen.map((row) => instanceWire(world, row)),
      meta: { hasMore: rows.length > limit, ...(last ? { cursor: last.id } : {}) },
    });
  });

  api.get('/instances/:id', (call) => {
    requireInstance(call, param(call, 'id'));
    return call.json({ data: instanceWire(world, requireInstanceRow(world, param(call, 'id'))) });
  });

  /** Without a channel plugin the state is unknown (behaviour J2). */
  api.get('/instances/:id/status', (call) => {
    requireInstance(call, param(call, 'id'));
    const row = requireInstanceRow(world, param(call, 'id'));
    return call.json({
      data: {
        instanceId: row.id,
        state: 'unknown',
        isConnected: false,
        connectedAt: null,
        profileName: row.profile_name,
        profilePicUrl: row.profile_pic_url,
        ownerIdentifier: row.owner_identifier,
      },
    });
  });
}
