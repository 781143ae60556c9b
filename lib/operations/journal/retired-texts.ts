/** Sentences (namespace `operations`) that no plan makes any more, and that entries of before hold. */
export const RETIRED_TEXTS = [
  // merges copied access rules
  'merge.step-rule',
  'merge.moves-rules',
  'merge.lost-rule',
  'merge.lost-rule-unwritable',
  'merge.rules-without-effect',
  'merge.rules-expired',
  'merge.checked-rules',
  'merge-undo.step-rule',
  'merge-undo.step-drop-rule',
  'merge-undo.moves-rules',
  'merge-undo.rules-left',
  'merge-undo.rules-without-effect',
  'merge-undo.unseen-rules',
  // nothing of today says the same
  'keys.create.profile',
  'keys.edit.lasts-longer',
  'keys.revoke.reason',
  'keys.revoke.stops-used',
  'keys.revoke.for-good',
  'keys.delete.row',
  'cancel-rotation.moves-restore',
] as const;
