import { forbidden, type ApiError } from '../../wire/http-errors.ts';
import { readJson } from '../../wire/input.ts';
import type { CachedKey } from './key-cache.ts';
import { profileOf, type ScopeLock } from '../../wire/scopes.ts';
import type { Call } from '../../wire/call.ts';

const LOCKS: readonly { lock: ScopeLock; path: RegExp; field: string }[] = [
  { lock: 'instanceAllowlist', path: /^\/instances\/([^/]+)/, field: 'instanceId' },
  { lock: 'chatAllowlist', path: /^\/chats\/([^/]+)/, field: 'chatId' },
  { lock: 'outboundRecipientAllowlist', path: /^$/, field: 'to' },
];

/**
 * A profile's locks are asked of every request, the target being in the path or the body only: a locked key that calls
 * something without a target, `GET /persons` say, is refused with an empty `attempted` (contract §1.4, behaviour R7, R8).
 */
export async function lockRefusal(call: Call, key: CachedKey, path: string): Promise<ApiError | undefined> {
  const required: readonly string[] = profileOf(key.profile)?.locks ?? [];
  const active = LOCKS.filter(({ lock }) => key[lock].length > 0 || required.includes(lock));
  if (active.length === 0) return undefined;
  const body = call.req.method === 'GET' ? {} : await readJson(call).catch(() => ({}));
  for (const { lock, path: pattern, field } of active) {
    const inBody: unknown = Object(body)[field];
    const attempted = pattern.exec(path)?.[1] ?? (typeof inBody === 'string' ? inBody : '');
    if (!key[lock].includes(attempted)) {
      const message = `Insufficient permissions. Lock ${lock} does not include attempted target.`;
      return forbidden(message, { lock, attempted });
    }
  }
  return undefined;
}
