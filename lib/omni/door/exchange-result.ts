import type { z } from 'zod';
import type { OmniError, UnreachableCause } from './errors.ts';
import { isOwnFailure, readError } from './read-error.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import type { SentExchange } from './send.ts';

type SentCall<T> = { write: boolean; schema: z.ZodType<T>; requestId: string };

const NO_JSON = Symbol('not JSON');

/**
 * What an exchange means. A write is `outcome_unknown` as soon as it may have been done: it left and no answer came, a proxy
 * or Omni answered 5xx or 408 (Omni's own 500 may come half-way, contract §3.1; its shape tells it from a proxy's), or a 2xx
 * can't be read.
 */
export function resultOfExchange<T>(exchange: SentExchange, call: SentCall<T>): Result<T, OmniError> {
  const { write, requestId } = call;
  const unknown = (cause: UnreachableCause | 'bad_answer' | 'server_error') =>
    err<OmniError>({ kind: 'outcome_unknown', cause, requestId });
  if (exchange.kind === 'failed') {
    const { cause, left } = exchange;
    return write && left ? unknown(cause) : err({ kind: 'unreachable', cause, requestId });
  }
  const { status } = exchange;
  const success = status >= 200 && status < 300;
  const bad = (reason: 'not_json' | 'shape' | 'redirect' | 'too_large' | 'status') =>
    write && success ? unknown('bad_answer') : err<OmniError>({ kind: 'bad_answer', status, reason, requestId });
  if (status >= 500 || status === 408) {
    if (write && exchange.kind === 'answered' && isOwnFailure(status, parse(exchange.body.text())))
      return err({ kind: 'outcome_unknown', cause: 'own_failure', status, requestId });
    if (write) return unknown(status === 408 ? 'timeout' : 'server_error');
    return err({ kind: 'unavailable', status, requestId });
  }
  if (exchange.kind === 'too_large') return bad('too_large');
  if (status >= 300 && status < 400) return bad('redirect');
  const text = exchange.body.text();
  const json = parse(text);
  if (success) {
    const parsed = call.schema.safeParse(json === NO_JSON && text === '' ? undefined : json);
    if (parsed.success) return ok(parsed.data);
    return bad(json === NO_JSON ? 'not_json' : 'shape');
  }
  if (status < 400) return bad('status');
  if (json === NO_JSON && status !== 429) return bad('not_json');
  return err({ ...readError(status, json, exchange.headers), requestId } as OmniError);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return NO_JSON;
  }
}
