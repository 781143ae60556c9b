import { testPostgres } from '#lib/store/testing/postgres.ts';
import { run } from './servers/processes.ts';
import { dropStaleTypes, isStale } from './suites/stale.ts';
import { checks, playwright, runSuites, summary, vitest, type Suite } from './suites/suites.ts';
import { installSystemPackages } from './suites/system-packages.ts';

const wanted = process.argv.slice(2);

/** CI ends this after 90 minutes without a word. Before that it ends itself, and says what was still running. */
const DEADLINE_MS = 85 * 60_000;
const deadline = AbortSignal.timeout(DEADLINE_MS);

await installSystemPackages();
// One PostgreSQL for all suites; where there is none, this says loudly that its half is skipped.
const postgres = await testPostgres();
const env: Record<string, string> = postgres ? { TEST_DATABASE_URL: await postgres.newDatabase() } : {};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));

dropStaleTypes();
const build: Suite = {
  name: 'build',
  start: async (late) => {
    if (!isStale()) console.log('The build is up to date.');
    const code = isStale() ? await run(process.execPath, ['scripts/build.ts'], {}, late) : 0;
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  },
  running: () => ['next build'],
};
const suites: Suite[] = [
  checks('checks', [
    ['next', 'typegen'],
    ['oxfmt', '--check', '.'],
    ['oxlint', '--deny-warnings'],
    ['knip'],
    ['tsc', '--noEmit'],
  ]),
  vitest('guards', env),
  vitest('unit', env),
  vitest('sandbox', env),
  build,
  // A change is not refused for a test that passes when tried again, but each such test is counted aloud; the soak tries nothing again.
  playwright({ E2E_WORKERS: '3', ...env }, ['--retries=1']),
];
const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(`No suite is called ${unknown.join(', ')}. There are: ${suites.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}
const outcomes = await runSuites(
  suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name)),
  deadline,
);
const { text, failed } = summary(outcomes);
console.log(text);
process.exit(failed ? 1 : 0);
