import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { FieldIssue, ForbiddenReason, OmniError } from './errors.ts';

/** An error without its `requestId`, which the answer doesn't have. */
type ErrorFacts = OmniError extends infer E ? (E extends OmniError ? Omit<E, 'requestId'> : never) : never;

const LONGEST_MESSAGE = 500;
const text = z.string().optional().catch(undefined);
const scalar = z.union([z.string(), z.number()]);

const details = z
  .object({
    field: text,
    detail: text,
    resourceType: text,
    resourceId: text,
    retryAfterMs: z.number().optional().catch(undefined),
  })
  .optional()
  .catch(undefined);

const appError = z.object({
  error: z.object({ code: z.string(), message: text, details, lock: text }),
});
const zodError = z.object({
  error: z.object({ issues: z.array(z.object({ path: z.array(scalar).catch([]), message: z.string().catch('') })) }),
});
const bareError = z.object({ error: z.string() });

type Read = { code?: string; message: string; details?: z.infer<typeof details>; lock?: string; issues?: FieldIssue[] };

/** One of Omni's shapes of an error (contract §1.5), or nothing. */
function readShape(json: unknown): Read | undefined {
  const app = appError.safeParse(json);
  if (app.success) return { ...app.data.error, message: app.data.error.message ?? '' };
  const zod = zodError.safeParse(json);
  if (zod.success) {
    const issues = zod.data.error.issues.map(({ path, message }) => ({ path: path.join('.'), message: cut(message) }));
    return { message: '', issues };
  }
  const bare = bareError.safeParse(json);
  return bare.success ? { message: bare.data.error } : undefined;
}

/**
 * Whether a 5xx is Omni's own word that a request failed. A gateway's 502 and 504 say nothing of what Omni does, whatever their
 * shape; neither does a 503, which is answered where nobody listens.
 */
export function isOwnFailure(status: number, json: unknown): boolean {
  return status >= 500 && status < 502 && appError.safeParse(json).success;
}

const cut = (message: string) => message.slice(0, LONGEST_MESSAGE);

/**
 * A 4xx of Omni's as an error. Shape and text differ between releases, so each fact is looked for in every place it has
 * been seen in. 5xx never come here: their text may be SQL.
 */
export function readError(status: number, json: unknown, headers: IncomingHttpHeaders): ErrorFacts {
  const read = readShape(json);
  if (!read)
    return status === 429 ? { kind: 'rate_limited', retryAfterMs: waitOf(undefined, headers) } : unknownShape(status);
  switch (status) {
    case 400:
    case 413:
    case 422:
      return isAccessDenial(read)
        ? { kind: 'forbidden', reason: 'instance' }
        : { ...invalid(read), ...(read.issues ? {} : foreignUnlessCoded(read)) };
    case 401:
      return {
        kind: read.code === 'GENIE_SIGNATURE_REQUIRED' ? 'signature_required' : 'unauthorized',
        ...foreignUnlessCoded(read),
      };
    case 403:
      return { ...forbidden(read), ...foreignUnlessCoded(read) };
    case 404:
      return notFound(read);
    case 409:
      return conflict(read);
    case 429:
      return { kind: 'rate_limited', retryAfterMs: waitOf(read.details?.retryAfterMs, headers) };
    default:
      return { kind: 'bad_answer', status, reason: 'status' };
  }
}

/** Omni's refusals of a write carry a code or issues (contract §1.5); a bare text may be a gateway's. */
const foreignUnlessCoded = ({ code }: Read) => (code === undefined ? { foreign: true as const } : {});

const unknownShape = (status: number): ErrorFacts => ({ kind: 'bad_answer', status, reason: 'shape' });

/** The chats handlers say "no" with a 400 (contract §1.4). */
const isAccessDenial = ({ code, message }: Read) => code === 'VALIDATION' && /\baccess\b/i.test(message);

function invalid({ code, message, issues }: Read): ErrorFacts {
  const all = issues ?? (message ? [{ path: '', message: cut(message) }] : []);
  return { kind: 'invalid', issues: all, ...(code !== undefined && { code }) };
}

const REASONS: readonly [RegExp, ForbiddenReason][] = [
  [/^Cannot grant\b/i, 'ceiling'],
  [/access to this instance/i, 'instance'],
  [/primary API key/i, 'primary_key'],
  [/^admin keys cannot be created/i, 'admin_profile'],
  [/not mapped in scope policy/i, 'unmapped'],
];

function forbidden({ message, lock }: Read): ErrorFacts {
  const scope = /Required scope: ([\w-]+:[\w*-]+)/.exec(message)?.[1];
  const locked = lock ?? /\bLock (\w+)/.exec(message)?.[1];
  const reason = REASONS.find(([pattern]) => pattern.test(message))?.[1];
  const list = /Disallowed: (.+)$/.exec(message)?.[1];
  return {
    kind: 'forbidden',
    ...(scope !== undefined && { scope }),
    ...(locked !== undefined && { lock: locked }),
    ...(reason !== undefined && { reason }),
    ...(list !== undefined && { disallowed: list.split(',').map((one) => one.trim()) }),
  };
}

function notFound({ message, details: found }: Read): ErrorFacts {
  const resource = found?.resourceType ?? /^(Endpoint|API key|\w+) not found/.exec(message)?.[1];
  return {
    kind: 'not_found',
    ...(resource !== undefined && { resource }),
    ...(found?.resourceId !== undefined && { resourceId: found.resourceId }),
  };
}

function conflict({ message, details: found }: Read): ErrorFacts {
  const field =
    found?.field ?? /^Key \(([^)]+)\)=/.exec(found?.detail ?? '')?.[1] ?? /with that (\w+) already/i.exec(message)?.[1];
  return { kind: 'conflict', ...(field !== undefined && { field }) };
}

/** Milliseconds to wait: from the body, else `Retry-After`, else `X-RateLimit-Reset` (unix seconds); at most two minutes. */
function waitOf(fromBody: number | undefined, headers: IncomingHttpHeaders): number {
  const after = Number(headers['retry-after']) * 1000;
  const reset = Number(headers['x-ratelimit-reset']) * 1000 - Date.now();
  const wait = [fromBody, after, reset].find((one) => one !== undefined && Number.isFinite(one)) ?? 1000;
  return Math.min(Math.max(Math.ceil(wait), 0), 120_000);
}
