import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** What `server-only` is in the server graph; elsewhere it throws. */
const alias = { 'server-only': path('./node_modules/server-only/empty.js') };

const shared = {
  environment: 'node' as const,
  setupFiles: [path('./lib/guards/console-guard.ts')],
  restoreMocks: true,
  unstubEnvs: true,
  unstubGlobals: true,
  // Against a hang, not a measure: a busy machine takes its time.
  testTimeout: process.env.SOAK ? 600_000 : 120_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  resolve: { alias },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'unit',
          include: ['{app,bench,components,e2e,lib,scripts}/**/*.test.ts'],
          exclude: ['lib/guards/**'],
        },
      },
      { extends: true, test: { ...shared, name: 'sandbox', include: ['sandbox/**/*.test.ts'] } },
      { extends: true, test: { ...shared, name: 'guards', include: ['lib/guards/**/*.test.ts'] } },
    ],
  },
});
