import 'server-only';
import { randomUUID } from 'node:crypto';
import { listOperations } from '#lib/operations/plan/define.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { runnerFor } from '#lib/operations/testing/bed.ts';
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

/** Who runs the operations of this room with a key, against any Omni. */
export function runnerOfPersons(db: Store, url: string, key: string, scopes: readonly string[] | null = ['*']): Runner {
  return runnerFor(db, { url, key }, { operations: OPERATIONS, scopes });
}

/** Rows of one person for the sandbox's bulk insert. */
export function personRows(more: Record<string, unknown> = {}, identities: Record<string, unknown>[] = [{}]) {
  const id = randomUUID();
  const own = identities.map((identity) => ({ id: randomUUID(), personId: id, ...identity }));
  return { id, identities: own.map((one) => one.id), person: { id, ...more }, rows: own };
}
