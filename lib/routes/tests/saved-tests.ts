import 'server-only';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Selectable } from 'kysely';
import type { Store } from '#lib/store/database.ts';
import type { Tables } from '#lib/store/tables.ts';
import { openText, sealText } from '#lib/store/seal.ts';

const id = z.uuid().toLowerCase();
const title = z
  .string()
  .trim()
  .max(200, 'too_long')
  .transform((text) => text || null);

/** A new saved test: a question to routing and the agent that is expected to answer. `agentId: null`: nobody is. */
export const newSavedTest = z
  .strictObject({
    instanceId: id,
    chatId: id.nullable(),
    personId: id.nullable(),
    agentId: id.nullable(),
    title: title.nullable().default(null),
  })
  .refine(({ chatId, personId }) => chatId !== null || personId !== null, 'saved_test_needs_target');

/**
 * A change of a saved test; its question can't be changed. A field that is left out is not written: the key may not see the
 * agent that is expected.
 */
export const savedTestChange = z.strictObject({
  id,
  agentId: id.nullable().optional(),
  title: title.nullable().optional(),
});

export type NewSavedTest = z.output<typeof newSavedTest>;
export type SavedTest = NewSavedTest & { id: string; createdAt: number };

const MOST = 500;
const sealContext = (test: string) => `route_probes/title/${test}`;
const sealed = (test: string, text: string | null) => (text === null ? null : sealText(sealContext(test), text));

/** The saved tests of a server, or of some of its instances; oldest first, at most 500. Kept in the table `route_probes`. */
export async function listSavedTests(
  db: Store,
  server: string,
  instanceIds: readonly string[] = [],
): Promise<SavedTest[]> {
  let query = db.selectFrom('route_probes').selectAll().where('server', '=', server);
  if (instanceIds.length > 0) query = query.where('instance_id', 'in', instanceIds);
  const rows = await query.orderBy('created_at').orderBy('id').limit(MOST).execute();
  return rows.map(savedTestOf);
}

/** A row of the table as a saved test. */
export function savedTestOf(row: Selectable<Tables['route_probes']>): SavedTest {
  const text = row.title === null ? null : openText(sealContext(row.id), row.title);
  return {
    id: row.id,
    instanceId: row.instance_id,
    chatId: row.chat_id,
    personId: row.person_id,
    agentId: row.agent_id,
    title: text?.ok ? text.value : null,
    createdAt: row.created_at,
  };
}

/** Stores a saved test and answers its id; null when the server has as many as are listed. */
export async function addSavedTest(
  db: Store,
  where: { server: string; actor: string },
  test: NewSavedTest,
  now: number,
): Promise<string | null> {
  const { count } = await db
    .selectFrom('route_probes')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('server', '=', where.server)
    .executeTakeFirstOrThrow();
  if (Number(count) >= MOST) return null;
  const own = randomUUID();
  await db
    .insertInto('route_probes')
    .values({
      id: own,
      ...where,
      instance_id: test.instanceId,
      chat_id: test.chatId,
      person_id: test.personId,
      agent_id: test.agentId,
      title: sealed(own, test.title),
      created_at: now,
      result: null,
      result_of: null,
      result_at: null,
    })
    .execute();
  return own;
}

/** Changes what a saved test expects, or its name, or both. False where it is gone. */
export async function changeSavedTest(
  db: Store,
  server: string,
  { id: test, agentId, title: text }: z.output<typeof savedTestChange>,
): Promise<boolean> {
  const done = await db
    .updateTable('route_probes')
    .set({
      id: test,
      ...(agentId === undefined ? {} : { agent_id: agentId }),
      ...(text === undefined ? {} : { title: sealed(test, text) }),
    })
    .where('server', '=', server)
    .where('id', '=', test)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Deletes a saved test. False where it was gone already. */
export async function deleteSavedTest(db: Store, server: string, test: string): Promise<boolean> {
  const done = await db
    .deleteFrom('route_probes')
    .where('server', '=', server)
    .where('id', '=', test)
    .executeTakeFirst();
  return done.numDeletedRows === 1n;
}

/** Deletes the saved tests about a person who is to be forgotten; answers how many. */
export async function forgetSavedTestsOf(db: Store, server: string, personId: string): Promise<number> {
  const done = await db
    .deleteFrom('route_probes')
    .where('server', '=', server)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return Number(done.numDeletedRows);
}
