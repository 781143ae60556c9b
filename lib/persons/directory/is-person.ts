import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPerson } from '#lib/omni/resources/persons.ts';
import type { Store } from '#lib/store/database.ts';

/**
 * Whether an id, in lower case, is a person's: an entry of this server's journal is about that person, or Omni has one. False
 * where neither can be read.
 */
export async function isPerson(db: Store, server: string, omni: Omni, id: string): Promise<boolean> {
  const entry = await db
    .selectFrom('operation_subjects')
    .select('entry_id')
    .where('server', '=', server)
    .where('subject', '=', `person:${id}`)
    .limit(1)
    .executeTakeFirst();
  return entry !== undefined || (await getPerson(omni, id)).ok;
}
