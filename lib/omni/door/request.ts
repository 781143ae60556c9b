import 'server-only';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { measure } from '#lib/measure.ts';
import { noteBudget } from '#lib/omni/paging/budget.ts';
import type { Credential } from './credential.ts';
import type { OmniError } from './errors.ts';
import { callHeaders, isSendableKey, newRequestId, type CallContext } from './headers.ts';
import { keyRef } from '#lib/omni/permits/key-ref.ts';
import { WRITE_TIMEOUT_MS } from '#lib/omni/limits.ts';
import { isWrite, type Omni, type OmniCall } from './omni.ts';
import { queryText } from './path.ts';
import { notSent } from './local-error.ts';
import { refusal } from './refusals.ts';
import { err, type Result } from '#lib/omni/result.ts';
import { noteOwnCall } from '#lib/omni/cache/own-calls.ts';
import { retryWait } from './retry.ts';
import { send } from './send.ts';
import { resultOfExchange } from './exchange-result.ts';
import { dropSnapshots, madeOldBy } from '#lib/omni/cache/snapshot-cache.ts';

const READ_TIMEOUT = 10_000;

/**
 * The right to call Omni with one key, for the session guard. Keep the handle for the whole request: reads are cached by its
 * identity.
 */
export function omniAs(credential: Credential, context: CallContext = {}): Omni {
  return Object.freeze({
    server: credential.server,
    keyRef: keyRef(credential),
    sid: context.sid,
    request: <T>(call: OmniCall<T>) => omniRequestAs(credential, call, context),
  });
}

/** The first word of a path, which the code writes: all that metrics show of a call. */
const RESOURCE = /^\/([a-z-]{1,30})(?=\/|$)/;

/**
 * The one function that talks to Omni. Reads are tried at most three times within their timeout, writes are sent once,
 * ever. Answers pass `call.schema`; everything else is an `OmniError`. Throws for bugs only.
 */
export async function omniRequestAs<T>(
  credential: Credential,
  call: OmniCall<T>,
  context: CallContext = {},
): Promise<Result<T, OmniError>> {
  const started = performance.now();
  const result = await exchanged(credential, call, context);
  measure({
    of: 'call',
    server: credential.server.typed ? 'typed' : credential.server.id,
    resource: RESOURCE.exec(call.path)?.[1] ?? 'other',
    outcome: result.ok ? 'ok' : result.error.kind,
    ms: performance.now() - started,
  });
  return result;
}

async function exchanged<T>(
  credential: Credential,
  call: OmniCall<T>,
  context: CallContext,
): Promise<Result<T, OmniError>> {
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  const refused = refusal(call, body);
  if (refused) return err(refused);
  const requestId = newRequestId(context.entryId);
  const key = credential.reveal();
  if (!isSendableKey(key)) return err({ kind: 'unauthorized', requestId });
  const { server } = credential;
  const write = isWrite(call);
  const { signal } = call;
  const deadline = AbortSignal.timeout(call.timeoutMs ?? (write ? WRITE_TIMEOUT_MS : READ_TIMEOUT));
  const outgoing = {
    url: new URL(`${server.url}/api/v2${call.path}${queryText(call.query)}`),
    method: call.method,
    headers: callHeaders(key, requestId, context, body),
    body,
    fresh: write,
    mayStillSend: write ? context.mayStillSend : undefined,
    guarded: server.typed === true,
    deadline,
    signal,
  };
  for (let attempt = 0; ; attempt += 1) {
    const from = Date.now();
    const exchange = await send(outgoing);
    if (exchange.kind === 'held_back') return err(notSent('hold_lost'));
    const { sid = null, actor: who = '' } = context;
    const { method } = call;
    noteOwnCall(server, keyRef(credential), { method, path: outgoing.url.pathname, from, until: Date.now(), sid, who });
    if (exchange.kind !== 'failed') noteBudget(server, keyRef(credential), exchange.headers);
    const result = resultOfExchange(exchange, { write, schema: call.schema, requestId });
    if (write) {
      dropSnapshots(server, madeOldBy(call.path));
      return result;
    }
    const wait = result.ok ? undefined : retryWait(result.error, attempt);
    if (wait === undefined || !(await waited(wait, deadline, signal))) return result;
  }
}

/** Whether the wait ended before the call's deadline or its signal came. */
async function waited(ms: number, deadline: AbortSignal, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal: signal ? AbortSignal.any([deadline, signal]) : deadline });
    return true;
  } catch {
    return false;
  }
}
