import type { Context, Hono } from 'hono';
import type { HttpBindings } from '@hono/node-server';
import type { Clock } from './clock.ts';
import type { Store } from './database.ts';
import type { Generation } from './database-errors.ts';
import type { KeyCache, KeyRow } from './key-cache.ts';
import type { RateLimit } from './rate-limit.ts';

/** All that one sandbox is. Every handler gets it; nothing is global, so that many run in one process. */
export type World = {
  store: Store;
  clock: Clock;
  generation: Generation;
  keyCache: KeyCache;
  rateLimit: RateLimit;
  /** Clears what the process remembers, as a restart does. */
  startedAt: number;
};

export type Env = { Bindings: HttpBindings; Variables: { key: KeyRow; requestId: string } };
export type Api = Hono<Env>;
export type Call = Context<Env>;
