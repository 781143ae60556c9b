/**
 * What one operation of today was called in releases before. Entries are kept as they were written, so these names are read
 * for ever; only today's are written. Paths lead through an entry, `*` stands for every item of a list or record: `input.goes`
 * names the field `goes` of the input, and what customers wrote (metadata, say) is never on a path.
 */
export type OldNames = {
  /** The operation's own name before. */
  was?: string;
  /** Kinds of steps: before → today. */
  kinds?: Record<string, string>;
  /** Beginnings of step ids: before → today. */
  steps?: Record<string, string>;
  /** Fields, by the path to them as it was: `input.…`, `before.…`, `args.…` (of any step), `result.…` (of any step). */
  fields?: Record<string, string>;
  /** Values at a path with the names of today: before → today. */
  values?: Record<string, Record<string, string>>;
  /** Paths, with the names of today, to values that are ids of steps: they follow `steps`. */
  stepIds?: readonly string[];
};

/** By the operation's name today. */
export const OLD_NAMES: Readonly<Record<string, OldNames>> = {
  // persons
  'persons.edit-undo': { was: 'persons.restore' },
  'persons.link': { was: 'persons.move-identity' },
  'persons.unlink-undo': {
    was: 'persons.put-back',
    fields: {
      'before.goes': 'duplicate',
      'before.stays': 'survivor',
      'args.goes': 'duplicate',
      'args.stays': 'survivor',
    },
  },
  'persons.merge': {
    fields: {
      'input.goes': 'duplicate',
      'input.stays': 'survivor',
      'before.goes': 'duplicate',
      'before.stays': 'survivor',
      'args.goes': 'duplicate',
      'args.stays': 'survivor',
    },
    values: { 'input.fields.*': { goes: 'duplicate', stays: 'survivor' } },
  },
  'persons.merge-many': {
    fields: {
      'input.goes': 'duplicates',
      'input.stays': 'survivor',
      'before.goes': 'duplicates',
      'before.shared.stays': 'survivor',
      'args.args.goes': 'duplicate',
      'args.args.stays': 'survivor',
    },
  },
  'persons.merge-undo': {
    was: 'persons.unmerge',
    steps: { 'first:': 'new-person:' },
    fields: {
      'input.stays': 'survivor',
      'input.people.*.rules.*.made': 'created',
      'input.people.*.routes.*.made': 'created',
      'before.stays': 'survivor',
      'args.first': 'personStep',
    },
    stepIds: ['args.step', 'args.toStep', 'args.personStep'],
  },
};

/** Keys of sentences in namespace `operations`: before → today. */
export const OLD_TEXTS: Readonly<Record<string, string>> = {
  // persons
  'edit.restore-title': 'edit-undo.title',
  'edit.back-already': 'edit-undo.already',
  'many.title': 'merge-many.title',
  'many.title-unknown': 'merge-many.title-unknown',
  'many.title-refused': 'merge-many.title-refused',
  'many.of': 'merge-many.of',
  'many.checked-gone': 'merge-many.checked-gone',
};

/** Beginnings of such keys, up to the first dot, that no key of today has: before → today. */
export const OLD_TEXT_BEGINNINGS: Readonly<Record<string, string>> = {
  // persons
  unmerge: 'merge-undo',
  'put-back': 'unlink-undo',
  move: 'link',
};

/** Names of the values in sentences: before → today. */
export const OLD_TEXT_VALUES: Readonly<Record<string, string>> = {
  // persons
  goes: 'duplicate',
  stays: 'survivor',
};
