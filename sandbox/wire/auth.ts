import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { ApiError, forbidden } from './http-errors.ts';
import { lockRefusal } from '../resources/keys/key-locks.ts';
import { covers, scopeOf } from './scopes.ts';
import { insertRow } from '../world/tables.ts';
import { keyAudit } from './wire-rows.ts';
import type { World } from '../world/world.ts';
import type { Api, Call, CallEnv } from './call.ts';

const PREFIX = '/api/v2';

const unauthorized = (message: string) => new ApiError(401, 'UNAUTHORIZED', message);

/** Header, then query, then Bearer; February had no Bearer (contract §1.1, behaviour A10, A11). */
export function secretOf(call: Call, world: World): string | undefined {
  const bearer = /^Bearer (.+)$/.exec(call.req.header('authorization') ?? '')?.[1];
  const asked = call.req.header('x-api-key') ?? call.req.query('api_key');
  return asked ?? (world.generation === 'feb' ? undefined : bearer);
}

/** Finds the key and, once the call is answered, writes its use and its audit row: 403 and 429 too, 401 never. */
export function authenticate(world: World): MiddlewareHandler<CallEnv> {
  return async (call, next) => {
    const secret = secretOf(call, world);
    if (secret === undefined || secret === '') {
      throw unauthorized('API key required. Provide via x-api-key header or api_key query parameter.');
    }
    const key = world.keyCache.validate(secret);
    if (!key) throw unauthorized('Invalid API key');
    call.set('key', key);
    const started = world.clock.micros();
    const ip = call.req.header('x-forwarded-for') ?? 'unknown';
    recordUse(world, key.id, ip);
    await next();
    recordCall(world, call, ip, started);
  };
}

/** `updatedAt` moves on every use; an address over 45 characters makes the update fail in silence (contract §1.8). */
function recordUse(world: World, keyId: string, ip: string): void {
  const now = world.clock.now() * 1000;
  silently(() =>
    world.store.run(
      `UPDATE api_keys SET usage_count = usage_count + 1, last_used_at = ?, last_used_ip = ?, updated_at = ? WHERE id = ?`,
      now,
      ip,
      now,
      keyId,
    ),
  );
}

function recordCall(world: World, call: Call, ip: string, started: number): void {
  silently(() =>
    insertRow(world.store, keyAudit, {
      id: randomUUID(),
      apiKeyId: call.get('key').id,
      method: call.req.method,
      path: call.req.path,
      statusCode: call.res.status,
      ipAddress: ip,
      userAgent: call.req.header('user-agent') ?? null,
      responseTimeMs: Math.max(0, Math.round((world.clock.micros() - started) / 1000)),
      timestamp: world.clock.micros(),
    }),
  );
}

function silently(work: () => void): void {
  try {
    work();
  } catch {
    // Omni fires and forgets here: the row is lost without an error.
  }
}

/** Deny by default; February asked scopes on `/keys` only (contract §1.3, behaviour A7, A15, I2). */
export function enforceScopes(world: World): MiddlewareHandler<CallEnv> {
  return async (call, next) => {
    const key = call.get('key');
    const path = call.req.path.slice(PREFIX.length);
    const enforced = world.generation !== 'feb' || path.startsWith('/keys');
    if (enforced && !key.scopes.includes('*')) {
      const scope = scopeOf(call.req.method, path);
      if (!scope) throw forbidden('Insufficient permissions. Route not mapped in scope policy.');
      if (!covers(key.scopes, scope)) throw forbidden(`Insufficient permissions. Required scope: ${scope}`);
    }
    if (enforced) {
      const refusal = await lockRefusal(call, key, path);
      if (refusal) throw refusal;
    }
    await next();
  };
}

export function limitRate(world: World): MiddlewareHandler<CallEnv> {
  return async (call, next) => {
    const headers = world.rateLimit.count(call.get('key').id);
    await next();
    for (const [name, value] of Object.entries(headers)) call.res.headers.set(name, value);
  };
}

/** `instanceIds`: null is all, `[]` is none; an unknown instance is 403 too (contract §1.4, behaviour I16). */
export function requireInstance(call: Call, instanceId: string): void {
  const { instanceIds } = call.get('key');
  if (instanceIds !== null && !instanceIds.includes(instanceId)) {
    throw forbidden('API key does not have access to this instance');
  }
}

/** `keyPrefix` is made from the row's id, not from the key (contract §4, behaviour A5). */
export function registerAuth(api: Api): void {
  api.post('/auth/validate', (call) => {
    const key = call.get('key');
    const keyName = key.name === '__primary__' ? 'primary' : key.name;
    const keyPrefix = `omni_sk_${key.id.slice(0, 8)}...`;
    return call.json({ data: { valid: true, keyPrefix, keyName, scopes: key.scopes } });
  });
}
