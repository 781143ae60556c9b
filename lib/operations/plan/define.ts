import type { z } from 'zod';
import type { Effect } from '#lib/operations/effects/effect.ts';
import type { Value } from '#lib/operations/effects/value.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { Result } from '#lib/omni/result.ts';
import type { Store } from '#lib/store/database.ts';

/** What survives a round trip through JSON: all that is journalled. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A value as JSON keeps it: what is undefined falls away, moments become texts. */
export function asJson(value: unknown): Json {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}

/**
 * A sentence by its key (namespace `operations`) and values; texts are made where they are shown, in the reader's language. In a list,
 * `head` marks a heading for those after it. `data`: what a page needs to act on it.
 */
export type Text = {
  key: string;
  values?: Record<string, string | number | Value>;
  head?: true;
  data?: { [name: string]: Json };
};

/** One write, or one check, that the run does in its turn. `id` is unique in its plan; `kind` names the code that does it. */
export type PlannedStep = { id: string; kind: string; title: Text; args: Json };

/**
 * What an operation is going to do. `effects` is what a person agreed to: its hash is the fingerprint, so it holds what
 * matters (ids, values that change) and nothing volatile (last seen, counts, a key's `updatedAt`). Where there are `changes`, the
 * lists of sentences, `typed` and `restores` are functions of them (`effects/plan-of.ts`).
 */
export type Plan = {
  title: Text;
  effects: Json;
  changes?: Effect[];
  /** What undo restores, ids aside: all of it, nothing, or all but what these name. */
  restores?: 'everything' | 'nothing' | { allBut: Text[] };
  steps: PlannedStep[];
  moves: Text[];
  losses: Text[];
  unknowns: Text[];
  /** What nobody can check with this key: it lacks the permission. */
  unchecked?: Text[];
  warnings: Text[];
  /** The sentence that says why this is not done at all. */
  refusal?: Text;
  /** What must be typed before it runs: this text, or the verb in the reader's language. */
  typed?: { text: string } | { word: Verb };
  /** What the page draws beside it, in the shape that the operation's room knows. */
  data?: Json;
  /** What the receipt offers to open: what it was done to, where that has a page of its own. */
  opens?: Value;
  command: Command;
};

/** What is typed to confirm where nothing tells the thing apart: the verb, in the reader's language. */
export type Verb = 'merge' | 'delete' | 'revoke' | 'undo' | 'save';

/**
 * What an operation says of itself: everything else on its page follows from it (`effects/plan-of.ts`). `relies`: every reading that
 * is no value, and what a step's `still` compares; with the effects it is what a person agreed to. `notes`: what is true of Omni and
 * no effect.
 */
export type EffectPlan = {
  title: Text;
  effects: Effect[];
  relies?: unknown;
  steps: PlannedStep[];
  notes?: Text[];
  refusal?: Text;
  verb: Verb;
  data?: unknown;
  opens?: Value;
};

/**
 * What does the same without the console, in order, `omni …` where the command line can, else `curl`. `of`: so many steps there are, and
 * some have no line.
 */
export type CommandLines = { lines: string[]; of?: number };

/** The other forms are those of entries of before, and of operations that do not tell their effects. */
export type Command = CommandLines | { omni: string } | { curl: string; note?: Text } | { none: Text };

/**
 * Whether a step has already happened, as Omni's data show. `yes`: what was asked for is so, and where the step makes something
 * new an id or a mark proves that this run made it. `exists`: it is as asked, and nobody can prove who made it. `stuck`: it can
 * neither have happened nor be done now.
 */
export type Done =
  | { is: 'yes'; result?: Json }
  | { is: 'exists'; result?: Json }
  | { is: 'no' }
  | { is: 'unknown' }
  | { is: 'stuck'; why: Text };

/** All a step may use. `results` are those of the steps before it; `before` are the facts the plan was made from. */
export type StepContext<I = unknown, F = unknown, A = Json> = {
  input: I;
  before: F;
  args: A;
  results: Readonly<Record<string, Json | undefined>>;
  omni: Omni;
  /** What the key of whoever runs this may do; null where that is not known. */
  scopes: readonly string[] | null;
  /** `[console <entry>]`, put where Omni has no unique key, so that what was made can be recognised. */
  mark: string;
  /**
   * Gives the caller of an inline run what is shown once (a new key), and records that it leaves, for `subject` (`key:<id>`, called
   * `label`). The text itself is never journalled.
   */
  deliver(secret: Json, of: { subject: string; label: string }): Promise<void>;
};

/** What an undo is made from: `results` has the steps that happened. */
export type UndoContext<I, F> = { input: I; before: F; results: Readonly<Record<string, Json | undefined>> };

/**
 * One line of the receipt: what was checked afterwards. `held` is null where it could not be read. `subject`: what somebody should
 * look after (`key:<id>`), with a link to it.
 */
export type Check = { text: Text; held: boolean | null; subject?: string };

/** The operation that undoes an entry with its input, or the sentence that says why none can. */
export type Undo = { operation: string; input: Json } | { impossible: Text };

/** What a run ends with, kept in the journal. */
export type Receipt = { checks: Check[] };

export type Step<I = unknown, F = unknown, A = Json> = {
  /**
   * Omni makes another thing each time it gets this write. While an unanswered one may still happen (15 minutes), it is not sent
   * again. Left out where a second one changes nothing or is refused: patches, deletes, merges, links, routes (one for a target).
   */
  creates?: true;
  /**
   * One row of many: what Omni refuses for it ends only this step. The run goes on with the others and ends as `failed`, to
   * be continued with what was refused. The step waits until the key's budget has room.
   */
  independent?: true;
  /**
   * Why this must not be sent any more: somebody changed what it relies on since the plan was made. Null: it may be sent.
   * Called right before the write wherever time has passed since `read`: after other steps, and when a run is continued.
   */
  still?(context: StepContext<I, F, A>): Promise<Result<Text | null, OmniError>>;
  run(context: StepContext<I, F, A>): Promise<Result<Json | undefined, OmniError>>;
  done(context: StepContext<I, F, A>): Promise<Done>;
  /** The line that does the same. Null: no line can. Empty: it is the console's own business. */
  command?(at: CommandContext<I, F, A>): string | null;
  /** Where its answer has the id that it created, for `jq`; `.data.id` where nothing is said. */
  createdAt?: string;
};

/** What a line is made from. `created` stands for the id that an earlier step's line will answer. */
export type CommandContext<I = unknown, F = unknown, A = Json> = {
  input: I;
  before: F;
  args: A;
  created(stepId: string): string;
};

/** A step whose arguments have a schema: planned with them, and given them parsed. */
export type TypedStep<I, F, A> = Step<I, F> & { planned(id: string, title: Text, args: A): PlannedStep };

/** Defines a step of a kind. What its entry holds is parsed each time, so that code and journal can't disagree unseen. */
export function step<I, F, A>({
  kind,
  args: schema,
  still,
  run,
  done,
  command,
  ...flags
}: Step<I, F, A> & { kind: string; args: z.ZodType<A> }): TypedStep<I, F, A> {
  const typed = (context: StepContext<I, F>) => ({ ...context, args: schema.parse(context.args) });
  return {
    ...flags,
    ...(still ? { still: (context) => still(typed(context)) } : {}),
    run: (context) => run(typed(context)),
    done: (context) => done(typed(context)),
    ...(command ? { command: (at) => command({ ...at, args: schema.parse(at.args) }) } : {}),
    planned: (id, title, args) => ({ id, kind, title, args: asJson(args) }),
  };
}

/** A step of one operation as a step of another whose contexts are turned into the first one's. */
export function translated<I, F, J = unknown, G = unknown>(
  { creates, createdAt, independent, still, run, done, command }: Step<I, F>,
  translate: (context: StepContext<J, G>) => StepContext<I, F>,
  forCommand: (at: CommandContext<J, G>) => CommandContext<I, F>,
): Step<J, G> {
  return {
    ...(creates ? { creates } : {}),
    ...(createdAt ? { createdAt } : {}),
    ...(command ? { command: (at) => command(forCommand(at)) } : {}),
    ...(independent ? { independent } : {}),
    ...(still ? { still: (context) => still(translate(context)) } : {}),
    run: (context) => run(translate(context)),
    done: (context) => done(translate(context)),
  };
}

/** Who reads the journal; `actors` are all names the key has there, `actor` when absent. */
type JournalReader = { server: string; actor: string; actors?: readonly string[]; scopes: readonly string[] | null };

export type Operation<I = unknown, F = unknown> = {
  name: string;
  /** All of these are needed; the first one missing is named. */
  scopes: readonly string[];
  /** `inline`: the action waits for the end, since it must answer with a secret or set a cookie. */
  mode?: 'inline';
  /** Who runs it must have typed the session's key within the last 15 minutes: for what grants or removes permissions. */
  proof?: true;
  input: z.ZodType<I>;
  /** Ids a run locks, as `person:<uuid>`, `route:<uuid>`, `key:<uuid>`. */
  subjects(input: I): string[];
  /** More of them, known only from the facts: locked before the first step, for as long as the run. */
  subjectsOf?(input: I, facts: F): string[];
  /** Phones and e-mails, however written, that the entry is found by in Activity. */
  contacts?(input: I, facts: F): (string | null | undefined)[];
  /**
   * The facts: everything the plan depends on, read fresh. Must also answer in the middle of a run, when half of it is gone. `db`: for
   * what the console itself keeps.
   */
  read(input: I, omni: Omni, scopes: readonly string[] | null, db: Store): Promise<Result<F, OmniError>>;
  plan(input: I, facts: F): Plan | EffectPlan;
  steps: Record<string, Step<I, F>>;
  /** What Omni holds afterwards, against what was predicted. */
  verify(context: Omit<StepContext<I, F>, 'args'>): Promise<Check[]>;
  undo(context: UndoContext<I, F>): Undo;
  /** For an undo: its input with the ids of today, where another undo gave a thing a new one since. */
  today?(input: I, db: Store, reader: JournalReader): Promise<I>;
  /** What undoes a run that did not reach its end; null when what it did needs no undo, or none is known. */
  undoPartly?(context: UndoContext<I, F>): Undo | null;
};

/** An operation as its room defines it, to be put in one list with all others (`app/operations.ts`). */
export function defineOperation<I, F>(operation: Operation<I, F>): Operation {
  return operation;
}

/** The operations a console knows, by name. */
export type Operations = ReadonlyMap<string, Operation>;

/** Puts operations in a list by name; two of one name are a bug. */
export function listOperations(all: readonly Operation[]): Operations {
  const byName = new Map(all.map((operation) => [operation.name, operation]));
  if (byName.size !== all.length) throw new Error('two operations have one name');
  return byName;
}
