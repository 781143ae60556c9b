import { setTimeout as wait } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { MiddlewareHandler } from 'hono';
import { secretOf } from '../wire/auth.ts';
import { faultAnswer } from './fault-answers.ts';
import type { Fault } from './faults.ts';
import { hashOf } from '../resources/keys/key-cache.ts';
import type { World } from '../world/world.ts';
import type { Call, CallEnv } from '../wire/call.ts';

/** How long Omni's database takes for one statement: long enough for another request to get in between. */
const STEP = 2;

/** Thrown where a connection was cut; nobody is left to answer. */
class ConnectionCut extends Error {
  override readonly name = 'ConnectionCut';
}

/** Outermost: what goes wrong before the work, after it, and on the way back. */
export function meetFaults(world: World): MiddlewareHandler<CallEnv> {
  return async (call, next) => {
    const met = world.faults.meet(call.req);
    call.set('faults', met);
    const record = world.calls.begin(call.req);
    const before = await apply(world, call, met, 'before');
    if (before) return record(before);
    await next();
    const answer = await spoil(world, call, met);
    record(answer ?? call.res);
    if (answer) {
      // Hono would merge the headers of the answer that is replaced into the one that replaces it.
      call.res = undefined;
      call.res = answer;
    }
    return undefined;
  };
}

async function spoil(world: World, call: Call, met: Fault[]): Promise<Response | undefined> {
  if (call.error instanceof ConnectionCut) return RESPONSE_ALREADY_SENT;
  return (await apply(world, call, met, 'after')) ?? (await sendDamaged(call, met));
}

async function apply(world: World, call: Call, met: Fault[], when: string): Promise<Response | undefined> {
  for (const fault of met.filter((one) => one.when === when)) {
    if (fault.kind === 'latency') await wait(fault.ms ?? 1000);
    else if (fault.kind === 'hold') await world.faults.cleared(fault.id);
    else if (fault.kind === 'write') writeAsOther(world, fault);
    else if (fault.kind === 'revoke-key') revokeCaller(world, call);
    else if (fault.kind === 'cut') return cut(call);
    else {
      const answer = faultAnswer(fault);
      if (answer) return answer;
    }
  }
  return undefined;
}

/** A named point within a handler: others get their turn there, and faults that name it happen. */
export async function passCheckpoint(world: World, call: Call, name: string): Promise<void> {
  await wait(STEP);
  const answer = await apply(world, call, call.get('faults') ?? [], name);
  if (answer === RESPONSE_ALREADY_SENT) throw new ConnectionCut();
  if (answer) throw new Error(`Stopped at ${name}`);
}

function cut(call: Call): Response {
  call.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

/** Somebody else changes a row, past every cache of this process. */
function writeAsOther(world: World, fault: Fault): void {
  if (fault.sql !== undefined) world.store.run(fault.sql, ...(fault.params ?? []));
}

function revokeCaller(world: World, call: Call): void {
  const secret = secretOf(call, world);
  const row =
    secret === undefined ? undefined : world.store.get('SELECT id FROM api_keys WHERE key_hash = ?', hashOf(secret));
  if (!row) return;
  world.store.run("UPDATE api_keys SET status = 'revoked' WHERE id = ?", String(row.id));
  world.keyCache.forget(String(row.id));
}

/** The head and half of the body; then the rest late, or never. */
async function sendDamaged(call: Call, met: Fault[]): Promise<Response | undefined> {
  const fault = met.find(({ kind }) => kind === 'slow-body' || kind === 'truncated-body');
  if (!fault) return undefined;
  const { outgoing } = call.env;
  const body = Buffer.from(await call.res.arrayBuffer());
  const half = Math.ceil(body.length / 2);
  outgoing.writeHead(call.res.status, { ...Object.fromEntries(call.res.headers), 'content-length': body.length });
  await new Promise<void>((resolve) => {
    outgoing.write(body.subarray(0, half), () => resolve());
  });
  if (fault.kind === 'truncated-body') outgoing.destroy();
  else {
    await wait(fault.ms ?? 1000);
    outgoing.end(body.subarray(half));
  }
  return RESPONSE_ALREADY_SENT;
}
