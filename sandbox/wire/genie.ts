import type { MiddlewareHandler } from 'hono';
import { ApiError } from './http-errors.ts';
import type { World } from '../world/world.ts';
import type { CallEnv } from './call.ts';

/** An instance may ask for a signed host: a plain key gets a 401 that is not a bad key (contract §1.1). */
export function requireSignature(world: World): MiddlewareHandler<CallEnv> {
  return async (call, next) => {
    const id = /^\/api\/v2\/instances\/([^/]+)/.exec(call.req.path)?.[1];
    const row =
      id === undefined
        ? undefined
        : world.store.get('SELECT require_genie_signature AS asks FROM instances WHERE id = ?', id);
    if (row?.asks === 1 && call.req.header('x-genie-signature') === undefined) {
      throw new ApiError(401, 'GENIE_SIGNATURE_REQUIRED', 'This instance requires a signed request');
    }
    await next();
  };
}
