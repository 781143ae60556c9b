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
