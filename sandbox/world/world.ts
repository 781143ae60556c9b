import type { CallLog } from './calls.ts';
import type { Clock } from './clock.ts';
import type { SandboxStore } from './database.ts';
import type { Generation } from './database-errors.ts';
import type { FaultBox } from '../faults/faults.ts';
import type { KeyCache } from '../resources/keys/key-cache.ts';
import type { RateLimit } from '../faults/rate-limit.ts';
import type { Resolver } from '../resources/route-resolver.ts';
import type { Call } from '../wire/call.ts';
import type { Wire } from './tables.ts';

/** Answers of `/access/check`, kept for five minutes; rule writes and a new access mode clear them, a cascade from a merge does not. */
type AccessCache = Map<string, { answer: Wire; until: number }>;

/** All that one sandbox is. Every handler gets it; nothing is global, so that many run in one process. */
export type World = {
  store: SandboxStore;
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
