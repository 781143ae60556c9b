import { randomUUID } from 'node:crypto';
import type { SqlRow } from '../world/database.ts';
import { databaseUuid, notFound } from '../wire/http-errors.ts';
import { param, readBody, readQuery } from '../wire/input.ts';
import { findRow, insertRow, toWire, updateRow, type Wire } from '../world/tables.ts';
import { providers } from '../wire/wire-rows.ts';
import type { World } from '../world/world.ts';
import type { Api } from '../wire/call.ts';
import * as z from '../wire/zod-shapes.ts';

const schema = z.oneOf(['agno', 'webhook', 'openclaw', 'ag-ui', 'claude-code', 'a2a', 'nats-genie']);
const name = z.string({ min: 1, max: 255 });
const baseUrl = z.string({ format: 'url' });
const rest = {
  apiKey: z.optional(z.nullable(z.string())),
  schemaConfig: z.optional(z.nullable(z.record())),
  description: z.optional(z.nullable(z.string())),
  tags: z.optional(z.nullable(z.array(z.string()))),
};

const createBody = z.object({
  name,
  schema: z.fallback(schema, 'agno'),
  baseUrl,
  ...rest,
  defaultStream: z.fallback(z.boolean(), true),
  defaultTimeout: z.fallback(z.number({ int: true, above: 0 }), 600),
  supportsStreaming: z.fallback(z.boolean(), true),
  supportsImages: z.fallback(z.boolean(), false),
  supportsAudio: z.fallback(z.boolean(), false),
  supportsDocuments: z.fallback(z.boolean(), false),
});

const patchBody = z.object({
  name: z.optional(name),
  schema: z.optional(schema),
  baseUrl: z.optional(baseUrl),
  ...rest,
  defaultStream: z.optional(z.boolean()),
  defaultTimeout: z.optional(z.number({ int: true, above: 0 })),
  supportsStreaming: z.optional(z.boolean()),
  supportsImages: z.optional(z.boolean()),
  supportsAudio: z.optional(z.boolean()),
  supportsDocuments: z.optional(z.boolean()),
  isActive: z.optional(z.boolean()),
});

const listQuery = z.object({ active: z.optional(z.coercedBoolean()) });
const SECRET = /private|secret|password|token|apikey/i;

/** The mask goes out with every row; sent back in a PATCH it is stored (contract §6). */
function providerWire(row: SqlRow): Wire {
  const wire = toWire(providers, row);
  const config = wire.schemaConfig as Record<string, unknown> | null;
  const masked = Object.entries(config ?? {}).map(([key, value]) => [key, SECRET.test(key) ? '[REDACTED]' : value]);
  return {
    ...wire,
    apiKey: wire.apiKey === null ? null : '********',
    schemaConfig: config === null ? null : Object.fromEntries(masked),
  };
}

export function registerProviders(api: Api, world: World): void {
  const { store, clock } = world;
  const requireProvider = (id: string): SqlRow => {
    const row = findRow(store, providers, databaseUuid(id));
    if (!row) throw notFound('Provider', id);
    return row;
  };

  api.get('/providers', (call) => {
    const { active } = readQuery(call, listQuery);
    const rows = store.all('SELECT * FROM agent_providers ORDER BY name');
    const wanted = rows.filter((row) => active === undefined || (row.is_active === 1) === active);
    return call.json({ items: wanted.map(providerWire) });
  });

  api.get('/providers/:id', (call) => call.json({ data: providerWire(requireProvider(param(call, 'id'))) }));

  api.post('/providers', async (call) => {
    const body = await readBody(call, createBody);
    const id = randomUUID();
    const moment = clock.micros();
    insertRow(store, providers, { ...body, id, isActive: true, createdAt: moment, updatedAt: moment });
    return call.json({ data: providerWire(requireProvider(id)) }, 201);
  });

  /** Without `supportsImages` it becomes false, unless the schema of the body is claude-code (contract §6, §10). */
  api.patch('/providers/:id', async (call) => {
    const changes = await readBody(call, patchBody);
    const id = String(requireProvider(param(call, 'id')).id);
    const supportsImages = changes.supportsImages ?? changes.schema === 'claude-code';
    updateRow(store, providers, id, { ...changes, supportsImages, updatedAt: clock.now() * 1000 });
    return call.json({ data: providerWire(requireProvider(id)) });
  });

  /** Hard; agents and instances lose their provider by the database's SET NULL (behaviour J10). */
  api.delete('/providers/:id', (call) => {
    store.run('DELETE FROM agent_providers WHERE id = ?', String(requireProvider(param(call, 'id')).id));
    return call.json({ success: true });
  });

  /** A handler of the third error shape: a bare string (contract §1.5). */
  api.get('/providers/:id/agents', (call) => {
    const row = requireProvider(param(call, 'id'));
    if (row.api_key === null) return call.json({ error: 'Provider has no API key configured' }, 400);
    return call.json({ items: [] });
  });

  /** The server itself asks `baseUrl/health` for five seconds at most; the answer has no `data` around it (behaviour J9). */
  api.post('/providers/:id/health', async (call) => {
    const row = requireProvider(param(call, 'id'));
    const started = performance.now();
    const health = await askHealth(`${String(row.base_url)}/health`);
    return call.json({ ...health, latency: Math.round(performance.now() - started) });
  });
}

/** The seeded providers stand inside the sandbox: nothing listens at their addresses, and they answer. */
const INSIDE: readonly string[] = ['http://127.0.0.1:7777', 'http://127.0.0.1:7778'];

async function askHealth(url: string): Promise<{ healthy: boolean; error?: string }> {
  if (INSIDE.includes(new URL(url).origin)) return { healthy: true };
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });
    return answer.ok ? { healthy: true } : { healthy: false, error: `HTTP ${answer.status}` };
  } catch (error) {
    const cause: unknown = error instanceof Error ? (error.cause ?? error) : error;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'ERROR';
    return { healthy: false, error: `${code}: Unable to connect. Is the computer able to access the url?` };
  }
}
