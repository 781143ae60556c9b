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
};

/** By the operation's name today. */
export const OLD_NAMES: Readonly<Record<string, OldNames>> = {};

/** Keys of sentences in namespace `operations`: before → today. */
export const OLD_TEXTS: Readonly<Record<string, string>> = {};

/** Names of the values in sentences: before → today. */
export const OLD_TEXT_VALUES: Readonly<Record<string, string>> = {};
