import 'server-only';
import { omniAs } from '#lib/omni/door/request.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import type { Operations } from '#lib/operations/plan/define.ts';
import type { EntryReader } from '#lib/operations/journal/list.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { clientIp, type Signed } from '#lib/session/request/guard.ts';
import { actorsOf } from '#lib/session/actor.ts';
import { shareWrites } from '#lib/session/request/counted-writes.ts';
import { watchKey } from '#lib/session/request/dead-key.ts';
import { readSessionRow } from '#lib/session/sessions.ts';
import { hasFreshProof } from '#lib/session/sign-in/proof.ts';
import { store } from '#lib/store/database.ts';

/** The runner of `lib/operations` for a request: session, key and server. Its handles read without snapshots and carry the entry's id. */
export async function runnerOf({ session, credential }: Signed, operations: Operations): Promise<Runner> {
  const [db, ip] = await Promise.all([store(), clientIp()]);
  const { keyName, yourName } = session;
  return {
    operations,
    db,
    omni: (entryId, mayStillSend) => {
      const omni = omniAs(credential, {
        actor: yourName ?? keyName,
        clientIp: ip,
        sid: session.sid,
        entryId,
        mayStillSend,
      });
      return readingFresh(shareWrites(watchKey(omni, db, session.sid), db));
    },
    session: {
      sid: session.sid,
      ...readerOf({ session, credential }),
      keyName,
      yourName,
      proved: hasFreshProof(session),
    },
    lives: async () => (await readSessionRow(db, session.sid))?.endedAt === null,
  };
}

/** The entries that a session may read in Activity. */
export function readerOf({ session, credential }: Pick<Signed, 'session' | 'credential'>): EntryReader {
  return {
    server: session.server.id,
    actor: session.actor,
    actors: [...actorsOf(credential), ...session.formers],
    scopes: session.scopes,
  };
}
