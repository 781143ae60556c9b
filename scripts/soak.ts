import { testPostgres } from '#lib/store/testing/postgres.ts';
import { flagsFor, refuse } from './flags.ts';
import { run } from './servers/processes.ts';
import { isStale } from './suites/stale.ts';
import { playwright, runSuites, summary, vitest, type Suite } from './suites/suites.ts';
import { installSystemPackages } from './suites/system-packages.ts';

const USAGE =
  'npm run soak -- [how often each browser test runs, 5 unless told]\n\nThe full counts of crash, race, hostile and random tests: hours.';
const { positionals } = flagsFor(USAGE, {}, true);
const repeats = Number(positionals[0] ?? 5);
if (!Number.isInteger(repeats) || repeats < 1) refuse(`"${positionals[0]}" is no number of runs.`, USAGE);

await installSystemPackages();
if (isStale() && (await run(process.execPath, ['scripts/build.ts'])) !== 0) process.exit(1);
const postgres = await testPostgres();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));

// The full counts: property tests try fifty times as much, every browser test runs again and again.
const env: Record<string, string> = {
  SOAK: '1',
  FC_RUNS: '5000',
  ...(postgres ? { TEST_DATABASE_URL: await postgres.newDatabase() } : {}),
};
const suites: Suite[] = [vitest('unit', env), vitest('sandbox', env), playwright(env, [`--repeat-each=${repeats}`])];
const { text, failed } = summary(await runSuites(suites));
console.log(text);
process.exit(failed ? 1 : 0);
