import type { SQLInputValue } from 'node:sqlite';
import { ApiError, databaseTime, notFound } from '../wire/http-errors.ts';
import { param, readQuery } from '../wire/input.ts';
import { limitUpTo, pageByTime } from '../wire/pages.ts';
import { isPublished } from '../world/database-errors.ts';
import { toWire } from '../world/tables.ts';
import { chats, participants } from '../wire/wire-rows.ts';
import type { World } from '../world/world.ts';
import type { Api, Call } from '../wire/call.ts';
import * as z from '../wire/zod-shapes.ts';
import type { SqlRow } from '../world/database.ts';

const listQuery = z.object({
  instanceId: z.optional(z.uuid()),
  channel: z.optional(z.string()),
  chatType: z.optional(z.string()),
  excludeChatTypes: z.optional(z.string()),
  search: z.optional(z.string()),
  includeArchived: z.optional(z.coercedBoolean()),
  unreadOnly: z.optional(z.coercedBoolean()),
  pendingOnly: z.optional(z.coercedBoolean()),
  attentionOnly: z.optional(z.coercedBoolean()),
  label: z.optional(z.string()),
  includeHidden: z.optional(z.coercedBoolean()),
  sort: z.fallback(z.oneOf(['activity', 'unread', 'name']), 'activity'),
  limit: limitUpTo(500, 50),
  cursor: z.optional(z.string()),
});

type Query = z.Infer<typeof listQuery>;
type Where = { conditions: string[]; values: SQLInputValue[] };

const ORDERS = {
  activity: 'last_message_at DESC NULLS FIRST',
  unread: 'unread_count DESC, last_message_at DESC NULLS FIRST',
  name: 'name_folded',
} as const;

/** The filters of the query; the cursor compares `last_message_at` whatever the order is (contract §1.6). */
function whereOf(asked: Query): Where {
  const where: Where = { conditions: ['deleted_at IS NULL'], values: [] };
  const add = (condition: string, ...values: SQLInputValue[]) => {
    where.conditions.push(condition);
    where.values.push(...values);
  };
  const among = (column: string, list: string | undefined, negated = '') => {
    if (list === undefined) return;
    const names = list.split(',');
    add(`${column} ${negated} IN (${names.map(() => '?').join(', ')})`, ...names);
  };
  if (asked.instanceId !== undefined) add('instance_id = ?', asked.instanceId.toLowerCase());
  among('channel', asked.channel);
  among('chat_type', asked.chatType);
  among('chat_type', asked.excludeChatTypes, 'NOT');
  if (asked.search) {
    const pattern = `%${asked.search.toLowerCase()}%`;
    const columns = ['name_folded', 'description', 'external_id', 'canonical_id'];
    add(`(${columns.map((column) => `${column} LIKE ?`).join(' OR ')})`, ...columns.map(() => pattern));
  }
  if (!asked.includeArchived) add('archived_at IS NULL');
  if (!asked.includeHidden) add("visibility <> 'hidden'");
  if (asked.unreadOnly) add('unread_count > 0');
  if (asked.label !== undefined) add('EXISTS (SELECT 1 FROM json_each(labels) WHERE value = ?)', asked.label);
  if (asked.cursor !== undefined) add('last_message_at < ?', databaseTime(asked.cursor));
  return where;
}

/** The current source filters the list by the key's instances and answers 400, not 403; the measured server did neither (behaviour I17, I18). */
function restrict(world: World, call: Call, asked: Query, where: Where): void {
  const { instanceIds } = call.get('key');
  if (!isPublished(world.generation) || instanceIds === null) return;
  if (asked.instanceId !== undefined && !instanceIds.includes(asked.instanceId)) {
    const details = { instanceId: asked.instanceId };
    throw new ApiError(400, 'VALIDATION', 'API key does not have access to this instance', { details });
  }
  where.conditions.push(`instance_id IN (${instanceIds.map(() => '?').join(', ')})`);
  where.values.push(...instanceIds);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A UUID, or an external id of the key's active instance (contract §1.5); no instance restriction (behaviour I19). */
function requireChat(world: World, call: Call): SqlRow {
  const id = param(call, 'id');
  const row = UUID.test(id)
    ? world.store.get('SELECT * FROM chats WHERE id = ?', id.toLowerCase())
    : world.store.get(
        `SELECT chats.* FROM chats JOIN api_keys ON api_keys.active_instance_id = chats.instance_id
          WHERE api_keys.id = ? AND chats.external_id = ?`,
        call.get('key').id,
        id,
      );
  if (!row) throw notFound('Chat', id);
  return row;
}

export function registerChats(api: Api, world: World): void {
  const { store } = world;

  /** Chats without a last message come first; a page that ends with one has `hasMore` and no cursor (behaviour J11, J13). */
  api.get('/chats', (call) => {
    const asked = readQuery(call, listQuery);
    const where = whereOf(asked);
    restrict(world, call, asked, where);
    const filter = `FROM chats WHERE ${where.conditions.join(' AND ')}`;
    const sql = `SELECT * ${filter} ORDER BY ${ORDERS[asked.sort]} LIMIT ?`;
    const rows = store.all(sql, ...where.values, asked.limit + 1);
    const { page, meta } = pageByTime(rows, asked.limit, (row) =>
      row.last_message_at === null ? null : Number(row.last_message_at),
    );
    const total = isPublished(world.generation)
      ? { total: store.get(`SELECT count(*) AS n ${filter}`, ...where.values)?.n }
      : {};
    return call.json({ items: page.map((row) => toWire(chats, row)), meta: { ...meta, ...total } });
  });

  api.get('/chats/:id', (call) => call.json({ data: toWire(chats, requireChat(world, call)) }));

  api.get('/chats/:id/participants', (call) => {
    const chat = requireChat(world, call);
    const rows = store.all('SELECT * FROM chat_participants WHERE chat_id = ? ORDER BY rowid', String(chat.id));
    return call.json({ items: rows.map((row) => toWire(participants, row)) });
  });
}
