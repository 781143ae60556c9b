import { ALL_CASES } from './cases.ts';
import type { Statement } from './statements.ts';

export type StatementOutcome = { statement: Statement; result: 'passed' | 'failed' | 'skipped'; why?: string };

export function createReport(name: string) {
  const outcomes: StatementOutcome[] = [];
  const variants = new Map<string, number>();

  return {
    outcomes,
    note: (outcome: StatementOutcome) => outcomes.push(outcome),
    seen: (variant: string) => variants.set(variant, (variants.get(variant) ?? 0) + 1),
    /** What was run, what passed, which variants were seen, what was skipped and why. */
    text(): string {
      const count = (result: StatementOutcome['result']) =>
        outcomes.filter((outcome) => outcome.result === result).length;
      const proven = new Set(
        outcomes.filter(({ result }) => result === 'passed').flatMap(({ statement }) => statement.covers),
      );
      const unproved = outcomes.filter(({ statement }) => statement.covers.length === 0).length;
      const reasons = Object.groupBy(
        outcomes.filter(({ result }) => result === 'skipped'),
        ({ why }) => why ?? '',
      );
      return [
        `Contract of Omni against ${name}`,
        `  statements: ${outcomes.length} run, ${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`,
        `  recorded cases: ${ALL_CASES.filter((id) => proven.has(id)).length} of ${ALL_CASES.length} hold; ${unproved} statements have no recorded case`,
        '  variants seen:',
        ...[...variants].toSorted().map(([variant, times]) => `    ${variant} (${times})`),
        ...Object.entries(reasons).map(([why, list]) => `  skipped ${list?.length ?? 0}: ${why}`),
        '',
      ].join('\n');
    },
  };
}
