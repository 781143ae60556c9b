import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { ApiError, DatabaseRefusal } from './http-errors.ts';
import { findRow, insertRow, type Wire } from '../world/tables.ts';
import { agents } from './wire-rows.ts';
import type { World } from '../world/world.ts';
import type { CallEnv } from './call.ts';
import * as z from './zod-shapes.ts';

/** What February's rows do not have (contract §9). */
const LATER = new Set([
  'tenantId',
  'profile',
  'profileOverrides',
  'chatAllowlist',
  'instanceAllowlist',
  'outboundRecipientAllowlist',
  'activeInstanceId',
  'contextInstanceId',
  'contextChatId',
  'contextMessageId',
  'contextUpdatedAt',
]);

const LATER_OVERRIDES = /^(messageDebounce|messageSplitDelay|enableAutoSplit|reactionAck|ackTimeoutMs|agentAckMessage)/;

/** A route named a provider and an agent's name there (contract §9, behaviour F20). */
export const febRouteTarget = z.object({
  agentProviderId: z.uuid(),
  agentId: z.fallback(z.string({ max: 255 }), 'default'),
});

/** The row of `agents` that stands behind a February route, which names a provider's agent instead. */
export function febAgent(world: World, target: z.Infer<typeof febRouteTarget>): string {
  const id = randomUUID();
  const moment = world.clock.micros();
  const rest = { provider: 'agno', agentType: 'assistant', capabilities: [], isInternal: true, isActive: true };
  const { agentId: name, agentProviderId } = target;
  insertRow(world.store, agents, { ...rest, id, name, agentProviderId, createdAt: moment, updatedAt: moment });
  return id;
}

/**
 * The February 2026 server as far as a console must tell it apart: no `/agents` (500, not 404: behaviour G0), no
 * `/audit`, routes that carry `agentProviderId`, rows without what came later.
 */
export function speakFebruary(world: World): MiddlewareHandler<CallEnv> {
  return async (call, next) => {
    if (world.generation !== 'feb') return next();
    const [, resource, rest] = /^\/api\/v2\/(agents|audit)(\/.*)?$/.exec(call.req.path) ?? [];
    if (resource !== undefined && rest === undefined && call.req.method === 'GET') {
      throw new DatabaseRefusal('syntax', `invalid input syntax for type uuid: "${resource}"`);
    }
    if (resource !== undefined) {
      throw new ApiError(404, 'NOT_FOUND', `Endpoint not found: ${call.req.method} ${call.req.path}`);
    }
    await next();
    if (call.res.ok) call.res = Response.json(older(world, await call.res.json()), { status: call.res.status });
    return undefined;
  };
}

function older(world: World, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => older(world, entry));
  if (typeof value !== 'object' || value === null) return value;
  const row = value as Wire;
  const isRoute = 'scope' in row && 'chatId' in row && 'agentTimeout' in row;
  const kept = Object.entries(row).filter(([name]) => !LATER.has(name) && !(isRoute && LATER_OVERRIDES.test(name)));
  const plain = Object.fromEntries(kept.map(([name, entry]) => [name, older(world, entry)]));
  return isRoute ? { ...plain, ...agentOf(world, row.agentId) } : plain;
}

function agentOf(world: World, agentId: unknown): Wire {
  const row = typeof agentId === 'string' ? findRow(world.store, agents, agentId) : undefined;
  return { agentProviderId: row?.agent_provider_id ?? null, agentId: row?.name ?? 'default', agentType: 'agent' };
}
