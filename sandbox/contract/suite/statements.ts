import type { Trial } from './trial.ts';

/** One thing that is true of every Omni, and the recorded cases it covers. */
export type Statement = {
  title: string;
  /** Recorded cases; empty where nobody recorded one and the contract's text is all there is. */
  covers: readonly string[];
  /** Needs what only the sandbox has: its clock, its database. */
  sandboxOnly: boolean;
  run(trial: Trial): Promise<void>;
};

const statements: Statement[] = [];

/** States what the recorded cases say; several ids with a space between. */
export function state(ids: string, title: string, run: (trial: Trial) => Promise<void>): void {
  statements.push({ title: `${ids} ${title}`, covers: ids.split(' '), sandboxOnly: false, run });
}

/** As `state`, where the proof takes the sandbox's clock or database. */
export function stateInside(ids: string, title: string, run: (trial: Trial) => Promise<void>): void {
  statements.push({ title: `${ids} ${title}`, covers: ids.split(' '), sandboxOnly: true, run });
}

/** What no recorded case proves: it is read from the contract's text, named by its paragraph. */
export function stateUnproved(paragraph: string, title: string, run: (trial: Trial) => Promise<void>): void {
  statements.push({ title: `unproved (contract ${paragraph}) ${title}`, covers: [], sandboxOnly: false, run });
}

export const allStatements = (): readonly Statement[] => statements;
