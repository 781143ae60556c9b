import { createHash, randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { findRow, insertRow, toWire, type SandboxTable, type Wire } from '../world/tables.ts';
import { agents, automations, configAudit, instances, keys, providers, routes } from '../wire/wire-rows.ts';
import type { World } from '../world/world.ts';
import type { Call, CallEnv } from '../wire/call.ts';

type Target = { type: string; table: SandboxTable; path: RegExp };

/** What is covered; persons, access rules and chats are not: a merge leaves no before-image anywhere (contract §7.2). */
const TARGETS: readonly Target[] = [
  { type: 'route', table: routes, path: /^\/api\/v2\/instances\/[^/]+\/routes(?:\/([^/]+))?()$/ },
  { type: 'instance', table: instances, path: /^\/api\/v2\/instances(?:\/([^/]+))?()$/ },
  { type: 'agent', table: agents, path: /^\/api\/v2\/agents(?:\/([^/]+))?(?:\/(.+))?$/ },
  { type: 'provider', table: providers, path: /^\/api\/v2\/providers(?:\/([^/]+))?(?:\/(.+))?$/ },
  { type: 'automation', table: automations, path: /^\/api\/v2\/automations(?:\/([^/]+))?()$/ },
  { type: 'api_key', table: keys, path: /^\/api\/v2\/keys(?:\/([^/]+))?(?:\/(.+))?$/ },
];

const VERBS: Record<string, string> = { POST: 'create', PATCH: 'update', PUT: 'update', DELETE: 'delete' };
const SECRET = /key|token|secret|password|hash/i;
const VOLATILE = new Set(['updatedAt', 'usageCount', 'lastUsedAt', 'lastUsedIp']);

/** Writes one row for every mutation of a covered resource, failed ones with empty changes. */
export function auditConfig(world: World): MiddlewareHandler<CallEnv> {
  return async (call, next) => {
    const verb = VERBS[call.req.method];
    const found = verb === undefined ? undefined : targetOf(call.req.path);
    if (!found || world.generation === 'feb') return next();
    const before = imageOf(world, found.target.table, found.id);
    await next();
    const id = found.id ?? (await createdId(call));
    const changes = call.res.ok ? changesBetween(before, imageOf(world, found.target.table, id)) : {};
    insertRow(world.store, configAudit, {
      ...callerOf(call),
      id: randomUUID(),
      method: call.req.method,
      path: call.req.path,
      statusCode: call.res.status,
      action: `${found.target.type}.${found.subpath || verb}`,
      targetType: found.target.type,
      targetId: id,
      changedFields: Object.keys(changes),
      changes,
      createdAt: world.clock.micros(),
    });
    return undefined;
  };
}

function targetOf(path: string): { target: Target; id: string | null; subpath: string } | undefined {
  for (const target of TARGETS) {
    const match = target.path.exec(path);
    if (match) return { target, id: match[1] ?? null, subpath: (match[2] ?? '').replaceAll('/', '.') };
  }
  return undefined;
}

function callerOf(call: Call): Wire {
  const key = call.get('key');
  return {
    apiKeyId: key.id,
    apiKeyName: key.name,
    actor: call.req.header('x-omni-actor')?.slice(0, 255) ?? null,
    requestId: call.get('requestId'),
    ipAddress: call.req.header('x-forwarded-for')?.split(',')[0]?.trim() ?? 'unknown',
    userAgent: call.req.header('user-agent') ?? null,
  };
}

function imageOf(world: World, table: SandboxTable, id: string | null): Wire | null {
  const row = id === null ? undefined : findRow(world.store, table, id.toLowerCase());
  return row ? toWire(table, row) : null;
}

async function createdId(call: Call): Promise<string | null> {
  if (!call.res.ok) return null;
  const body = (await call.res.clone().json()) as { data?: { id?: string } };
  return body.data?.id ?? null;
}

function changesBetween(before: Wire | null, after: Wire | null): Record<string, { before: unknown; after: unknown }> {
  const fields = Object.keys(after ?? before ?? {}).filter((field) => !VOLATILE.has(field));
  const changed = fields.filter((field) => JSON.stringify(before?.[field]) !== JSON.stringify(after?.[field]));
  return Object.fromEntries(
    changed.map((field) => [
      field,
      { before: veil(field, before?.[field] ?? null), after: veil(field, after?.[field] ?? null) },
    ]),
  );
}

/** Secret-named fields become a short hash: equal values stay comparable. */
function veil(field: string, value: unknown): unknown {
  if (value === null || !SECRET.test(field)) return value;
  return `sha256:${createHash('sha256').update(String(value)).digest('hex').slice(0, 12)}`;
}
