import type { OmniError } from './door/errors.ts';

/** What the door refuses for a reason that has a sentence of its own. */
const WITH_OWN_SENTENCE: ReadonlySet<string | undefined> = new Set([
  'own_key',
  'primary_key',
  'last_key_writer',
  'last_key_writer_unseen',
  'reserved_name',
  'nobody_waits',
  'end_passed',
]);

/** A problem as a key of namespace `problems` and its values. */
export type ProblemText = { code: string; values: Record<string, string | number> };

/** The message (namespace `problems`) that tells a person what this error means and what to do, with its values. */
export function problemOf(error: OmniError): ProblemText {
  const reference = error.requestId;
  switch (error.kind) {
    case 'unreachable':
      return { code: `unreachable_${error.cause}`, values: { reference } };
    case 'rate_limited':
      return { code: 'rate_limited', values: { seconds: Math.ceil(error.retryAfterMs / 1000), reference } };
    case 'forbidden':
      return forbidden(error, reference);
    case 'invalid':
      return {
        code: error.requestId === 'not-sent' && WITH_OWN_SENTENCE.has(error.code) ? (error.code ?? '') : 'invalid',
        values: { reference },
      };
    case 'unavailable':
      return { code: 'unavailable', values: { status: error.status, reference } };
    case 'outcome_unknown':
      return error.cause === 'own_failure'
        ? { code: 'bad_answer_status', values: { status: error.status, reference } }
        : { code: error.kind, values: { reference } };
    case 'bad_answer':
      return { code: `bad_answer_${error.reason}`, values: { status: error.status, reference } };
    default:
      return { code: error.kind, values: { reference } };
  }
}

const REASONS = { ceiling: 'forbidden_ceiling', primary_key: 'primary_key', admin_profile: 'forbidden_admin' } as const;

function forbidden(error: Extract<OmniError, { kind: 'forbidden' }>, reference: string): ProblemText {
  const { scope, lock, reason, disallowed } = error;
  if (scope) return { code: 'forbidden', values: { scope, reference } };
  if (lock) return { code: 'forbidden_lock', values: { lock, reference } };
  if (reason === 'ceiling' && disallowed)
    return { code: 'forbidden_ceiling_scopes', values: { scopes: disallowed.join(', '), reference } };
  const known = Object.entries(REASONS).find(([name]) => name === reason)?.[1];
  return { code: known ?? 'forbidden_other', values: { lock: '', reference } };
}
