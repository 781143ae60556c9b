import 'server-only';
import type { DirectoryReader } from '#lib/persons/people-index/directories.ts';
import { readSession, type Signed } from '#lib/session/request/guard.ts';
import { sessionLimits, sessionState } from '#lib/session/session-state.ts';
import { readSessionRow } from '#lib/session/sessions.ts';
import { store } from '#lib/store/database.ts';
import { storeAnswer } from '#lib/store/store-error.ts';

/** Who reads the directory at hand with a request's session. A store that does not answer ends what goes on without a request. */
export function peopleReader({ omni, session: { sid } }: Pick<Signed, 'omni' | 'session'>): DirectoryReader {
  return {
    omni,
    sid,
    isLive: async () => {
      const row = await storeAnswer(store().then((db) => readSessionRow(db, sid)));
      return row.ok && row.value !== null && sessionState(row.value, Date.now(), sessionLimits()) === 'live';
    },
  };
}

/** The same for a page: its own handle leads to the sign-in page, which nothing may do that outlives the request. */
export async function pageReader(): Promise<DirectoryReader | null> {
  const signed = await readSession();
  return 'session' in signed ? peopleReader(signed) : null;
}
