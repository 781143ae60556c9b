import { DAY } from '../world/clock.ts';
import { hashOf } from '../resources/keys/key-cache.ts';
import { DEMO_KEYS, type DemoKey } from '../resources/keys/keys-demo.ts';
import { insertRow } from '../world/tables.ts';
import { keys } from '../wire/wire-rows.ts';
import { placeOf } from './audit.ts';
import type { Seeding } from './seeding.ts';

/** The demo keys, and integrations up to the world's number: above a hundred, Omni's list hides the newest. */
export function seedKeys(seeding: Seeding): void {
  for (const key of Object.values(DEMO_KEYS)) addDemoKey(seeding, key);
  const { store, random, ago, sizes } = seeding;
  for (let number = Object.keys(DEMO_KEYS).length + 1; number <= sizes.keys; number += 1) {
    const createdAt = ago(60 - number * 0.3, random.whole(0, 999));
    const secret = `omni_sk_${random.uuid().replaceAll('-', '')}`;
    insertRow(store, keys, {
      id: random.uuid(),
      name: `integracao-${String(number).padStart(3, '0')}`,
      keyPrefix: secret.slice(8, 16),
      keyHash: hashOf(secret),
      scopes: random.pick([['persons:read'], ['chats:read', 'messages:send'], ['routes:*', 'instances:read']]),
      instanceIds: random.chance(0.5) ? [random.pick(seeding.places).id] : null,
      status: random.chance(0.1) ? 'revoked' : 'active',
      createdAt,
      createdBy: '__primary__',
      updatedAt: createdAt,
    });
  }
}

function addDemoKey({ store, ago, now }: Seeding, key: DemoKey): void {
  const createdAt = ago(key.createdDaysAgo, 1);
  const lastUsedAt = key.lastUsedDaysAgo === undefined ? null : (now - key.lastUsedDaysAgo * DAY - 60_000) * 1000;
  insertRow(store, keys, {
    id: key.id,
    name: key.name,
    description: key.description,
    keyPrefix: key.secret.slice(8, 16),
    keyHash: hashOf(key.secret),
    scopes: key.scopes,
    profile: key.profile,
    instanceIds: key.instanceIds,
    status: key.revoked ? 'revoked' : 'active',
    rateLimit: key.rateLimit,
    expiresAt: key.expiresIn === undefined ? null : (now + key.expiresIn) * 1000,
    lastUsedAt,
    lastUsedIp: lastUsedAt === null ? null : placeOf(key.id).ip,
    usageCount: key.usageCount ?? 0,
    revokedAt: key.revoked ? ago(key.revoked.daysAgo) : null,
    revokedBy: key.revoked?.by,
    revokeReason: key.revoked?.reason,
    createdAt,
    createdBy: key.name === '__primary__' || key.name.startsWith('agent:') ? 'system' : '__primary__',
    updatedAt: lastUsedAt ?? createdAt,
  });
}
