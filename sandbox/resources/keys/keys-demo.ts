import { PROFILES } from '../../wire/scopes.ts';

const DAY = 86_400_000;
const secret = (name: string) => `omni_sk_${name.padEnd(32, '0')}`;

export type DemoKey = {
  id: string;
  name: string;
  secret: string;
  description: string | null;
  scopes: readonly string[];
  instanceIds: readonly string[] | null;
  profile?: string;
  /** Milliseconds before (negative) or after the seed's own "now". */
  expiresIn?: number;
  revoked?: { daysAgo: number; by: string; reason: string };
  rateLimit?: number;
  createdDaysAgo: number;
  lastUsedDaysAgo?: number;
  usageCount?: number;
};

const id = (number: number) => `99999990-0000-4000-8000-${String(number).padStart(12, '0')}`;
const WHATSAPP = '11111111-1111-4111-8111-111111111111';

const SUPPORT = [
  'persons:read',
  'persons:write',
  'routes:read',
  'routes:write',
  'access:read',
  'instances:read',
  'agents:read',
  'providers:read',
  'chats:read',
  'automations:read',
  'auth:validate',
];

/** The keys every sandbox has, whatever its seed. Their secrets are public: a sandbox holds nothing of anyone's. */
export const DEMO_KEYS = {
  admin: {
    id: id(1),
    name: '__primary__',
    secret: secret('DemoAdmin'),
    description: 'Primary API key - auto-generated on first start. Cannot be deleted.',
    scopes: ['*'],
    instanceIds: null,
    createdDaysAgo: 300,
    lastUsedDaysAgo: 0,
    usageCount: 48_211,
  },
  support: {
    id: id(2),
    name: 'Suporte',
    secret: secret('DemoSupport'),
    description: 'Equipe de atendimento',
    scopes: SUPPORT,
    instanceIds: null,
    createdDaysAgo: 200,
    lastUsedDaysAgo: 1,
    usageCount: 9120,
  },
  viewer: {
    id: id(3),
    name: 'Somente leitura',
    secret: secret('DemoViewer'),
    description: 'Painel da diretoria',
    scopes: PROFILES['console-viewer'].scopes,
    profile: 'console-viewer',
    instanceIds: null,
    createdDaysAgo: 150,
    lastUsedDaysAgo: 3,
    usageCount: 310,
  },
  operator: {
    id: id(4),
    name: 'operator',
    secret: secret('DemoOperator'),
    description: 'Everything an operator needs but auth:validate, so that /auth/validate answers 403',
    scopes: [
      'persons:read',
      'persons:write',
      'routes:read',
      'routes:write',
      'instances:read',
      'keys:read',
      'keys:write',
    ],
    instanceIds: null,
    createdDaysAgo: 140,
    lastUsedDaysAgo: 2,
    usageCount: 702,
  },
  consoleAdmin: {
    id: id(5),
    name: 'console-admin',
    secret: secret('DemoConsoleAdmin'),
    description: null,
    scopes: PROFILES['console-admin'].scopes,
    profile: 'console-admin',
    instanceIds: null,
    createdDaysAgo: 120,
  },
  consoleOperator: {
    id: id(6),
    name: 'console-operator',
    secret: secret('DemoConsoleOperator'),
    description: null,
    scopes: PROFILES['console-operator'].scopes,
    profile: 'console-operator',
    instanceIds: null,
    createdDaysAgo: 119,
  },
  whatsapp: {
    id: id(7),
    name: 'wa-integration',
    secret: secret('DemoWhatsapp'),
    description: 'WhatsApp of the sales team',
    scopes: ['*'],
    instanceIds: [WHATSAPP],
    createdDaysAgo: 110,
    lastUsedDaysAgo: 0,
    usageCount: 15_044,
    rateLimit: 60,
  },
  narrow: {
    id: id(8),
    name: 'webhook-relay',
    secret: secret('DemoNarrow'),
    description: 'Holds one scope that no console page needs',
    scopes: ['webhooks:write'],
    instanceIds: [],
    createdDaysAgo: 100,
  },
  expired: {
    id: id(9),
    name: 'old-campaign',
    secret: secret('DemoExpired'),
    description: 'Campanha de março',
    scopes: ['persons:read', 'auth:validate'],
    instanceIds: null,
    expiresIn: -20 * DAY,
    createdDaysAgo: 90,
    lastUsedDaysAgo: 21,
    usageCount: 4400,
  },
  revoked: {
    id: id(10),
    name: 'parceiro-antigo',
    secret: secret('DemoRevoked'),
    description: null,
    scopes: ['persons:read', 'chats:read', 'auth:validate'],
    instanceIds: null,
    revoked: { daysAgo: 30, by: '__primary__', reason: 'Contrato encerrado' },
    createdDaysAgo: 80,
    lastUsedDaysAgo: 31,
    usageCount: 88,
  },
  expiring: {
    id: id(11),
    name: 'relatorios-bi',
    secret: secret('DemoExpiring'),
    description: 'Exporta contatos toda noite',
    scopes: ['persons:read', 'chats:read', 'auth:validate'],
    instanceIds: null,
    expiresIn: 5 * DAY,
    createdDaysAgo: 70,
    lastUsedDaysAgo: 0,
    usageCount: 640,
  },
  leaked: {
    id: id(12),
    name: 'chatbot-site',
    secret: secret('DemoLeaked'),
    description: 'Found in a public repository; still in use from two places',
    scopes: ['persons:read', 'persons:write', 'auth:validate'],
    instanceIds: null,
    createdDaysAgo: 60,
    lastUsedDaysAgo: 0,
    usageCount: 2210,
  },
  agent: {
    id: id(13),
    name: 'agent:Vendas',
    secret: secret('DemoAgent'),
    description: 'Managed by Omni for an agent',
    scopes: ['messages:send', 'chats:read', 'instances:read'],
    instanceIds: [WHATSAPP],
    createdDaysAgo: 50,
    lastUsedDaysAgo: 0,
    usageCount: 31_004,
  },
} satisfies Record<string, DemoKey>;

export type DemoKeyName = keyof typeof DEMO_KEYS;

/** The secrets by the name tests use. */
export const DEMO_SECRETS = Object.fromEntries(
  Object.entries(DEMO_KEYS).map(([name, key]) => [name, key.secret]),
) as Record<DemoKeyName, string>;
