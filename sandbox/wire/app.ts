import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import type { MiddlewareHandler } from 'hono';
import { registerAccess } from '../resources/access.ts';
import { registerAgents } from '../resources/agents.ts';
import { registerAutomations } from '../resources/automations.ts';
import { authenticate, enforceScopes, limitRate, registerAuth } from './auth.ts';
import { registerChats } from '../resources/chats.ts';
import { auditConfig } from '../resources/config-audit.ts';
import { registerConfigAudit } from '../resources/config-audit-list.ts';
import { registerControl } from './control/control.ts';
import { wordRefusal } from '../world/database-errors.ts';
import { meetFaults } from '../faults/fault-middleware.ts';
import { speakFebruary } from './generation-feb.ts';
import { requireSignature } from './genie.ts';
import { answerHealth, SERVER_VERSION } from './health.ts';
import { ApiError, DatabaseRefusal, InvalidInput } from './http-errors.ts';
import { registerInstances } from '../resources/instances.ts';
import { registerInstanceWrites } from '../resources/instances-write.ts';
import { registerKeys } from '../resources/keys/keys.ts';
import { registerLink } from '../resources/persons/persons-link.ts';
import { registerMerge } from '../resources/persons/persons-merge.ts';
import { registerPersons } from '../resources/persons/persons.ts';
import { registerProviders } from '../resources/providers.ts';
import { RateLimited } from '../faults/rate-limit.ts';
import { registerRoutes } from '../resources/routes.ts';
import type { World } from '../world/world.ts';
import type { Call, CallEnv } from './call.ts';

const BODY_LIMIT = 10 * 1024 * 1024;

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET,POST,PUT,PATCH,DELETE,OPTIONS',
  'access-control-allow-headers': 'Authorization,Content-Type,x-api-key,x-request-id,A2A-Version,A2A-Extensions',
  'access-control-max-age': '86400',
};

const RESOURCES = [
  registerAuth,
  registerLink,
  registerMerge,
  registerPersons,
  registerRoutes,
  registerInstances,
  registerInstanceWrites,
  registerAgents,
  registerProviders,
  registerChats,
  registerKeys,
  registerAccess,
  registerConfigAudit,
  registerAutomations,
];

/** The middlewares in Omni's order: size, CORS, request id, version, key, scopes, rate limit, handler (contract §1.2). */
export function createApp(world: World): Hono<CallEnv> {
  const app = new Hono<CallEnv>();
  app.onError((error, call) => answerError(error, call, world));
  registerControl(app, world);
  app.use('/api/v2/*', meetFaults(world));
  app.use('*', transport(world));
  app.get('/health', answerHealth(world));
  app.get('/api/v2/health', answerHealth(world));

  const api = new Hono<CallEnv>().basePath('/api/v2');
  api.use(
    '*',
    authenticate(world),
    speakFebruary(world),
    auditConfig(world),
    requireSignature(world),
    enforceScopes(world),
    limitRate(world),
  );
  for (const register of RESOURCES) register(api, world);
  // A router of Omni's is mounted at the root with `GET /:id`, which takes every unknown word for a UUID (behaviour A13).
  api.get('/:id', (call) => {
    throw new DatabaseRefusal('syntax', `invalid input syntax for type uuid: "${call.req.param('id')}"`);
  });
  app.route('/', api);
  app.notFound((call) => answerError(endpointNotFound(call), call, world));
  return app;
}

function endpointNotFound(call: Call): ApiError {
  return new ApiError(404, 'NOT_FOUND', `Endpoint not found: ${call.req.method} ${call.req.path}`);
}

function transport(world: World): MiddlewareHandler<CallEnv> {
  return async (call, next) => {
    if (call.req.method === 'OPTIONS') return new Response(null, { status: 204, headers: CORS });
    const requestId = call.req.header('x-request-id') ?? `req_${world.clock.now().toString(36)}_${randomId()}`;
    call.set('requestId', requestId);
    const started = world.clock.micros();
    if (Number(call.req.header('content-length') ?? 0) > BODY_LIMIT) {
      call.res = answerError(tooLarge(), call, world);
    } else {
      await next();
    }
    const { headers } = call.res;
    headers.set('x-request-id', requestId);
    headers.set('access-control-allow-origin', '*');
    headers.set('server-timing', `total;dur=${((world.clock.micros() - started) / 1000).toFixed(1)}`);
    if (world.generation !== 'feb') setVersion(headers, call.req.header('x-omni-cli-version'));
    return undefined;
  };
}

function setVersion(headers: Headers, client: string | undefined): void {
  headers.set('x-omni-server-version', SERVER_VERSION);
  headers.set('x-omni-server-commit', 'sandbox');
  if (client !== undefined && client !== SERVER_VERSION) headers.set('x-omni-version-mismatch', 'true');
}

function tooLarge(): ApiError {
  return new ApiError(413, 'PAYLOAD_TOO_LARGE', 'Request body too large', { maxSize: BODY_LIMIT });
}

const randomId = () => randomBytes(5).toString('base64url').slice(0, 7).toLowerCase();

function answerError(error: Error, call: Call, world: World): Response {
  const known = error instanceof DatabaseRefusal ? wordRefusal(error, world.generation) : error;
  if (known instanceof ApiError || known instanceof InvalidInput) {
    const headers = known instanceof RateLimited ? known.headers : undefined;
    return new Response(JSON.stringify(known.body), {
      status: known.status,
      headers: { 'content-type': 'application/json', ...headers },
    });
  }
  return Response.json({ error: { code: 'INTERNAL_ERROR', message: String(error.stack) } }, { status: 500 });
}
