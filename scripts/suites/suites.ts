import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bin, ROOT, run } from '../servers/processes.ts';

/** `second`: those of `passed` that failed at first. */
export type Counts = { passed: number; failed: number; skipped: number; second?: number };
export type SuiteOutcome = Counts & { name: string; seconds: number };

/** A part of `npm test`: `start` shows its own output and answers with its counts. */
export type Suite = { name: string; start: () => Promise<Counts> };

const REPORTS = join(ROOT, 'test-results');

function freshReport(name: string): string {
  const file = join(REPORTS, `${name}.json`);
  rmSync(file, { force: true });
  return file;
}

function readReport(file: string): Record<string, unknown> {
  if (!existsSync(file)) return {};
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/** A runner that failed without naming a failed test (a crash, no test found) counts as one failure. */
function honest(code: number, counts: Counts): Counts {
  const silent = counts.failed === 0 && (code !== 0 || counts.passed === 0);
  return silent ? { ...counts, failed: 1 } : counts;
}

/** Several commands that pass or fail as a whole, each counted as one. */
export function checks(name: string, commands: readonly (readonly [program: string, ...args: string[]])[]): Suite {
  const start = async (): Promise<Counts> => {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    for (const [program, ...args] of commands) {
      const script = program.endsWith('.ts') ? join(ROOT, program) : bin(program);
      const code = await run(process.execPath, [script, ...args]);
      if (code !== 0) console.log(`✗ ${[program, ...args].join(' ')}`);
      counts[code === 0 ? 'passed' : 'failed'] += 1;
    }
    return counts;
  };
  return { name, start };
}

/** One project of vitest.config.ts. */
export function vitest(name: string, env: Record<string, string>): Suite {
  const start = async (): Promise<Counts> => {
    const file = freshReport(name);
    const args = ['run', '--project', name, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const code = await run(process.execPath, [bin('vitest'), ...args], env);
    const report = readReport(file);
    return honest(code, {
      passed: count(report.numPassedTests),
      failed: count(report.numFailedTests),
      skipped: count(report.numPendingTests) + count(report.numTodoTests),
    });
  };
  return { name, start };
}

/** All of e2e/ in Chromium. */
export function playwright(env: Record<string, string>, args: string[] = []): Suite {
  const start = async (): Promise<Counts> => {
    const file = freshReport('e2e');
    const reporters = { PLAYWRIGHT_JSON_OUTPUT_NAME: file };
    const all = ['test', '--reporter=list,json', ...args];
    const code = await run(process.execPath, [bin('playwright'), ...all], { ...env, ...reporters });
    const stats = readReport(file).stats;
    const numbers: Record<string, unknown> = typeof stats === 'object' && stats !== null ? { ...stats } : {};
    return honest(code, {
      passed: count(numbers.expected) + count(numbers.flaky),
      failed: count(numbers.unexpected),
      skipped: count(numbers.skipped),
      second: count(numbers.flaky),
    });
  };
  return { name: 'e2e', start };
}

/** Runs the suites one after the other and prints each one's time and counts when it ends. */
export async function runSuites(suites: readonly Suite[]): Promise<SuiteOutcome[]> {
  const outcomes: SuiteOutcome[] = [];
  for (const suite of suites) {
    console.log(`\n── ${suite.name} ${'─'.repeat(Math.max(0, 70 - suite.name.length))}`);
    const started = performance.now();
    const counts = await suite.start();
    const outcome = { name: suite.name, ...counts, seconds: (performance.now() - started) / 1000 };
    outcomes.push(outcome);
    console.log(line(outcome));
  }
  return outcomes;
}

function line({ name, passed, failed, skipped, second, seconds }: SuiteOutcome): string {
  const counts = `${passed} passed, ${failed} failed, ${skipped} skipped`;
  const weak = second ? `; ${second} passed only when tried again` : '';
  return `${name.padEnd(10)} ${seconds.toFixed(1).padStart(7)} s   ${counts}${weak}`;
}

/** The table of all suites and, alone on the last line, their sum. */
export function summary(outcomes: readonly SuiteOutcome[]): { text: string; failed: boolean } {
  const sum = (pick: (outcome: SuiteOutcome) => number) =>
    outcomes.reduce((total, outcome) => total + pick(outcome), 0);
  const failed = sum((outcome) => outcome.failed);
  const minutes = sum((outcome) => outcome.seconds) / 60;
  const text = [
    `\n── all suites, ${minutes.toFixed(1)} min ${'─'.repeat(50)}`,
    ...outcomes.map(line),
    '',
    `${sum((outcome) => outcome.passed)} passed, ${failed} failed, ${sum((outcome) => outcome.skipped)} skipped`,
  ];
  return { text: text.join('\n'), failed: failed > 0 };
}
