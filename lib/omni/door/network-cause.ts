import type { UnreachableCause } from './errors.ts';

/** Thrown by a connection's lookup for an address the console won't call; see `address-guard.ts`. */
export const BLOCKED = 'OMNI_CONSOLE_BLOCKED';

const CAUSES: Record<string, UnreachableCause> = {
  [BLOCKED]: 'blocked',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  EADDRNOTAVAIL: 'refused',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  EAI_NONAME: 'dns',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  ERR_STREAM_PREMATURE_CLOSE: 'reset',
  Z_BUF_ERROR: 'reset',
  EPROTO: 'tls',
};

const TLS =
  /^(ERR_TLS|ERR_SSL|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;

/** Why no answer came, from the error Node gives; the first of several attempts speaks for all. */
export function networkCause(error: unknown): UnreachableCause {
  const code = codeOf(error);
  if (code === undefined) {
    const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [];
    return first === undefined ? 'other' : networkCause(first);
  }
  return CAUSES[code] ?? (TLS.test(code) ? 'tls' : 'other');
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
