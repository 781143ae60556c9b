/**
 * The scope policy: deny by default (contract §1.3). `POST /agents/:id/identities` is mapped although the handler is
 * `…/identities/link`, which stays unmapped: only `*` keys reach it.
 */
const POLICY = `
GET    /instances                          instances:read
GET    /instances/:id                      instances:read
GET    /instances/:id/status               instances:read
POST   /instances                          instances:write
PATCH  /instances/:id                      instances:write
DELETE /instances/:id                      instances:write
GET    /instances/:id/routes               routes:read
GET    /instances/:id/routes/:routeId      routes:read
POST   /instances/:id/routes               routes:write
PATCH  /instances/:id/routes/:routeId      routes:write
DELETE /instances/:id/routes/:routeId      routes:write
GET    /routes/metrics                     routes:read
GET    /persons                            persons:read
GET    /persons/:id                        persons:read
GET    /persons/:id/presence               persons:read
GET    /persons/:id/timeline               persons:read
PATCH  /persons/:id                        persons:write
POST   /persons/link                       persons:write
POST   /persons/unlink                     persons:write
POST   /persons/merge                      persons:write
GET    /agents                             agents:read
GET    /agents/:id                         agents:read
GET    /agents/:id/identities              agents:read
GET    /agents/:id/tasks                   agent-tasks:read
POST   /agents                             agents:write
PATCH  /agents/:id                         agents:write
DELETE /agents/:id                         agents:write
POST   /agents/:id/identities              agents:write
GET    /providers                          providers:read
GET    /providers/:id                      providers:read
POST   /providers                          providers:write
PATCH  /providers/:id                      providers:write
DELETE /providers/:id                      providers:write
POST   /providers/:id/health               providers:read
GET    /chats                              chats:read
GET    /chats/:id                          chats:read
GET    /chats/:id/participants             chats:read
GET    /keys                               keys:read
GET    /keys/:id                           keys:read
GET    /keys/:id/audit                     keys:read
POST   /keys                               keys:write
PATCH  /keys/:id                           keys:write
POST   /keys/:id/revoke                    keys:write
DELETE /keys/:id                           keys:write
GET    /access/rules                       access:read
GET    /access/rules/:id                   access:read
POST   /access/rules                       access:write
PATCH  /access/rules/:id                   access:write
DELETE /access/rules/:id                   access:write
POST   /access/check                       access:read
GET    /audit                              audit:read
GET    /audit/:id                          audit:read
GET    /automations                        automations:read
GET    /automations/:id                    automations:read
GET    /settings                           settings:read
POST   /auth/validate                      auth:validate
`;

type Rule = { method: string; pattern: RegExp; scope: string };

const RULES: readonly Rule[] = POLICY.trim()
  .split('\n')
  .map((line) => {
    const [method = '', path = '', scope = ''] = line.split(/\s+/);
    return { method, pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`), scope };
  });

/** The calls of the policy, their variables by name. */
export const POLICY_CALLS: readonly { method: string; path: string }[] = POLICY.trim()
  .split('\n')
  .map((line) => {
    const [method = '', path = ''] = line.split(/\s+/);
    return { method, path };
  });

/** The scope a call needs, or nothing if the policy does not know it. `/persons/link` never matches `/persons/:id`'s methods. */
export function scopeOf(method: string, path: string): string | undefined {
  const asked = method === 'HEAD' ? 'GET' : method;
  return RULES.find((rule) => rule.method === asked && rule.pattern.test(path))?.scope;
}

/** Exact, `namespace:*` or `*` (contract §1.3). */
export function covers(held: readonly string[], scope: string): boolean {
  const [namespace = ''] = scope.split(':');
  return held.includes('*') || held.includes(scope) || held.includes(`${namespace}:*`);
}

const reads = (names: string) => names.split(' ').map((name) => `${name}:read`);
const writes = (names: string) => names.split(' ').map((name) => `${name}:write`);

/** `console-viewer`: 29 scopes, sorted (behaviour H21). */
const VIEWER = [
  ...reads(
    'access agent-state agent-tasks agents automations batch-jobs chats context conversations dead-letters event-ops',
  ),
  ...reads('events follow-up handoffs instances journeys logs media messages metrics payloads persons providers'),
  ...reads('routes settings trust voice webhooks'),
  'auth:validate',
].sort();

const OPERATOR = [
  ...VIEWER,
  ...writes('agent-state agent-tasks automations batch-jobs chats context conversations dead-letters event-ops events'),
  ...writes('follow-up instances media messages persons routes voice'),
  'messages:send',
  'tts:synthesize',
  'turns:admin',
  'turns:close',
].sort();

const ADMIN = [
  ...OPERATOR,
  ...writes('access agents keys payloads providers settings trust webhooks'),
  'keys:read',
].sort();

export type ScopeLock = 'chatAllowlist' | 'instanceAllowlist' | 'outboundRecipientAllowlist';
export type ScopeProfile = { scopes: readonly string[]; locks: readonly ScopeLock[] };

const PERSONAL = [
  'chats:read',
  'context:write',
  'instances:read',
  'media:read',
  'media:write',
  'messages:send',
  'tts:synthesize',
  'turns:close',
];

/** The profiles a key can be made from (contract §5.2). */
export const PROFILES = {
  cs: {
    scopes: ['chats:read', 'context:write', 'instances:read', 'messages:send', 'turns:close'],
    locks: ['chatAllowlist', 'instanceAllowlist'],
  },
  personal: { scopes: PERSONAL, locks: ['instanceAllowlist'] },
  scout: {
    scopes: ['chats:read', 'context:write', 'instances:read', 'media:read', 'messages:send'],
    locks: ['outboundRecipientAllowlist'],
  },
  coworker: { scopes: PERSONAL, locks: ['instanceAllowlist'] },
  'console-viewer': { scopes: VIEWER, locks: [] },
  'console-operator': { scopes: OPERATOR, locks: [] },
  'console-admin': { scopes: ADMIN, locks: [] },
} satisfies Record<string, ScopeProfile>;

export type ProfileName = keyof typeof PROFILES;

export function profileOf(name: string | null): ScopeProfile | undefined {
  return Object.entries(PROFILES).find(([known]) => known === name)?.[1];
}
