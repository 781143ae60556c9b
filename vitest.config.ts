import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { runningFiles } from './scripts/running-files.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** What `server-only` is in the server graph; elsewhere it throws. */
const alias = { 'server-only': path('./node_modules/server-only/empty.js') };

const shared = {
  environment: 'node' as const,
  setupFiles: [path('./lib/guards/console-guard.ts')],
  restoreMocks: true,
  unstubEnvs: true,
  unstubGlobals: true,
  // Against a hang, not a measure: a busy machine takes its time, and the soak tries fifty times as much.
  testTimeout: process.env.SOAK ? 3_600_000 : 600_000,
  hookTimeout: 600_000,
  expect: { poll: { timeout: 60_000 } },
};

/** Where `npm test` reads the counts of a run, and what it is at. */
const { TEST_REPORT: outputFile, TEST_RUNNING: running } = process.env;

export default defineConfig({
  resolve: { alias },
  test: {
    pool: 'forks',
    // One more than the processors CI has: some tests wait for a deadline or a process of their own.
    maxWorkers: 3,
    reporters: outputFile && running ? ['default', ['json', { outputFile }], runningFiles(running)] : ['default'],
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'unit',
          // No test opens this machine's store or makes secrets for it.
          env: { STORE_KEYS: `1:${'k'.repeat(32)}`, SESSION_PASSWORDS: `1:${'p'.repeat(32)}`, STORE_FILE: ':memory:' },
          include: ['{app,bench,components,e2e,lib,scripts}/**/*.test.ts'],
          exclude: ['lib/guards/**'],
        },
      },
      { extends: true, test: { ...shared, name: 'sandbox', include: ['sandbox/**/*.test.ts'] } },
      { extends: true, test: { ...shared, name: 'guards', include: ['lib/guards/**/*.test.ts'] } },
    ],
  },
});
