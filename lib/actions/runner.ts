import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
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
import type { Session } from '#lib/session/session.ts';
import { store, type Store } from '#lib/store/database.ts';

/** Told after each run of a session, with a handle that reads fresh. */
export type AfterRun = (run: {
  db: Store;
  omni: Omni;
  session: Session;
  entryId: string;
  operation: string;
}) => Promise<void>;

/** The runner of `lib/operations` for a request: session, key and server. Its handles read without snapshots and carry the entry's id. */
export async function runnerOf(
  { session, credential }: Signed,
  operations: Operations,
  afterRun?: AfterRun,
): Promise<Runner> {
  const [db, ip] = await Promise.all([store(), clientIp()]);
  const { keyName, yourName } = session;
  const runner: Runner = {
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
  if (!afterRun) return runner;
  return { ...runner, ended: (run) => afterRun({ db, omni: runner.omni(run.entryId), session, ...run }) };
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
