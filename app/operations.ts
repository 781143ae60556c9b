import { editPerson } from '#lib/persons/edit.ts';
import { mergePersonsOperation } from '#lib/persons/merge.ts';
import { moveIdentity } from '#lib/persons/move-identity.ts';
import { putBack } from '#lib/persons/put-back.ts';
import { restorePerson } from '#lib/persons/restore.ts';
import { unlinkOperation } from '#lib/persons/unlink.ts';
import { unmergePersons } from '#lib/persons/unmerge.ts';
import { activateRoute } from '#lib/routes/activate.ts';
import { listOperations } from '#lib/operations/define.ts';

/** Every change the console can make, by name. */
export const OPERATIONS = listOperations([
  editPerson,
  restorePerson,
  mergePersonsOperation,
  unmergePersons,
  unlinkOperation,
  putBack,
  moveIdentity,
  activateRoute,
]);
