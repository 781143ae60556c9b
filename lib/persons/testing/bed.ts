import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Credential } from '#lib/omni/door/credential.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { listOperations } from '#lib/operations/plan/define.ts';
import type { Entry } from '#lib/operations/journal/entry.ts';
import { readEntry } from '#lib/operations/journal/journal.ts';
import { preview, type Runner } from '#lib/operations/plan/preview.ts';
import { start } from '#lib/operations/run/run.ts';
import { undoPreview } from '#lib/operations/receipt/undo.ts';
import { editPerson } from '#lib/persons/record/edit.ts';
import { mergePersonsOperation } from '#lib/persons/merge/merge.ts';
import { mergeManyPersons } from '#lib/persons/many/merge-many.ts';
import { linkOperation } from '#lib/persons/identities/link.ts';
import { undoUnlink } from '#lib/persons/identities/unlink-undo.ts';
import { unlinkOperation } from '#lib/persons/identities/unlink.ts';
import { createRule } from '#lib/access/change/create.ts';
import { deleteRule } from '#lib/access/change/delete.ts';
import { editRule } from '#lib/access/change/edit.ts';
import { blockPerson } from '#lib/persons/block/block.ts';
import { undoBlock } from '#lib/persons/block/block-undo.ts';
import { unblockPerson } from '#lib/persons/block/unblock.ts';
import { undoMergeMany } from '#lib/persons/undo/merge-many-undo.ts';
import { undoMerge } from '#lib/persons/undo/merge-undo.ts';
import type { Store } from '#lib/store/database.ts';

const OPERATIONS = listOperations([
  editPerson,
  mergePersonsOperation,
  mergeManyPersons,
  undoMerge,
  undoMergeMany,
  unlinkOperation,
  undoUnlink,
  linkOperation,
  blockPerson,
  undoBlock,
  unblockPerson,
  createRule,
  editRule,
  deleteRule,
]);

/** Omni for reads that skip every cache, as a run has it. */
export function omniFor(url: string, key: string, mayStillSend?: () => boolean): Omni {
  return readingFresh(omniAs(new Credential({ id: 'demo', name: 'Demo', url }, key), { actor: 'Ana', mayStillSend }));
}

/** Who runs the operations of this room with a key, against any Omni. */
export function runnerOfPersons(db: Store, url: string, key: string, scopes: readonly string[] | null = ['*']): Runner {
  return {
    operations: OPERATIONS,
    db,
    omni: (_, mayStillSend) => omniFor(url, key, mayStillSend),
    session: { sid: 'ana', server: 'demo', actor: 'demo/ana', keyName: 'a key', yourName: 'Ana', scopes },
    lease: { holdMs: 15_000, beatMs: 4000 },
    wait: (ms) => sleep(ms / 200),
  };
}

/** Previews and runs an operation to its end. Throws with the refusal or the problem when it does not start. */
export async function carryOut(runner: Runner, name: string, input: unknown): Promise<Entry> {
  return finishOf(runner, await preview(runner, name, input));
}

/** Undoes an entry. */
export async function undoEntry(runner: Runner, entryId: string): Promise<Entry> {
  return finishOf(runner, await undoPreview(runner, entryId));
}

async function finishOf(runner: Runner, seen: Awaited<ReturnType<typeof preview>>): Promise<Entry> {
  if (!seen.ok) throw new Error(`no preview: ${JSON.stringify(seen.problem)}`);
  if (seen.plan.refusal) throw new Error(`refused: ${JSON.stringify(seen.plan.refusal)}`);
  const started = await start(runner, seen.token);
  if (started.is !== 'started') throw new Error(`not started: ${JSON.stringify(started)}`);
  await started.job;
  const entry = await readEntry(runner.db, started.entryId);
  if (!entry) throw new Error('the entry is gone');
  return entry;
}

/** Rows of one person for the sandbox's bulk insert. */
export function personRows(more: Record<string, unknown> = {}, identities: Record<string, unknown>[] = [{}]) {
  const id = randomUUID();
  const own = identities.map((identity) => ({ id: randomUUID(), personId: id, ...identity }));
  return { id, identities: own.map((one) => one.id), person: { id, ...more }, rows: own };
}
