import { HOUR } from '../world/clock.ts';
import { DEMO_KEYS } from '../resources/keys/keys-demo.ts';
import { insertRow } from '../world/tables.ts';
import { configAudit, keyAudit } from '../wire/wire-rows.ts';
import { knownId, type Seeding } from './seeding.ts';

type Caller = {
  key: { id: string; lastUsedDaysAgo?: number };
  ips: readonly string[];
  agent: string;
  paths: readonly string[];
};

/** Who calls with which key: the leaked one from two places at once, one of them nobody's. */
const CALLERS: readonly Caller[] = [
  {
    key: DEMO_KEYS.leaked,
    ips: ['203.0.113.40', '198.51.100.23'],
    agent: 'python-requests/2.32',
    paths: ['/api/v2/persons', '/api/v2/persons', '/api/v2/auth/validate'],
  },
  {
    key: DEMO_KEYS.support,
    ips: ['203.0.113.7'],
    agent: 'omni-console/0.1.0',
    paths: ['/api/v2/persons', '/api/v2/chats', '/api/v2/access/rules'],
  },
  { key: DEMO_KEYS.whatsapp, ips: ['10.0.0.12'], agent: 'node', paths: ['/api/v2/chats', '/api/v2/instances'] },
  { key: DEMO_KEYS.admin, ips: ['10.0.0.2'], agent: 'omni-cli/2.0.0', paths: ['/api/v2/keys', '/api/v2/agents'] },
  { key: DEMO_KEYS.expiring, ips: ['10.0.0.31'], agent: 'bi-export/3', paths: ['/api/v2/persons'] },
];

export function seedAudit(seeding: Seeding): void {
  const { store, random, sizes, now } = seeding;
  for (let number = 0; number < sizes.auditRows; number += 1) {
    const { key, ips, agent, paths } = random.pick(CALLERS);
    const newest = now - (key.lastUsedDaysAgo ?? 0) * 24 * HOUR - 60_000;
    const moment = newest - Math.floor(random.next() ** 3 * 20 * 24 * HOUR);
    insertRow(store, keyAudit, {
      id: random.uuid(),
      apiKeyId: key.id,
      method: 'GET',
      path: random.pick(paths),
      statusCode: random.chance(0.03) ? random.pick([403, 404, 429, 500]) : 200,
      ipAddress: random.pick(ips),
      userAgent: agent,
      responseTimeMs: random.whole(1, 40),
      timestamp: moment * 1000 + random.whole(0, 999),
    });
  }
  seedConfigAudit(seeding);
}

function seedConfigAudit({ store, random, ago }: Seeding): void {
  const targetId = knownId('fffffff', 5);
  const common = { apiKeyId: DEMO_KEYS.admin.id, apiKeyName: '__primary__', ipAddress: '10.0.0.2', targetId };
  const path = `/api/v2/instances/11111111-1111-4111-8111-111111111111/routes/${targetId}`;
  insertRow(store, configAudit, {
    ...common,
    id: random.uuid(),
    actor: 'Otávio (CLI)',
    requestId: 'req_seed_1',
    userAgent: 'omni-cli/2.0.0',
    method: 'PATCH',
    path,
    statusCode: 200,
    action: 'route.update',
    targetType: 'route',
    changedFields: ['priority'],
    changes: { priority: { before: 0, after: 100 } },
    createdAt: ago(12),
  });
}
