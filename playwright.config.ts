import { defineConfig, devices } from '@playwright/test';
import { shellLaunch } from './scripts/servers/chromium.ts';

// Fixtures forge sessions with the console's own code, which loads only where `server-only` does.
const CONDITION = '--conditions=react-server';
if (!process.env.NODE_OPTIONS?.includes(CONDITION)) {
  process.env.NODE_OPTIONS = [process.env.NODE_OPTIONS, CONDITION].filter(Boolean).join(' ');
}

// One renderer a context is enough: a second one, for the empty page it begins with, costs a tenth of a run.
const launch = shellLaunch();

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/e2e',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  workers: Number(process.env.E2E_WORKERS) || 2,
  // Against a hang, not a measure: a busy machine takes its time. What a test waits for is what it sees.
  timeout: 600_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    // As long as an expectation: a click on what is not there fails by name instead of hanging the run.
    actionTimeout: 60_000,
    locale: 'en-US',
    timezoneId: 'America/Sao_Paulo',
    contextOptions: { reducedMotion: 'reduce' },
    // A trace costs a fifth of a run: E2E_TRACE=1 keeps those of tests that fail.
    trace: process.env.E2E_TRACE ? 'retain-on-failure' : 'off',
    launchOptions: { ...launch, args: [...launch.args, '--renderer-process-limit=1'] },
  },
});
