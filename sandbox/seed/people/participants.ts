import { insertRow } from '../../world/tables.ts';
import { participants } from '../../wire/wire-rows.ts';
import type { Seeding } from '../seeding.ts';

/** Members of groups, some under a nickname: the search shows that nickname as their name (contract §10, 21). */
export function seedParticipants(seeding: Seeding): void {
  const { random, sizes } = seeding;
  const groups = new Map<string, string[]>();
  for (const chat of seeding.chats) {
    if (chat.type !== 'dm') groups.set(chat.instanceId, [...(groups.get(chat.instanceId) ?? []), chat.id]);
  }
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  for (let added = 0, tries = 0; added < sizes.participants && tries < sizes.participants * 4; tries += 1) {
    const identity = random.pick(seeding.identities);
    const chatId = random.pick(groups.get(identity.instanceId) ?? []);
    const mark = `${chatId} ${identity.platformUserId}`;
    if (chatId === undefined || seen.has(mark)) continue;
    seen.add(mark);
    added += 1;
    counts.set(chatId, (counts.get(chatId) ?? 0) + 1);
    addParticipant(seeding, chatId, identity);
  }
  for (const [chatId, count] of counts) {
    seeding.store.run('UPDATE chats SET participant_count = ? WHERE id = ?', count, chatId);
  }
}

function addParticipant(
  { store, random, ago }: Seeding,
  chatId: string,
  identity: Seeding['identities'][number],
): void {
  const first = identity.name?.split(' ')[0];
  const nickname =
    first !== undefined && random.chance(0.2) ? `~${first} ${random.pick(['🔧', 'da Loja', 'Zap', '2'])}` : null;
  const joinedAt = ago(random.next() * 100 + 1, random.whole(0, 999));
  insertRow(store, participants, {
    id: random.uuid(),
    chatId,
    personId: random.chance(0.9) ? identity.personId : null,
    platformIdentityId: identity.id,
    platformUserId: identity.platformUserId,
    displayName: nickname ?? identity.name,
    role: random.chance(0.05) ? 'admin' : 'member',
    isActive: true,
    joinedAt,
    lastSeenAt: random.chance(0.8) ? ago(random.next()) : null,
    messageCount: random.whole(0, 50),
    createdAt: joinedAt,
    updatedAt: joinedAt,
  });
}
