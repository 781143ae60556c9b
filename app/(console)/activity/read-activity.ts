import 'server-only';
import { OPERATIONS } from '#app/operations.ts';
import { readerOf } from '#lib/actions/runner.ts';
import type { LinesFilter, Sources } from '#lib/activity/lines.ts';
import type { RecordReader } from '#lib/activity/omni-record.ts';
import { actorHeader } from '#lib/omni/door/headers.ts';
import { listActors } from '#lib/operations/journal/list.ts';
import type { Signed } from '#lib/session/request/guard.ts';
import { store } from '#lib/store/database.ts';
import { filterOf, type ActivityParams } from './search-params.ts';

/** Whose Omni's record is read as. */
export function recordReaderOf({ session }: Pick<Signed, 'session'>): RecordReader {
  return { scopes: session.scopes, audit: session.capabilities.audit };
}

/** Where the changes that a session may see are read from. */
export async function sourcesOf(signed: Signed): Promise<Sources> {
  return { db: await store(), reader: readerOf(signed), omni: signed.omni, record: recordReaderOf(signed) };
}

/** What a page or a file of Activity reads: its sources, its filter, and everybody who stands in the console's entries. */
export async function askedOf(signed: Signed, params: ActivityParams, timeZone: string) {
  const sources = await sourcesOf(signed);
  const actors = await listActors(sources.db, sources.reader);
  const name = actors.find(({ actor }) => actor === params.who)?.who;
  const called = params.who === 'mine' ? signed.session.keyName : name === undefined ? null : actorHeader(name);
  const filter: LinesFilter = filterOf(params, { timeZone, operations: [...OPERATIONS.keys()], called });
  return { sources, actors, filter };
}
