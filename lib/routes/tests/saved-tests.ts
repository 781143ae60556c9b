import 'server-only';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Store } from '#lib/store/database.ts';
import { openText, sealText } from '#lib/store/seal.ts';

const id = z.uuid().toLowerCase();
const title = z
  .string()
  .trim()
  .max(200, 'too_long')
  .transform((text) => text || null);

/** A question to keep. `agentId: null`: nobody is expected to answer. */
export const newProbe = z
  .strictObject({
    instanceId: id,
    chatId: id.nullable(),
    personId: id.nullable(),
    agentId: id.nullable(),
    title: title.nullable().default(null),
  })
  .refine(({ chatId, personId }) => chatId !== null || personId !== null, 'probe_needs_target');

/** What of a probe can be changed: its question cannot. What is left out stays: an agent may be expected that cannot be seen. */
export const probeChange = z.strictObject({
  id,
  agentId: id.nullable().optional(),
  title: title.nullable().optional(),
});

export type NewProbe = z.output<typeof newProbe>;
export type Probe = NewProbe & { id: string; createdAt: number };

const MOST = 500;
const place = (probe: string) => `route_probes/title/${probe}`;
const sealed = (probe: string, text: string | null) => (text === null ? null : sealText(place(probe), text));

/** The probes of a server, or of some of its instances; oldest first, at most 500. */
export async function listProbes(db: Store, server: string, instanceIds: readonly string[] = []): Promise<Probe[]> {
  let query = db.selectFrom('route_probes').selectAll().where('server', '=', server);
  if (instanceIds.length > 0) query = query.where('instance_id', 'in', instanceIds);
  const rows = await query.orderBy('created_at').orderBy('id').limit(MOST).execute();
  return rows.map((row) => {
    const text = row.title === null ? null : openText(place(row.id), row.title);
    return {
      id: row.id,
      instanceId: row.instance_id,
      chatId: row.chat_id,
      personId: row.person_id,
      agentId: row.agent_id,
      title: text?.ok ? text.value : null,
      createdAt: row.created_at,
    };
  });
}

/** Keeps a probe and answers its id; null when the server has as many as are listed. */
export async function saveProbe(
  db: Store,
  where: { server: string; actor: string },
  probe: NewProbe,
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
      instance_id: probe.instanceId,
      chat_id: probe.chatId,
      person_id: probe.personId,
      agent_id: probe.agentId,
      title: sealed(own, probe.title),
      created_at: now,
    })
    .execute();
  return own;
}

/** Changes what a probe expects, or is called, or both. False where it is gone. */
export async function changeProbe(
  db: Store,
  server: string,
  { id: probe, agentId, title: text }: z.output<typeof probeChange>,
): Promise<boolean> {
  const done = await db
    .updateTable('route_probes')
    .set({
      id: probe,
      ...(agentId === undefined ? {} : { agent_id: agentId }),
      ...(text === undefined ? {} : { title: sealed(probe, text) }),
    })
    .where('server', '=', server)
    .where('id', '=', probe)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Deletes a probe. False where it was gone already. */
export async function deleteProbe(db: Store, server: string, probe: string): Promise<boolean> {
  const done = await db
    .deleteFrom('route_probes')
    .where('server', '=', server)
    .where('id', '=', probe)
    .executeTakeFirst();
  return done.numDeletedRows === 1n;
}

/** Deletes the probes that ask about a person who is to be forgotten; answers how many. */
export async function forgetProbesOf(db: Store, server: string, personId: string): Promise<number> {
  const done = await db
    .deleteFrom('route_probes')
    .where('server', '=', server)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return Number(done.numDeletedRows);
}
