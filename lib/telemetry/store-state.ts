import 'server-only';
import { Gauge, type Registry } from 'prom-client';
import { countOpenEntries } from '#lib/operations/journal/list.ts';
import { countLiveSessions } from '#lib/session/sessions.ts';
import { sessionLimits } from '#lib/session/session-state.ts';
import type { Store } from '#lib/store/database.ts';
import { clockAhead, storeReadiness } from '#lib/store/ready.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';

/**
 * Gauges of what the store knows, and the function that reads them: call it before each scrape. While the store is away they are
 * absent, since nobody knows them, and `console_store_up` is 0.
 */
export function storeGauges(registry: Registry, open: () => Promise<Store>): () => Promise<void> {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const up = gauge('console_store_up', '1 while the store answers and has the schema of this version.');
  const sessions = gauge('console_sessions', 'Live sessions.');
  const entries = gauge(
    'console_operations_open',
    'Operations whose end is not known: "unconfirmed" are watched, "interrupted" wait for somebody to finish or undo them.',
    ['state'],
  );
  const ahead = gauge(
    'console_clock_ahead_seconds',
    "How far this machine's clock is ahead of PostgreSQL's; absent with SQLite.",
  );
  return async () => {
    // A gauge without labels is 0 after a reset, which would be told as a number that somebody read.
    for (const one of [sessions, ahead]) one.remove();
    entries.reset();
    const { ready } = await storeReadiness(open);
    up.set(ready ? 1 : 0);
    if (!ready) return;
    try {
      const db = await open();
      sessions.set(await countLiveSessions(db, Date.now(), sessionLimits()));
      for (const [state, count] of Object.entries(await countOpenEntries(db))) entries.set({ state }, count);
      const ms = await clockAhead(db, Date.now);
      if (ms) ahead.set(ms.ahead / 1000);
    } catch (error) {
      if (!storeErrorOf(error)) throw error;
      up.set(0);
    }
  };
}
