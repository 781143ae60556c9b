import type { SqlRow } from '../world/database.ts';
import { databaseUuid, notFound } from '../wire/http-errors.ts';
import { findRow, toWire, type Wire } from '../world/tables.ts';
import { rules } from '../wire/wire-rows.ts';
import type { World } from '../world/world.ts';

/** A rule as Omni answers it; only the newest source has `metadata` and `tenantId`. */
export function ruleWire(world: World, row: SqlRow): Wire {
  const { metadata, tenantId, ...wire } = toWire(rules, row);
  return world.generation === 'newest' ? { ...wire, metadata, tenantId } : wire;
}

/** 404 `AccessRule not found`, or the database's 500 for what is no UUID (behaviour K14, K15). */
export function requireRule(world: World, id: string): SqlRow {
  const row = findRow(world.store, rules, databaseUuid(id));
  if (!row) throw notFound('AccessRule', id);
  return row;
}
