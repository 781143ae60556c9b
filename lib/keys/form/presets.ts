import { PROFILES } from './profiles.ts';

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
