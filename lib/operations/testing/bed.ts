import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { Credential } from '#lib/omni/door/credential.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { Operations } from '#lib/operations/plan/define.ts';
import { listOperations } from '#lib/operations/plan/define.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { editPerson } from '#lib/persons/record/edit.ts';
import { mergePersonsOperation } from '#lib/persons/merge/merge.ts';
import { undoMerge } from '#lib/persons/undo/merge-undo.ts';
import { activateRoute } from '#lib/routes/bulk/activate.ts';
import type { Store } from '#lib/store/database.ts';
import { fiveSteps } from './five-steps.ts';

export const WHATSAPP = '11111111-1111-4111-8111-111111111111';

/** Secrets of every process of these tests. */
export const BED_ENV = {
  STORE_KEYS: `1:${'k'.repeat(32)}`,
  SESSION_PASSWORDS: `1:${'p'.repeat(32)}`,
  STORE_FILE: ':memory:',
};

export const BED_OPERATIONS: Operations = listOperations([
  fiveSteps,
  editPerson,
  mergePersonsOperation,
  undoMerge,
  activateRoute,
]);

/** A server as `OMNI_SERVERS` would name it. */
export function credentialFor(url: string, key: string): Credential {
  return new Credential({ id: 'demo', name: 'Demo', url }, key);
}

/** A handle that reads fresh, as a run has it. */
export function omniFor(url: string, key: string, mayStillSend?: () => boolean): Omni {
  return readingFresh(omniAs(credentialFor(url, key), { actor: 'Ana', mayStillSend }));
}

type More = Partial<Runner> & { who?: string; scopes?: readonly string[] | null };

/** A runner for a sandbox, or any Omni. `who` names the person, the session and the actor. */
export function runnerFor(
  db: Store,
  { url, key }: { url: string; key: string },
  { who = 'Ana', scopes = ['*'], ...more }: More = {},
): Runner {
  return {
    operations: BED_OPERATIONS,
    db,
    omni: (entryId, mayStillSend) =>
      readingFresh(omniAs(credentialFor(url, key), { actor: who, entryId, mayStillSend })),
    session: { sid: who, server: 'demo', actor: `demo/${who}`, keyName: `key of ${who}`, yourName: who, scopes },
    wait: (ms) => sleep(ms / 100),
    ...more,
  };
}

/** The input of a plain `persons.merge`. */
export function mergeInput({ duplicate, survivor }: { duplicate: string; survivor: string }): Record<string, unknown> {
  return { duplicate, survivor, reason: '', fields: {}, routes: {} };
}
