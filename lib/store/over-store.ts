import 'server-only';
import { log } from '#lib/log.ts';
import { storeErrorOf } from './store-error.ts';

/**
 * A route handler that reads the console's own store: where the store is away it answers 503 with
 * `{ problem: 'store_down' }`, never a bare failure. Bugs still throw.
 */
export function overStore<A extends unknown[]>(
  handler: (...args: A) => Promise<Response>,
): (...args: A) => Promise<Response> {
  return async (...args) => {
    try {
      return await handler(...args);
    } catch (error) {
      const failure = storeErrorOf(error);
      if (!failure) throw error;
      log('error', 'route.store_down', { kind: failure.kind });
      return Response.json({ problem: 'store_down' }, { status: 503, headers: { 'cache-control': 'no-store' } });
    }
  };
}
