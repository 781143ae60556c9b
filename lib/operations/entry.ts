import type { Json, Plan, Receipt, Text } from './define.ts';

/**
 * How an entry stands. `checking`: claimed, the world is being looked at again. `running` with a lease that has passed is
 * *interrupted*: its process died. `failed`: a step was refused, nothing is uncertain. `interrupted`: it is not known
 * whether a step happened. `differs`: done, and the world afterwards is not as predicted.
 */
export type StoredStatus = 'checking' | 'running' | 'done' | 'differs' | 'failed' | 'stopped' | 'interrupted' | 'stale';
export type Status = Exclude<StoredStatus, 'checking'> | 'checking';

/** `intended`: about to be sent, or sent and not answered when the process died. */
export type StepState = 'planned' | 'intended' | 'done' | 'failed' | 'unknown';

export type StepRecord = {
  index: number;
  id: string;
  state: StepState;
  actor: string | null;
  result: Json | undefined;
  problem: Problem | null;
  finishedAt: number | null;
};

/** A sentence of namespace `problems`. */
export type Problem = { code: string; values?: Record<string, string | number> };

/** The sealed part of an entry: everything that could hold personal data. */
export type EntryBody = {
  input: Json;
  before: Json;
  plan: Plan;
  who: { keyName: string; yourName: string | null };
  receipt?: Receipt;
  problem?: Problem;
  undo?: { operation: string; input: Json } | { impossible: Text };
};

export type Entry = {
  id: string;
  operation: string;
  server: string;
  actor: string;
  status: StoredStatus;
  fence: number;
  leaseUntil: number;
  stopRequested: boolean;
  undoOf: string | null;
  undoneBy: string | null;
  createdAt: number;
  finishedAt: number | null;
  subjects: string[];
  body: EntryBody;
  steps: StepRecord[];
};

/** What people are told: a run whose lease has passed is interrupted, whatever its row says. */
export function statusOf(entry: Pick<Entry, 'status' | 'leaseUntil'>, now: number): Status {
  return (entry.status === 'running' || entry.status === 'checking') && entry.leaseUntil < now
    ? 'interrupted'
    : entry.status;
}

/** Whether somebody may pick the entry up where it ended. */
export function canContinue(
  entry: Pick<Entry, 'status' | 'leaseUntil'> & { steps: readonly { state: StepState }[] },
  now: number,
): boolean {
  const status = statusOf(entry, now);
  return (
    (status === 'interrupted' || status === 'failed' || status === 'stopped') &&
    entry.steps.some(({ state }) => state !== 'done')
  );
}
