import { createClock } from './clock.ts';
import { openStore } from './database.ts';
import type { Generation } from './database-errors.ts';
import { createKeyCache } from './key-cache.ts';
import { createRateLimit } from './rate-limit.ts';
import { schemaFor } from './schema.ts';
import { fillWorld } from './seed/fill-world.ts';
import type { World } from './world.ts';

export type WorldOptions = {
  /** How many persons the seed makes; 500 unless told. */
  persons?: number;
  /** The same number makes the same world. */
  seed?: number;
  /** A SQLite file that is kept; if it holds a world already, that world is served as it is. */
  file?: string;
  generation?: Generation;
  /** Milliseconds at which the sandbox's clock starts; the machine's time unless told. */
  now?: number;
};

export function createWorld(options: WorldOptions): World {
  const { persons = 500, seed = 1, generation = 'measured', file, now } = options;
  const store = openStore(file);
  const clock = createClock(now);
  const filled = store.get("SELECT 1 FROM sqlite_master WHERE name = 'persons'");
  if (!filled) {
    store.db.exec(schemaFor(generation));
    fillWorld(store, { persons, seed, now: clock.now() });
  }
  return {
    store,
    clock,
    generation,
    keyCache: createKeyCache(store, clock),
    rateLimit: createRateLimit(clock),
    startedAt: clock.now(),
  };
}
