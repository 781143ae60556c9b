import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import type { Fault } from '../faults/faults.ts';
import type { CachedKey } from '../resources/keys/key-cache.ts';

/** What a handler gets with a call besides the request: its key, its id, and the faults it meets. */
export type CallEnv = { Bindings: HttpBindings; Variables: { key: CachedKey; requestId: string; faults: Fault[] } };
export type Api = Hono<CallEnv>;
export type Call = Context<CallEnv>;
