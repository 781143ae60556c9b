import { notFound } from '../../wire/http-errors.ts';
import { readBody } from '../../wire/input.ts';
import { findRow, refusing, toWire } from '../../world/tables.ts';
import { identities, persons } from '../../wire/wire-rows.ts';
import type { World } from '../../world/world.ts';
import type { Api, Call } from '../../wire/call.ts';
import { object, optional, string, uuid } from '../../wire/zod-shapes.ts';

const mergeBody = object({ sourcePersonId: uuid(), targetPersonId: uuid(), reason: optional(string()) });

/**
 * Omni's four steps, each on its own: no transaction holds them, other requests get in between (contract §3.1, behaviour
 * E12). Nobody compares source and target: of a self-merge nothing is left but a 404 (behaviour E10). The database
 * cascades: user routes and access rules of the source go, its messages and events lose their person.
 */
export function registerMerge(api: Api, world: World): void {
  const { store } = world;

  api.post('/persons/merge', async (call) => {
    const { sourcePersonId: source, targetPersonId: target, reason } = await readBody(call, mergeBody);
    const moved = store.all<{ id: string }>(
      'SELECT id FROM platform_identities WHERE person_id = ? ORDER BY rowid',
      source.toLowerCase(),
    );
    await world.checkpoint(call, 'merge:loaded');
    if (moved.length === 0) throw notFound('Person', source);
    await moveIdentities(world, call, { source, target, reason: reason ?? 'Person merge' });
    const row = findRow(store, persons, target.toLowerCase());
    if (!row) throw notFound('Person', target);
    const mergedIdentityIds = moved.map(({ id }) => id);
    return call.json({ data: { person: toWire(persons, row), mergedIdentityIds, deletedPersonId: source } });
  });
}

/** Repoints all identities of one person and deletes that person; link does it too, without a reason (behaviour D1). */
export async function moveIdentities(
  world: World,
  call: Call,
  move: { source: string; target: string; reason: string | null },
): Promise<void> {
  const { store, clock } = world;
  const [source, target] = [move.source.toLowerCase(), move.target.toLowerCase()];
  refusing(identities, {}, () =>
    store.run(
      `UPDATE platform_identities SET person_id = ?, linked_by = 'manual', link_reason = coalesce(?, link_reason),
        updated_at = ? WHERE person_id = ?`,
      target,
      move.reason,
      clock.now() * 1000,
      source,
    ),
  );
  await world.checkpoint(call, 'merge:moved');
  store.run('DELETE FROM persons WHERE id = ?', source);
  await world.checkpoint(call, 'merge:deleted');
}
