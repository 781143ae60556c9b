/**
 * What one operation of today was called in releases before. Entries are kept as they were written, so these names are read
 * for ever; only today's are written.
 *
 * Paths lead through an entry, `*` stands for every item of a list or record: `input.goes` names the field `goes` of the input.
 * They begin with `input`, `before`, `args` or `result`; `args` and `result` mean any step, `args:attach` and `result:attach` the
 * steps of one kind (its name of today). What customers wrote (metadata, free texts) is never on a path.
 */
export type OldNames = {
  /** The operation's own name before. */
  was?: string;
  /** Kinds of steps: before → today. */
  kinds?: Record<string, string>;
  /** Beginnings of step ids: before → today. Where a chain puts `<number>/` in front of them, that stays. */
  steps?: Record<string, string>;
  /** Paths, of today, to values that are step ids: `args.step`. */
  stepIds?: readonly string[];
  /** Fields, by the path to them as it was: before → the field's name today. */
  fields?: Record<string, string>;
  /** Values at a path with the names of today: before → today. */
  values?: Record<string, Record<string, string>>;
};

/** Codes of problems (namespace `problems`): before → today. */
export const OLD_PROBLEMS: Readonly<Record<string, string>> = {};

/**
 * What else changed of a sentence, by its key today. `values`: names of its values, before → today (of this sentence only). `words`:
 * what a value says (the options of a `select`), by the value's name today.
 */
export const OLD_TEXT_PARTS: Readonly<Record<string, OldTextParts>> = {};
type OldTextParts = { values?: Record<string, string>; words?: Record<string, Record<string, string>> };

/** By the operation's name today. */
export const OLD_NAMES: Readonly<Record<string, OldNames>> = {};

/** Keys of sentences in namespace `operations`: before → today. */
export const OLD_TEXTS: Readonly<Record<string, string>> = {};

/** Names of the values in sentences: before → today. */
export const OLD_TEXT_VALUES: Readonly<Record<string, string>> = {};
