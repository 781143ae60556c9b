import type { OmniError } from './errors.ts';

/** The message (namespace `problems`) that tells a person what this error means and what to do, with its values. */
export function problemOf(error: OmniError): { code: string; values: Record<string, string | number> } {
  const reference = error.requestId;
  switch (error.kind) {
    case 'unreachable':
      return { code: `unreachable_${error.cause}`, values: { reference } };
    case 'rate_limited':
      return { code: 'rate_limited', values: { seconds: Math.ceil(error.retryAfterMs / 1000), reference } };
    case 'forbidden':
      return error.scope
        ? { code: 'forbidden', values: { scope: error.scope, reference } }
        : { code: error.lock ? 'forbidden_lock' : 'forbidden_other', values: { lock: error.lock ?? '', reference } };
    case 'unavailable':
      return { code: 'unavailable', values: { status: error.status, reference } };
    case 'bad_answer':
      return { code: `bad_answer_${error.reason}`, values: { status: error.status, reference } };
    default:
      return { code: error.kind, values: { reference } };
  }
}
