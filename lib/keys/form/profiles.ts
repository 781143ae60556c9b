import { RESOURCES } from '#lib/scopes/table.ts';

export type KeyLock = 'instanceAllowlist' | 'chatAllowlist' | 'outboundRecipientAllowlist';

/** A server's profile. `scopes` as the contract lists them; another server may resolve others (contract §5.2). */
export type KeyProfile = { name: string; locks: readonly KeyLock[]; scopes: readonly string[] };

const reads = RESOURCES.map(({ name }) => name)
  .filter((name) => name !== 'keys' && name !== 'audit')
  .map((name) => `${name}:read`);
const viewer = [...reads, 'auth:validate'];
const writes = (names: string) => names.split(/\s+/).map((name) => `${name}:write`);
const operator = [
  ...viewer,
  ...writes(`agent-state agent-tasks automations batch-jobs chats context conversations dead-letters event-ops events
    follow-up instances media messages persons routes voice`),
  'messages:send',
  'tts:synthesize',
  'turns:admin',
  'turns:close',
];
const admin = [...operator, ...writes('access agents keys payloads providers settings trust webhooks'), 'keys:read'];
const cs = ['messages:send', 'chats:read', 'context:write', 'instances:read', 'turns:close'];
const personal = [...cs, 'media:read', 'tts:synthesize', 'media:write'];

/** The profiles a key can be created from over HTTP; `admin` only on the server's own terminal (contract §5.2). */
export const PROFILES: readonly KeyProfile[] = [
  { name: 'console-viewer', locks: [], scopes: viewer },
  { name: 'console-operator', locks: [], scopes: operator },
  { name: 'console-admin', locks: [], scopes: admin },
  { name: 'cs', locks: ['chatAllowlist', 'instanceAllowlist'], scopes: cs },
  { name: 'personal', locks: ['instanceAllowlist'], scopes: personal },
  { name: 'coworker', locks: ['instanceAllowlist'], scopes: personal },
  {
    name: 'scout',
    locks: ['outboundRecipientAllowlist'],
    scopes: ['chats:read', 'context:write', 'instances:read', 'media:read', 'messages:send'],
  },
];

/** A profile by its name. */
export function profileOf(name: string | null): KeyProfile | undefined {
  return PROFILES.find((profile) => profile.name === name);
}

const readsOf = (names: string) => names.split(' ').map((name) => `${name}:read`);

/**
 * Permissions by job. *Support* edits people and routes and reads what it needs for that, no keys; *Operator* and *Read only*
 * are Omni's own tiers (contract §5.5); *Monitoring* reads the server's health; *Integration* sends and receives messages.
 */
export const PRESETS = [
  {
    id: 'support',
    scopes: [
      'persons:*',
      'routes:*',
      ...readsOf('access instances agents providers chats automations'),
      'auth:validate',
    ],
  },
  { id: 'operator', scopes: PROFILES.find(({ name }) => name === 'console-operator')?.scopes ?? [] },
  {
    id: 'monitoring',
    scopes: [...readsOf('metrics logs instances routes dead-letters event-ops batch-jobs'), 'auth:validate'],
  },
  {
    id: 'integration',
    scopes: [
      ...readsOf('persons chats messages media instances'),
      'messages:send',
      'messages:write',
      'media:write',
      'webhooks:read',
      'webhooks:write',
      'auth:validate',
    ],
  },
  { id: 'read-only', scopes: PROFILES.find(({ name }) => name === 'console-viewer')?.scopes ?? [] },
] as const satisfies readonly { id: string; scopes: readonly string[] }[];
