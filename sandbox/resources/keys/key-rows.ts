import type { SqlRow } from '../../world/database.ts';
import { ApiError, databaseUuid } from '../../wire/http-errors.ts';
import { findRow } from '../../world/tables.ts';
import { keys } from '../../wire/wire-rows.ts';
import type { World } from '../../world/world.ts';

/** The 404 of a key has no details (behaviour H8). */
export function requireKey(world: World, id: string): SqlRow {
  const row = findRow(world.store, keys, databaseUuid(id));
  if (!row) throw new ApiError(404, 'NOT_FOUND', 'API key not found');
  return row;
}
