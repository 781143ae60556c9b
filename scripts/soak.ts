import { testPostgres } from '#lib/store/testing/postgres.ts';
import { run } from './servers/processes.ts';
import { isStale } from './suites/stale.ts';
import { playwright, runSuites, summary, vitest, type Suite } from './suites/suites.ts';
import { installSystemPackages } from './suites/system-packages.ts';

const repeats = Number(process.argv[2] ?? 5);
if (!Number.isInteger(repeats) || repeats < 1) {
  console.error(`npm run soak -- [how often e2e repeats, 5 unless told], not "${process.argv[2]}".`);
  process.exit(1);
}

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
