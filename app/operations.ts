import { cancelRotation } from '#lib/keys/cancel-rotation.ts';
import { mintKey } from '#lib/keys/mint.ts';
import { setExpiry } from '#lib/keys/set-expiry.ts';
import { createKeyOperation } from '#lib/keys/create.ts';
import { deleteKeyOperation } from '#lib/keys/delete.ts';
import { editKeyOperation } from '#lib/keys/edit.ts';
import { revokeKeyOperation } from '#lib/keys/revoke.ts';
import { editPerson } from '#lib/persons/edit.ts';
import { mergePersonsOperation } from '#lib/persons/merge.ts';
import { mergeManyPersons } from '#lib/persons/merge-many.ts';
import { moveIdentity } from '#lib/persons/move-identity.ts';
import { putBack } from '#lib/persons/put-back.ts';
import { restorePerson } from '#lib/persons/restore.ts';
import { unlinkOperation } from '#lib/persons/unlink.ts';
import { unmergePersons } from '#lib/persons/unmerge.ts';
import { activateRoute } from '#lib/routes/activate.ts';
import { deleteOneRoute } from '#lib/routes/delete.ts';
import { manyRoutes } from '#lib/routes/many.ts';
import { recreateRoutes } from '#lib/routes/recreate.ts';
import { createRouteOperation } from '#lib/routes/create.ts';
import { editRoute } from '#lib/routes/edit.ts';
import { withdrawRoute } from '#lib/routes/withdraw.ts';
import { listOperations } from '#lib/operations/define.ts';

/** Every change the console can make, by name. */
export const OPERATIONS = listOperations([
  editPerson,
  restorePerson,
  mergePersonsOperation,
  mergeManyPersons,
  unmergePersons,
  unlinkOperation,
  putBack,
  moveIdentity,
  activateRoute,
  deleteOneRoute,
  manyRoutes,
  recreateRoutes,
  createRouteOperation,
  editRoute,
  withdrawRoute,
  mintKey,
  setExpiry,
  cancelRotation,
  createKeyOperation,
  editKeyOperation,
  revokeKeyOperation,
  deleteKeyOperation,
]);
