import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { createKeyOperation } from '#lib/keys/form/create.ts';
import { bulkKeys } from '#lib/keys/end/bulk.ts';
import { deleteKeyOperation } from '#lib/keys/end/delete.ts';
import { editKeyOperation } from '#lib/keys/form/edit.ts';
import { revokeKeyOperation } from '#lib/keys/end/revoke.ts';
import { Credential } from '#lib/omni/door/credential.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { listOperations } from '#lib/operations/plan/define.ts';
import { preview, type Runner } from '#lib/operations/plan/preview.ts';
import { resume } from '#lib/operations/run/run.ts';
import { undoPreview } from '#lib/operations/receipt/undo.ts';
import { endOf, finish, type Ended } from '#lib/operations/testing/runs.ts';
import type { Store } from '#lib/store/database.ts';

const OPERATIONS = listOperations([
  createKeyOperation,
  editKeyOperation,
  revokeKeyOperation,
  deleteKeyOperation,
  bulkKeys,
]);

/** A runner of the operations on keys, signed in with a key, against any Omni; each entry's calls carry its id. */
export function runnerOfKeys(db: Store, url: string, key: string, scopes: readonly string[] | null): Runner {
  const credential = new Credential({ id: 'demo', name: 'Demo', url }, key);
  return {
    operations: OPERATIONS,
    db,
    omni: (entryId, mayStillSend) => readingFresh(omniAs(credential, { entryId, mayStillSend })),
    session: {
      sid: key,
      server: 'demo',
      actor: `demo/${key.slice(-4)}`,
      keyName: 'a key',
      yourName: 'Ana',
      scopes,
      proved: true,
    },
    wait: (ms) => sleep(ms / 200),
  };
}

/** Previews and runs an operation to its end. Throws with the refusal or the problem when it does not start. */
export async function carryOut(runner: Runner, name: string, input: unknown): Promise<Ended> {
  return finish(runner, await preview(runner, name, input));
}

/** Undoes an entry. */
export async function undoEntry(runner: Runner, entryId: string): Promise<Ended> {
  return finish(runner, await undoPreview(runner, entryId));
}

/** Continues an entry that did not end. */
export async function continueEntry(runner: Runner, entryId: string): Promise<Ended> {
  return endOf(runner, await resume(runner, entryId));
}

/** Why an operation would not run: the key of its refusal, or the code of its problem; null when it would. */
export async function refusalOf(runner: Runner, name: string, input: unknown): Promise<string | null> {
  const seen = await preview(runner, name, input);
  return seen.ok ? (seen.plan.refusal?.key ?? null) : seen.problem.code;
}
