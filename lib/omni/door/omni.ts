import type { z } from 'zod';
import type { OmniError } from './errors.ts';
import type { OmniServer } from './credential.ts';
import type { Result } from '#lib/omni/result.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** One call to Omni. `path` is below `/api/v2` and starts with `/`; ids in it are checked to be UUIDs before anything is sent. */
export type OmniCall<T> = {
  method: Method;
  path: string;
  query?: Record<string, string | number | undefined>;
  body?: Record<string, unknown>;
  schema: z.ZodType<T>;
  /** Milliseconds until the call is given up; reads 10,000 and writes 30,000 where it is left out. */
  timeoutMs?: number;
  /** A superseded search or a closed page ends the call at Omni too. */
  signal?: AbortSignal;
  /** A POST that changes nothing (validate, access check, provider health) may be treated as a read. */
  reads?: boolean;
};

/** Whether a call changes something at Omni. */
export function isWrite({ method, reads }: Pick<OmniCall<unknown>, 'method' | 'reads'>): boolean {
  return method !== 'GET' && reads !== true;
}

/**
 * The right to call one Omni server with one key. Handles come from the session guard; nobody else can make one but the
 * few importers of `omniAs` that a guard test lists. `keyRef` names the key without showing it (HMAC), for caches and budgets.
 */
export type Omni = {
  readonly server: OmniServer;
  readonly keyRef: string;
  /** The session it is for; absent for what the console asks on its own. */
  readonly sid?: string | undefined;
  /** How many writes that make a snapshot of this name old the console's processes have counted; absent where there is one process. */
  readonly writes?: (snapshot: string) => Promise<number>;
  request<T>(call: OmniCall<T>): Promise<Result<T, OmniError>>;
};
