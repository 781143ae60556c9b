import type { OmniError } from './errors.ts';
import { isPermittedKeyChange } from '#lib/omni/permits/key-permit.ts';
import { isReservedName } from '#lib/omni/permits/key-rules.ts';
import { isPermittedLink } from '#lib/omni/permits/link-permit.ts';
import { notSent } from './local-error.ts';
import type { OmniCall } from './omni.ts';
import { isSendable, isUuid } from './path.ts';

/** What is really sent, as one text: NUL and half a surrogate pair make Omni answer 500 (behaviour C19, B8.16). */
function isReadable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (Array.isArray(value)) return value.every(isReadable);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, part]) => isReadable(name) && isReadable(part));
}

function differ(left: unknown, right: unknown): boolean {
  return isUuid(left) && isUuid(right) && left.toLowerCase() !== right.toLowerCase();
}

/**
 * Why the door won't send a call, or nothing. `body` is the JSON text about to be sent, so that no getter or `toJSON` can
 * show one thing here and another to Omni. A self-merge deletes the person and answers 404 (contract §3.1).
 */
export function refusal<T>(call: OmniCall<T>, body: string | undefined): OmniError | undefined {
  if (!isSendable(call.path)) return notSent('bad_path', [{ path: 'path', message: 'not an address of Omni’s' }]);
  const sent: unknown = body === undefined ? undefined : JSON.parse(body);
  if (!isReadable(call.query) || !isReadable(sent)) return notSent('unreadable_text');
  if (call.method === 'GET') return undefined;
  const fields = new Map(Object.entries(typeof sent === 'object' && sent !== null ? sent : {}));
  if (call.path === '/persons/merge' && !differ(fields.get('sourcePersonId'), fields.get('targetPersonId'))) {
    return notSent('self_merge', [{ path: 'targetPersonId', message: 'needs two different persons' }]);
  }
  if (call.path.startsWith('/keys/') && !isPermittedKeyChange(call)) return notSent('unguarded_key_change');
  if (/^\/keys(\/|$)/.test(call.path) && isReservedName(fields.get('name'))) {
    return notSent('reserved_name', [{ path: 'name', message: 'is reserved' }]);
  }
  if (call.path !== '/persons/link') return undefined;
  if (!differ(fields.get('identityA'), fields.get('identityB'))) {
    return notSent('self_link', [{ path: 'identityB', message: 'needs two different identities' }]);
  }
  return isPermittedLink(call) ? undefined : notSent('unplanned_link');
}
