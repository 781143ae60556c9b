import type { Json, Plan, Receipt, Text } from '#lib/operations/plan/define.ts';

/**
 * How an entry stands. `checking`: claimed, the facts are being read again. `running` with a lease that has passed is
 * *interrupted*: its process died. `failed`: a step was refused, nothing is uncertain. `interrupted`: it is not known
 * whether a step happened, or the run died before its end. `unconfirmed`: a write left and may still happen; it is being
 * watched for, and everything is still locked. `differs`: done, and what Omni holds afterwards is not as predicted.
 * `stale`: not run, since the facts had changed or could not be read.
 */
export type StoredStatus =
  | 'checking'
  | 'running'
  | 'unconfirmed'
  | 'done'
  | 'differs'
  | 'failed'
  | 'stopped'
  | 'interrupted'
  | 'stale';

/** Statuses of an entry that somebody holds, as long as its lease does. */
export const HELD: readonly string[] = ['checking', 'running', 'unconfirmed'] satisfies StoredStatus[];
export type Status = StoredStatus;

/** `intended`: about to be sent, or sent and not answered when the process died. */
export type StepState = 'planned' | 'intended' | 'done' | 'failed' | 'unknown';

export type StepRecord = {
  index: number;
  id: string;
  state: StepState;
  actor: string | null;
  /** Who did it, where it is done: the one who continued an entry need not be the one who began it. */
  who: string | null;
  result: Json | undefined;
  problem: Problem | null;
  /** It is as asked, and nobody can prove who made it. */
  makerUnknown: boolean;
  startedAt: number | null;
  finishedAt: number | null;
};

/** The sealed part of a step. */
export type StepOutcome = { result?: Json; problem?: Problem; who?: string; makerUnknown?: true };

/** A sentence of namespace `problems`; `why` adds the operation's own sentence. */
export type Problem = { code: string; values?: Record<string, string | number>; why?: Text };

/** The sealed part of an entry: everything that could hold personal data. */
export type EntryBody = {
  input: Json;
  before: Json;
  plan: Plan;
  who: { keyName: string; yourName: string | null };
  /** The fingerprint of what was agreed to, so that a run that died while checking can be continued. */
  agreed?: string;
  /** Phones and e-mails this is found by, as `contacts.ts` writes them. */
  contacts?: string[];
  receipt?: Receipt;
  problem?: Problem;
  undo?: { operation: string; input: Json } | { impossible: Text };
  /** Why there is nothing here: a person in it was forgotten, or it cannot be opened. */
  gone?: 'forgotten' | 'unreadable';
};

export type Entry = {
  id: string;
  operation: string;
  server: string;
  actor: string;
  status: StoredStatus;
  fence: number;
  /** Its run has not ended and renewed its lease in time, by the store's clock, when the entry was read. */
  alive: boolean;
  stopRequested: boolean;
  undoOf: string | null;
  undoneBy: string | null;
  createdAt: number;
  finishedAt: number | null;
  subjects: string[];
  body: EntryBody;
  steps: StepRecord[];
};

/** The status to show: a run that is no longer alive is interrupted, whatever its row says. */
export function statusOf({ status, alive }: Pick<Entry, 'status' | 'alive'>): Status {
  return HELD.includes(status) && !alive ? 'interrupted' : status;
}

/** Whether somebody may continue the entry: what is unconfirmed is looked at first, and an entry whose steps are all done may still lack its verification. */
export function canContinue(
  entry: Pick<Entry, 'status' | 'alive'> & {
    steps: readonly { state: StepState }[];
    body: Pick<EntryBody, 'gone'>;
    undoneBy?: string | null;
  },
): boolean {
  if (entry.body.gone || entry.undoneBy) return false;
  const status = statusOf(entry);
  if (status === 'interrupted' || status === 'unconfirmed') return true;
  return (status === 'failed' || status === 'stopped') && entry.steps.some(({ state }) => state !== 'done');
}
