import { allows } from './scopes.ts';

const BOTH = `access agent-state agent-tasks agents automations batch-jobs chats context conversations dead-letters event-ops
  events follow-up instances keys media messages payloads persons providers routes settings trust voice webhooks`;
const READ_ONLY = 'audit handoffs journeys logs metrics';

/** Resources that stand first in the matrix, since most keys are about them. */
const FIRST = ['persons', 'chats', 'messages', 'routes', 'instances', 'agents', 'providers', 'access', 'keys'];

/** A row of the matrix: a resource, and whether it can be written at all. */
export type ScopeResource = { name: string; writable: boolean };

const listed: ScopeResource[] = [
  ...BOTH.split(/\s+/).map((name) => ({ name, writable: true })),
  ...READ_ONLY.split(' ').map((name) => ({ name, writable: false })),
];

const rank = ({ name }: ScopeResource) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);

/** Every resource of Omni's scope policy (contract §5.5), the common ones first. */
export const RESOURCES: readonly ScopeResource[] = listed.sort(
  (a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1),
);

/** Scopes that neither read nor write a resource; `a2a:invoke` stands outside of Omni's table (contract §5.5). */
export const SINGLE_SCOPES = [
  'auth:validate',
  'messages:send',
  'tts:synthesize',
  'turns:close',
  'turns:admin',
  'a2a:invoke',
] as const;

/** Every scope this console knows, wildcards left out. */
export const KNOWN_SCOPES: readonly string[] = [
  ...RESOURCES.flatMap(({ name, writable }) => (writable ? [`${name}:read`, `${name}:write`] : [`${name}:read`])),
  ...SINGLE_SCOPES,
];

const NAMESPACES = new Set(KNOWN_SCOPES.map((scope) => scope.split(':')[0]));

/** Whether a text could be a scope at all; Omni stores any (contract §1.3). */
export function isScope(text: string): boolean {
  return /^(\*|[\w.-]+:([\w.-]+|\*))$/.test(text);
}

/** A scope as it is shown: one that is written like none in quotes, so that a space or what draws nothing is seen. */
export function shownScope(scope: string): string {
  if (isScope(scope)) return scope;
  return JSON.stringify(scope).replaceAll(
    /[^\u0020-\u007e]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Whether Omni would match a scope against anything; it stores a misspelled one without an error (contract §1.3). */
export function isKnownScope(scope: string): boolean {
  const namespace = /^([^:]+):\*$/.exec(scope)?.[1];
  return scope === '*' || KNOWN_SCOPES.includes(scope) || (namespace !== undefined && NAMESPACES.has(namespace));
}

export type PermissionLevel = 'none' | 'read' | 'write';

/** What scopes permit for a resource. Writing without reading counts as `write`; `isWriteOnly` tells them apart. */
export function levelOf(scopes: readonly string[], resource: string): PermissionLevel {
  if (allows(scopes, `${resource}:write`) === 'yes') return 'write';
  return allows(scopes, `${resource}:read`) === 'yes' ? 'read' : 'none';
}

/** Whether a resource can be written and not read. */
export function isWriteOnly(scopes: readonly string[], resource: string): boolean {
  return levelOf(scopes, resource) === 'write' && allows(scopes, `${resource}:read`) === 'no';
}

/** The scopes with a resource set to a level; what else they hold stays, in its order. */
export function withLevel(
  scopes: readonly string[],
  { name, writable }: ScopeResource,
  level: PermissionLevel,
): string[] {
  const mine = [`${name}:read`, `${name}:write`, `${name}:*`];
  const others = scopes.filter((scope) => !mine.includes(scope));
  // A wildcard also stood for what a namespace has besides (`messages:send`), which setting a level does not take.
  const besides = scopes.includes(`${name}:*`)
    ? SINGLE_SCOPES.filter((scope) => scope.startsWith(`${name}:`) && !others.includes(scope))
    : [];
  const own = level === 'none' ? [] : level === 'read' ? [`${name}:read`] : [`${name}:read`, `${name}:write`];
  return [
    ...others,
    ...(level === 'none' ? [] : besides),
    ...own.filter((scope) => writable || !scope.endsWith(':write')),
  ];
}

/**
 * The wanted scopes that the caller's own cover, and those they don't; a wildcard the caller lacks becomes the scopes under it
 * that the caller holds (contract §5.3).
 */
export function fitScopes(wanted: readonly string[], own: readonly string[] | null) {
  if (own === null) return { granted: [...wanted], missing: [] };
  const granted: string[] = [];
  const missing: string[] = [];
  for (const scope of wanted) {
    if (allows(own, scope) === 'yes') granted.push(scope);
    else if (scope.endsWith(':*')) {
      const parts = KNOWN_SCOPES.filter((known) => known.startsWith(scope.slice(0, -1)));
      granted.push(...parts.filter((part) => allows(own, part) === 'yes'));
      missing.push(...parts.filter((part) => allows(own, part) !== 'yes'));
    } else missing.push(scope);
  }
  return { granted: [...new Set(granted)], missing };
}

/** The wanted scopes that a caller with these scopes can't grant (contract §5.3). */
export function scopesBeyond(wanted: readonly string[], own: readonly string[] | null): string[] {
  return own === null ? [] : wanted.filter((scope) => allows(own, scope) !== 'yes');
}
