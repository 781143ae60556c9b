import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bin, ROOT, run } from '../servers/processes.ts';

/** `second`: those of `passed` that failed at first. */
export type Counts = { passed: number; failed: number; skipped: number; second?: number };
export type SuiteOutcome = Counts & { name: string; seconds: number };

/**
 * A part of `npm test`: `start` shows its own output and answers with its counts, also when `deadline` ends it early. `running`
 * says what it is at, where its own output would not.
 */
export type Suite = { name: string; start: (deadline: AbortSignal) => Promise<Counts>; running?: () => string[] };

const REPORTS = join(ROOT, 'test-results');

/** Where a run leaves its report; vitest does not make the folder itself, and a clean clone has none. */
function freshReport(name: string): string {
  mkdirSync(REPORTS, { recursive: true });
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
  let current = '';
  const start = async (deadline: AbortSignal): Promise<Counts> => {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    for (const [program, ...args] of commands) {
      current = [program, ...args].join(' ');
      const script = program.endsWith('.ts') ? join(ROOT, program) : bin(program);
      const code = await run(process.execPath, [script, ...args], {}, deadline);
      if (code !== 0) console.log(`✗ ${current}`);
      counts[code === 0 ? 'passed' : 'failed'] += 1;
    }
    return counts;
  };
  return { name, start, running: () => [current] };
}

/** One project of vitest.config.ts. */
export function vitest(name: string, env: Record<string, string>): Suite {
  const running = join(REPORTS, `${name}.running`);
  const start = async (deadline: AbortSignal): Promise<Counts> => {
    const file = freshReport(name);
    rmSync(running, { force: true });
    const reports = { TEST_REPORT: file, TEST_RUNNING: running };
    const args = [bin('vitest'), 'run', '--project', name];
    const code = await run(process.execPath, args, { ...env, ...reports }, deadline);
    const report = readReport(file);
    return honest(code, {
      passed: count(report.numPassedTests),
      failed: count(report.numFailedTests),
      skipped: count(report.numPendingTests) + count(report.numTodoTests),
    });
  };
  const runningFiles = () => (existsSync(running) ? readFileSync(running, 'utf8').split('\n').filter(Boolean) : []);
  return { name, start, running: runningFiles };
}

/** All of e2e/ in Chromium. Interrupted, Playwright itself lists what was running. */
export function playwright(env: Record<string, string>, args: string[] = []): Suite {
  const start = async (deadline: AbortSignal): Promise<Counts> => {
    const file = freshReport('e2e');
    const reporters = { PLAYWRIGHT_JSON_OUTPUT_NAME: file };
    const all = ['test', '--reporter=list,json', ...args];
    const code = await run(process.execPath, [bin('playwright'), ...all], { ...env, ...reporters }, deadline);
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

/**
 * Runs the suites one after the other and prints each one's time and counts when it ends. When `deadline` aborts, the suite
 * that runs is ended, what it was at is printed, and the others do not begin: all of them have failed.
 */
export async function runSuites(
  suites: readonly Suite[],
  deadline: AbortSignal = new AbortController().signal,
): Promise<SuiteOutcome[]> {
  const outcomes: SuiteOutcome[] = [];
  for (const suite of suites) {
    console.log(`\n── ${suite.name} ${'─'.repeat(Math.max(0, 70 - suite.name.length))}`);
    const started = performance.now();
    const late = deadline.aborted;
    const counts = late ? NOT_RUN : await suite.start(deadline);
    const cut = deadline.aborted ? { ...counts, failed: Math.max(1, counts.failed) } : counts;
    const outcome = { name: suite.name, ...cut, seconds: (performance.now() - started) / 1000 };
    outcomes.push(outcome);
    if (late) console.log('✗ It did not run: the deadline had come.');
    else if (deadline.aborted)
      console.log(['✗ The deadline came while these ran:', ...(suite.running?.() ?? ['(listed above)'])].join('\n  '));
    console.log(line(outcome));
  }
  return outcomes;
}

const NOT_RUN: Counts = { passed: 0, failed: 1, skipped: 0 };

function line({ name, passed, failed, skipped, second, seconds }: SuiteOutcome): string {
  const counts = `${passed} passed, ${failed} failed, ${skipped} skipped`;
  const weak = second ? `; ${second} passed only when tried again` : '';
  return `${name.padEnd(10)} ${seconds.toFixed(1).padStart(7)} s   ${counts}${weak}`;
}

/** The table of all suites, how many cases there are and, alone on the last line, how they ended. */
export function summary(outcomes: readonly SuiteOutcome[]): { text: string; failed: boolean } {
  const sum = (pick: (outcome: SuiteOutcome) => number) =>
    outcomes.reduce((total, outcome) => total + pick(outcome), 0);
  const [passed, failed, skipped] = [sum((one) => one.passed), sum((one) => one.failed), sum((one) => one.skipped)];
  const minutes = sum((outcome) => outcome.seconds) / 60;
  const text = [
    `\n── all suites, ${minutes.toFixed(1)} min ${'─'.repeat(50)}`,
    ...outcomes.map(line),
    '',
    `${passed + failed + skipped} cases`,
    `${passed} passed, ${failed} failed, ${skipped} skipped`,
  ];
  return { text: text.join('\n'), failed: failed > 0 };
}
