import { toPostgresText } from '../../world/clock.ts';
import type { SqlRow } from '../../world/database.ts';
import type { Wire } from '../../world/tables.ts';
import type { World } from '../../world/world.ts';

/**
 * Three sources, one row a person: the person's own fields, then its identities, then its places in chats. A hit by an
 * alias carries the alias as `displayName`. `%` and `_` stay wildcards, a backslash is a character, accents count, case
 * does not, é and É either (contract §3, behaviour B8.1–B8.16). February searched the person's own fields only.
 */
const HITS = `
  SELECT id AS person_id, 0 AS rank, display_name AS alias FROM persons
    WHERE name_folded LIKE ?1 OR primary_email LIKE ?1 OR primary_phone LIKE ?1
  UNION ALL
  SELECT person_id, CASE WHEN username_folded LIKE ?1 THEN 1 ELSE 3 END, platform_username FROM platform_identities
    WHERE person_id IS NOT NULL AND (username_folded LIKE ?1 OR platform_user_id LIKE ?1)
  UNION ALL
  SELECT person_id, CASE WHEN name_folded LIKE ?1 THEN 2 ELSE 4 END, display_name FROM chat_participants
    WHERE person_id IS NOT NULL AND (name_folded LIKE ?1 OR platform_user_id LIKE ?1)`;

/** SQLite takes `alias` from the row that holds the least rank; only the rows that are answered are read whole. */
const CURRENT = `
  WITH hits AS (${HITS}), best AS (SELECT person_id, min(rank) AS rank, alias FROM hits GROUP BY person_id),
  latest AS (
    SELECT person_id, rank, alias, max(
      coalesce((SELECT max(last_seen_at) FROM platform_identities WHERE person_id = best.person_id), 0),
      coalesce((SELECT max(last_seen_at) FROM chat_participants WHERE person_id = best.person_id), 0)
    ) AS activity FROM best ORDER BY activity DESC, person_id LIMIT ?2)
  SELECT persons.*, latest.rank AS hit_rank, latest.alias AS hit_alias
  FROM latest JOIN persons ON persons.id = latest.person_id ORDER BY latest.activity DESC, latest.person_id`;

const FEBRUARY = `
  SELECT *, 0 AS hit_rank, display_name AS hit_alias FROM persons
  WHERE name_folded LIKE ?1 OR primary_email LIKE ?1 OR primary_phone LIKE ?1 LIMIT ?2`;

export function searchPersons(world: World, search: string, limit: number): Wire[] {
  const sql = world.generation === 'feb' ? FEBRUARY : CURRENT;
  return world.store.all(sql, `%${search.toLowerCase()}%`, limit).map(toHit);
}

/** Dates are PostgreSQL's text and `tenantId` is missing (contract §1.8, behaviour B9). */
function toHit(row: SqlRow): Wire {
  return {
    id: row.id,
    displayName: hitName(row),
    primaryPhone: row.primary_phone,
    primaryEmail: row.primary_email,
    avatarUrl: row.avatar_url,
    metadata: row.metadata === null ? null : JSON.parse(String(row.metadata)),
    createdAt: toPostgresText(Number(row.created_at)),
    updatedAt: toPostgresText(Number(row.updated_at)),
  };
}

/** An alias that matched replaces the stored name; a handle that matched only fills a missing one. */
function hitName(row: SqlRow): SqlRow[string] {
  const rank = Number(row.hit_rank);
  if (rank === 0) return row.display_name ?? null;
  if (rank <= 2) return row.hit_alias ?? null;
  return row.display_name ?? row.hit_alias ?? null;
}
