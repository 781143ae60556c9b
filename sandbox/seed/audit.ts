import { HOUR } from '../world/clock.ts';
import { DEMO_KEYS, type DemoKey } from '../resources/keys/keys-demo.ts';
import { insertRow } from '../world/tables.ts';
import { covers } from '../wire/scopes.ts';
import { configAudit, keyAudit } from '../wire/wire-rows.ts';
import { knownId, type Seeding } from './seeding.ts';

type Caller = {
  key: { id: string; lastUsedDaysAgo?: number };
  ips: readonly string[];
  agent: string;
  calls: readonly string[];
};

/** Who calls with which key: the leaked one from two places at once, one of them nobody's. */
const CALLERS: readonly Caller[] = [
  {
    key: DEMO_KEYS.leaked,
    ips: ['203.0.113.40', '198.51.100.23'],
    agent: 'python-requests/2.32',
    calls: ['GET /persons', 'GET /persons', 'POST /auth/validate'],
  },
  {
    key: DEMO_KEYS.support,
    ips: ['203.0.113.7'],
    agent: 'omni-console/0.1.0',
    calls: ['GET /persons', 'GET /chats', 'GET /access/rules'],
  },
  { key: DEMO_KEYS.whatsapp, ips: ['10.0.0.12'], agent: 'node', calls: ['GET /chats', 'GET /instances'] },
  { key: DEMO_KEYS.admin, ips: ['10.0.0.2'], agent: 'omni-cli/2.0.0', calls: ['GET /keys', 'GET /agents'] },
  { key: DEMO_KEYS.expiring, ips: ['10.0.0.31'], agent: 'bi-export/3', calls: ['GET /persons'] },
];

/** Where a demo key is used from, its row and its last request alike. */
export function placeOf(keyId: string): { ip: string; agent: string; calls: readonly string[] } {
  const { ips = [], agent = 'node', calls = [] } = CALLERS.find(({ key }) => key.id === keyId) ?? {};
  return { ip: ips[0] ?? '203.0.113.7', agent, calls };
}

function callOf(call: string) {
  const [method = '', path = ''] = call.split(' ');
  return { method, path: `/api/v2${path}` };
}

/** The last use of a demo key, as its row tells it. */
function lastUseOf({ id, scopes, lastUsedDaysAgo = 0 }: DemoKey, now: number) {
  const { ip, agent, calls } = placeOf(id);
  return {
    apiKeyId: id,
    ...callOf(calls[0] ?? (covers(scopes, 'chats:read') ? 'GET /chats' : 'GET /persons')),
    statusCode: 200,
    ipAddress: ip,
    userAgent: agent,
    timestamp: (now - lastUsedDaysAgo * 24 * HOUR - 60_000) * 1000,
  };
}

export function seedAudit(seeding: Seeding): void {
  const { store, random, sizes, now } = seeding;
  const used: DemoKey[] = Object.values(DEMO_KEYS).filter((key: DemoKey) => key.lastUsedDaysAgo !== undefined);
  for (let number = 0; number < sizes.auditRows; number += 1) {
    const { key, ips, agent, calls } = random.pick(CALLERS);
    const newest = now - (key.lastUsedDaysAgo ?? 0) * 24 * HOUR - 60_000;
    const moment = newest - Math.floor(random.next() ** 3 * 20 * 24 * HOUR);
    const last = used[number];
    insertRow(store, keyAudit, {
      id: random.uuid(),
      apiKeyId: key.id,
      ...callOf(random.pick(calls)),
      statusCode: random.chance(0.03) ? random.pick([403, 404, 429, 500]) : 200,
      ipAddress: random.pick(ips),
      userAgent: agent,
      responseTimeMs: random.whole(1, 40),
      timestamp: moment * 1000 + random.whole(0, 999),
      ...(last ? lastUseOf(last, now) : {}),
    });
  }
  seedConfigAudit(seeding);
}

type Recorded = {
  daysAgo: number;
  type: 'route' | 'agent' | 'provider' | 'api_key';
  verb: string;
  target: string | null;
  call: readonly [method: string, path: string, status?: number];
  changes: Record<string, readonly [before: unknown, after: unknown]>;
  by: { id: string; name: string };
  actor?: string;
  agent: string;
};

/** Changes that were made past the console, as things are now. */
function recorded({ now }: Seeding): Recorded[] {
  const [vip, concierge, webhook] = [knownId('fffffff', 5), knownId('bbbbbbb', 5), knownId('aaaaaaa', 2)];
  const { admin, consoleOperator, revoked, expiring } = DEMO_KEYS;
  const cli = { by: admin, actor: 'Otávio (CLI)', agent: 'omni-cli/2.0.0' };
  const routes = '/instances/11111111-1111-4111-8111-111111111111/routes';
  return [
    {
      daysAgo: 12,
      type: 'route',
      verb: 'update',
      target: vip,
      ...cli,
      call: ['PATCH', `${routes}/${vip}`],
      changes: { priority: [0, 100] },
    },
    {
      daysAgo: 30,
      type: 'api_key',
      verb: 'revoke',
      target: revoked.id,
      ...cli,
      call: ['POST', `/keys/${revoked.id}/revoke`],
      changes: { status: ['active', 'revoked'], revokeReason: [null, revoked.revoked?.reason] },
    },
    {
      daysAgo: 25,
      type: 'api_key',
      verb: 'update',
      target: expiring.id,
      ...cli,
      call: ['PATCH', `/keys/${expiring.id}`],
      changes: { expiresAt: [null, new Date(now + (expiring.expiresIn ?? 0)).toISOString()] },
    },
    {
      daysAgo: 9,
      type: 'agent',
      verb: 'update',
      target: concierge,
      by: consoleOperator,
      agent: 'n8n',
      call: ['PATCH', `/agents/${concierge}`],
      changes: { model: ['claude-sonnet', 'claude-opus'] },
    },
    {
      daysAgo: 6,
      type: 'provider',
      verb: 'update',
      target: webhook,
      ...cli,
      call: ['PATCH', `/providers/${webhook}`],
      changes: { baseUrl: ['http://127.0.0.1:7779/hook', 'http://127.0.0.1:7778/hook'] },
    },
    {
      daysAgo: 5,
      type: 'route',
      verb: 'create',
      target: null,
      by: consoleOperator,
      agent: 'n8n',
      changes: {},
      call: ['POST', routes, 409],
    },
  ];
}

function seedConfigAudit(seeding: Seeding): void {
  for (const [index, one] of recorded(seeding).entries()) {
    const { daysAgo, type, verb, target, call, changes, by, actor = null, agent } = one;
    const [method, path, statusCode = 200] = call;
    insertRow(seeding.store, configAudit, {
      id: knownId('eeeeeee', index + 1),
      apiKeyId: by.id,
      apiKeyName: by.name,
      actor,
      requestId: `req_seed_${index + 1}`,
      ipAddress: '10.0.0.2',
      userAgent: agent,
      method,
      path: `/api/v2${path}`,
      statusCode,
      action: `${type}.${verb}`,
      targetType: type,
      targetId: target,
      changedFields: Object.keys(changes),
      changes: Object.fromEntries(
        Object.entries(changes).map(([field, [before, after]]) => [field, { before, after }]),
      ),
      createdAt: seeding.ago(daysAgo, index),
    });
  }
}
