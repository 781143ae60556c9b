import type { AfterRun } from '#lib/actions/runner.ts';
import { cancelRotation } from '#lib/keys/rotate/cancel-rotation.ts';
import { createForRotation } from '#lib/keys/rotate/create-for-rotation.ts';
import { setExpiry } from '#lib/keys/end/set-expiry.ts';
import { bulkKeys } from '#lib/keys/end/bulk.ts';
import { createKeyOperation } from '#lib/keys/form/create.ts';
import { deleteKeyOperation } from '#lib/keys/end/delete.ts';
import { editKeyOperation } from '#lib/keys/form/edit.ts';
import { revokeKeyOperation } from '#lib/keys/end/revoke.ts';
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
import { activateRoute } from '#lib/routes/bulk/activate.ts';
import { deleteOneRoute } from '#lib/routes/bulk/delete.ts';
import { bulkRoutes } from '#lib/routes/bulk/bulk.ts';
import { bulkEditRoutes } from '#lib/routes/bulk/bulk-edit.ts';
import { undoRouteDeletes } from '#lib/routes/bulk/delete-undo.ts';
import { createRouteOperation } from '#lib/routes/editor/create.ts';
import { editRoute } from '#lib/routes/editor/edit.ts';
import { undoRouteCreate } from '#lib/routes/editor/create-undo.ts';
import { runTestsAfter } from '#lib/routes/tests/run-after.ts';
import { listOperations } from '#lib/operations/plan/define.ts';

/** Every change the console can make, by name. */
export const OPERATIONS = listOperations([
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
  activateRoute,
  deleteOneRoute,
  bulkRoutes,
  bulkEditRoutes,
  undoRouteDeletes,
  createRouteOperation,
  editRoute,
  undoRouteCreate,
  createForRotation,
  setExpiry,
  cancelRotation,
  createKeyOperation,
  editKeyOperation,
  revokeKeyOperation,
  deleteKeyOperation,
  bulkKeys,
]);

/** What the console does after each run: the saved tests that the change touches are run again. */
export const AFTER_RUN: AfterRun = ({ db, omni, session, entryId, operation }) =>
  runTestsAfter(omni, session, { db, server: session.server.id, entryId, operation });
