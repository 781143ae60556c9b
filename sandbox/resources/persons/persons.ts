import type { SqlRow } from '../../world/database.ts';
import { databaseTime, databaseUuid, notFound, refuseNul } from '../../wire/http-errors.ts';
import { param, readBody, readQuery } from '../../wire/input.ts';
import { limitUpTo, pageByTime } from '../../wire/pages.ts';
import { presenceOf } from './persons-presence.ts';
import { searchPersons } from './persons-search.ts';
import { registerTimeline } from './persons-timeline.ts';
import { findRow, toWire, updateRow } from '../../world/tables.ts';
import { persons } from '../../wire/wire-rows.ts';
import type { World } from '../../world/world.ts';
import type { Api } from '../../wire/call.ts';
import { nullable, object, optional, record, string } from '../../wire/zod-shapes.ts';

const listQuery = object({
  search: optional(string({ min: 1 })),
  limit: limitUpTo(100, 20),
  cursor: optional(string()),
});

/** Phone: any text, `""` too. Name: not nullable. `metadata` replaces the whole (contract §3, behaviour C5–C16). */
const patchBody = object({
  displayName: optional(string({ max: 255 })),
  primaryPhone: optional(nullable(string({ max: 50 }))),
  primaryEmail: optional(nullable(string({ max: 255, format: 'email' }))),
  avatarUrl: optional(nullable(string({ format: 'url' }))),
  metadata: optional(nullable(record())),
});

/** The row of a person, or Omni's 404; an id that is no UUID is a 500 (behaviour B11, B12). */
function requirePerson(world: World, id: string): SqlRow {
  const row = findRow(world.store, persons, databaseUuid(id));
  if (!row) throw notFound('Person', id);
  return row;
}

export function registerPersons(api: Api, world: World): void {
  const { store, clock } = world;

  api.get('/persons', (call) => {
    const { search, limit, cursor } = readQuery(call, listQuery);
    if (search !== undefined) {
      refuseNul(search);
      return call.json({ items: searchPersons(world, search, limit) });
    }
    const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : databaseTime(cursor);
    const rows = store.all(
      'SELECT * FROM persons WHERE created_at < ? ORDER BY created_at DESC LIMIT ?',
      before,
      limit + 1,
    );
    const { page, meta } = pageByTime(rows, limit, (row) => Number(row.created_at));
    return call.json({ items: page.map((row) => toWire(persons, row)), meta });
  });

  api.get('/persons/:id', (call) => call.json({ data: toWire(persons, requirePerson(world, param(call, 'id'))) }));

  api.patch('/persons/:id', async (call) => {
    const changes = await readBody(call, patchBody);
    const { id } = toWire(persons, requirePerson(world, param(call, 'id')));
    updateRow(store, persons, String(id), { ...changes, updatedAt: clock.now() * 1000 });
    return call.json({ data: toWire(persons, requirePerson(world, String(id))) });
  });

  api.get('/persons/:id/presence', (call) => {
    const person = requirePerson(world, param(call, 'id'));
    return call.json({ data: presenceOf(world, person) });
  });

  registerTimeline(api, world);
}
