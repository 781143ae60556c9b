import { createCallLog } from './calls.ts';
import { createClock } from './clock.ts';
import { openStore } from './database.ts';
import type { Generation } from './database-errors.ts';
import { passCheckpoint } from '../faults/fault-middleware.ts';
import { createFaultBox } from '../faults/faults.ts';
import { createKeyCache } from '../resources/keys/key-cache.ts';
import { createRateLimit } from '../faults/rate-limit.ts';
import { createResolver } from '../resources/route-resolver.ts';
import { schemaFor, TABLE_NAMES } from './schema.ts';
import { fillKeysOnly, fillWorld } from '../seed/fill-world.ts';
import type { World } from './world.ts';

export type WorldOptions = {
  /** How many persons the seed makes; 500 by default. */
  persons?: number;
  /** The same number makes the same world. */
  seed?: number;
  /** A SQLite file that is kept; if it holds a world already, that world is served as it is. */
  file?: string;
  generation?: Generation;
  /** Milliseconds at which the sandbox's clock starts; the machine's time by default. */
  now?: number;
};

export type ResetOptions = Omit<WorldOptions, 'file'> & {
  /** Only the demo keys: a test brings its own rows. */
  empty?: boolean;
};

export function createWorld(options: WorldOptions): World {
  const { persons = 500, seed = 1, generation = 'measured', file, now } = options;
  const store = openStore(file);
  const clock = createClock(now);
  const world: World = {
    store,
    clock,
    generation,
    persons,
    seed,
    startedAt: clock.now(),
    keyCache: createKeyCache(store, clock),
    accessCache: new Map(),
    resolver: createResolver(store, clock),
    rateLimit: createRateLimit(clock),
    faults: createFaultBox(),
    calls: createCallLog(),
    connections: { open: 0, total: 0, most: 0 },
    checkpoint: (call, name) => passCheckpoint(world, call, name),
  };
  const kept = store.get("SELECT 1 FROM sqlite_master WHERE name = 'persons'");
  if (!kept) fill(world, false);
  return world;
}

/** Back to the seed, in another size or release if asked; clock, faults, caches and counters start anew. */
export function resetWorld(world: World, options: ResetOptions): void {
  const { store, clock } = world;
  store.db.exec('PRAGMA foreign_keys = OFF');
  for (const name of TABLE_NAMES.toReversed()) store.db.exec(`DROP TABLE IF EXISTS ${name}`);
  store.db.exec('PRAGMA foreign_keys = ON');
  world.generation = options.generation ?? world.generation;
  world.persons = options.persons ?? world.persons;
  world.seed = options.seed ?? world.seed;
  clock.move(-clock.offset());
  if (options.now !== undefined) clock.set(options.now);
  world.faults.clear();
  world.calls.clear();
  world.rateLimit.setLimit(1000);
  restart(world);
  fill(world, options.empty ?? false);
}

/** What a process forgets when it starts again. */
export function restart(world: World): void {
  world.keyCache.clear();
  world.accessCache.clear();
  world.resolver.reset();
  world.rateLimit.reset();
  world.startedAt = world.clock.now();
}

function fill(world: World, empty: boolean): void {
  const { store, clock, generation, persons, seed } = world;
  store.db.exec(schemaFor(generation));
  const wanted = { persons, seed, now: clock.now() };
  if (empty) fillKeysOnly(store, wanted);
  else fillWorld(store, wanted);
}
