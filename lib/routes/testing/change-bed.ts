import 'server-only';
import { readingFresh } from '#lib/omni/cache/read.ts';
import type { Omni, OmniCall } from '#lib/omni/door/omni.ts';
import { listOperations } from '#lib/operations/plan/define.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { omniFor, runnerFor } from '#lib/operations/testing/bed.ts';
import type { Store } from '#lib/store/database.ts';
import { createRouteOperation } from '#lib/routes/editor/create.ts';
import { editRoute } from '#lib/routes/editor/edit.ts';
import { undoRouteCreate } from '#lib/routes/editor/create-undo.ts';

const OPERATIONS = listOperations([createRouteOperation, editRoute, undoRouteCreate]);

/** A write as it was sent to Omni. */
export type SentWrite = { method: string; path: string; body: unknown };

/** A handle that reads fresh, as a run has it, and adds each write to `sent`. */
export function handleFor(url: string, key: string, sent: SentWrite[] = [], mayStillSend?: () => boolean): Omni {
  const omni = omniFor(url, key, mayStillSend);
  const recording = {
    ...omni,
    request: <T>(call: OmniCall<T>) => {
      if (call.method !== 'GET') sent.push({ method: call.method, path: call.path, body: call.body });
      return omni.request(call);
    },
  };
  return readingFresh(recording);
}

/** Who changes routes with a key, against any Omni; `sent` gets every write. */
export function runnerOfRoutes(db: Store, at: { url: string; key: string }, sent: SentWrite[] = []): Runner {
  return runnerFor(db, at, {
    operations: OPERATIONS,
    omni: (_, mayStillSend) => handleFor(at.url, at.key, sent, mayStillSend),
  });
}
