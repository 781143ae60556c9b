import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import type { AccessCache } from '../resources/access-check.ts';
import type { CallLog } from './calls.ts';
import type { Clock } from './clock.ts';
import type { Store } from './database.ts';
import type { Generation } from './database-errors.ts';
import type { Fault, FaultBox } from '../faults/faults.ts';
import type { KeyCache, KeyRow } from '../resources/keys/key-cache.ts';
import type { RateLimit } from '../faults/rate-limit.ts';
import type { Resolver } from '../resources/route-resolver.ts';

/** All that one sandbox is. Every handler gets it; nothing is global, so that many run in one process. */
export type World = {
  store: Store;
  clock: Clock;
  generation: Generation;
  persons: number;
  seed: number;
  startedAt: number;
  keyCache: KeyCache;
  accessCache: AccessCache;
  resolver: Resolver;
  rateLimit: RateLimit;
  faults: FaultBox;
  calls: CallLog;
  connections: { open: number; total: number; most: number };
  /** A point within a handler where other requests get their turn and faults can happen. */
  checkpoint(call: Call, name: string): Promise<void>;
};

export type Env = { Bindings: HttpBindings; Variables: { key: KeyRow; requestId: string; faults: Fault[] } };
export type Api = Hono<Env>;
export type Call = Context<Env>;
