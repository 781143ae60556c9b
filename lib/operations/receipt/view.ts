import { linesToday } from '#lib/operations/effects/commands.ts';
import type { Check, CommandLines, Plan, Text, Undo } from '#lib/operations/plan/define.ts';
import { textOf } from '#lib/operations/effects/plan-of.ts';
import type { Value } from '#lib/operations/effects/value.ts';
import {
  canContinue,
  statusOf,
  type Entry,
  type Problem,
  type Status,
  type StepState,
} from '#lib/operations/journal/entry.ts';

/** An entry as the browser gets it: what a person may read, nothing sealed, no snapshot. */
export type EntryView = {
  id: string;
  operation: string;
  title: Text;
  status: Status;
  who: string;
  keyName: string;
  subjects: string[];
  createdAt: number;
  finishedAt: number | null;
  /** `who`: only where a step was done by somebody else than the one who began. */
  steps: {
    id: string;
    title: Text;
    state: StepState;
    problem: Problem | null;
    who: string | null;
    makerUnknown: boolean;
  }[];
  problem: Problem | null;
  /** What was done, in the past tense; empty where the entry tells no effects. */
  changes: Text[];
  /** What was agreed to: for the file of Activity. */
  plan: Pick<Plan, 'moves' | 'losses' | 'unknowns' | 'warnings'>;
  checks: Check[];
  undo: 'possible' | 'done' | { impossible: Text } | null;
  /** What it was done to, where that has a page; null in entries of before. */
  opens: Value | null;
  undoOf: string | null;
  undoneBy: string | null;
  continuable: boolean;
  command: CommandLines;
};

/** Shows an entry as it stood when it was read. */
export function viewOf(entry: Entry): EntryView {
  const { plan, who, receipt, problem, undo } = entry.body;
  return {
    id: entry.id,
    operation: entry.operation,
    title: plan.title,
    status: statusOf(entry),
    who: who.yourName ?? who.keyName,
    keyName: who.keyName,
    subjects: entry.subjects,
    createdAt: entry.createdAt,
    finishedAt: entry.finishedAt,
    steps: entry.steps.map((step, index) => ({
      id: step.id,
      title: plan.steps[index]?.title ?? { key: 'unnamed-step' },
      state: step.state,
      problem: step.problem,
      makerUnknown: step.makerUnknown,
      who: step.who === null || step.who === (who.yourName ?? who.keyName) ? null : step.who,
    })),
    problem: problem ?? null,
    changes: (plan.changes ?? []).map((one) => textOf(one, 'past')),
    plan: { moves: plan.moves, losses: plan.losses, unknowns: plan.unknowns, warnings: plan.warnings },
    checks: receipt?.checks ?? [],
    undo: entry.undoneBy ? 'done' : undoable(undo),
    opens: plan.opens ?? null,
    undoOf: entry.undoOf,
    undoneBy: entry.undoneBy,
    continuable: canContinue(entry),
    command: linesToday(plan.command, plan.steps.length),
  };
}

function undoable(undo: Undo | undefined): EntryView['undo'] {
  if (!undo) return null;
  return 'impossible' in undo ? undo : 'possible';
}
