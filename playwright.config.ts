import { defineConfig, devices } from '@playwright/test';
import { shellLaunch } from './scripts/servers/chromium.ts';

// Fixtures forge sessions with the console's own code, which loads only where `server-only` does.
const CONDITION = '--conditions=react-server';
if (!process.env.NODE_OPTIONS?.includes(CONDITION)) {
  process.env.NODE_OPTIONS = [process.env.NODE_OPTIONS, CONDITION].filter(Boolean).join(' ');
}

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  workers: Number(process.env.E2E_WORKERS) || 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    locale: 'en-US',
    timezoneId: 'America/Sao_Paulo',
    contextOptions: { reducedMotion: 'reduce' },
    trace: process.env.CI ? 'off' : 'retain-on-failure',
    launchOptions: shellLaunch(),
  },
});
