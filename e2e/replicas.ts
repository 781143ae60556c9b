import { startConsole } from '../scripts/console.ts';
import { test as base } from './fixtures.ts';
import { startPair, type Pair } from './pair.ts';

/** `line`: what both have to PostgreSQL. */
type Scene = Pair & { line: { cut(): void; mend(): void } };

type Fixtures = { pair: Scene };
type WorkerFixtures = { running: (Scene & { database: string }) | null };

/** The fixtures' test, where `web` is two replicas behind a proxy. Skipped where there is no PostgreSQL, and says so. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  running: [
    async ({ sandbox }, use) => {
      const { testPostgres } = await import('#lib/store/testing/postgres.ts');
      const postgres = await testPostgres();
      if (!postgres) return use(null);
      const { weakLine } = await import('#lib/operations/testing/weak-line.ts');
      const database = await postgres.newDatabase();
      const line = await weakLine(database);
      const pair = await startPair(`Demo=${sandbox.url}`, line.url);
      await use({ ...pair, line, database });
      await (await import('./forge.ts')).closeStores();
      await pair.stop();
      await line.stop();
      postgres.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  web: [
    async ({ sandbox, running }, use) => {
      if (running) {
        const { proxy, lines, database } = running;
        const one = running.of(running.first);
        const env = { ...one.env, DATABASE_URL: database };
        return use({ ...one, lines, origin: proxy.origin, port: proxy.port, env });
      }
      const alone = await startConsole({ servers: `Demo=${sandbox.url}`, storeFile: ':memory:' });
      await use(alone);
      await alone.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  pair: [
    async ({ running }, use) => {
      base.skip(running === null, 'There is no PostgreSQL on this machine.');
      if (!running) return;
      await use(running);
      running.proxy.over(running.first, running.second);
      running.line.mend();
    },
    { auto: true },
  ],
});
