import { insertRow } from '../../world/tables.ts';
import { events, messages } from '../../wire/wire-rows.ts';
import { knownId, PLACES, type Seeding } from '../seeding.ts';

/** Twelve events of João and five of his double, eight messages, and a scatter over everybody else (behaviour E0). */
export function seedTimeline(seeding: Seeding): void {
  const [joao, double] = [knownId('dddddd', 1), knownId('dddddd', 2)];
  const chatId = knownId('cccccc', 1);
  for (let number = 0; number < 12; number += 1) {
    addEvent(
      seeding,
      joao,
      knownId('eeeeee', 1),
      PLACES.whatsapp,
      `mensagem ${number} de João Silva`,
      21 - number,
      chatId,
    );
  }
  for (let number = 0; number < 5; number += 1) {
    addEvent(
      seeding,
      double,
      knownId('eeeeee', 3),
      PLACES.telegram,
      `mensagem ${number} de Joao Silva`,
      31 - number,
      null,
    );
  }
  for (let number = 0; number < 8; number += 1) {
    const createdAt = seeding.ago(20 - number);
    insertRow(seeding.store, messages, {
      id: seeding.random.uuid(),
      chatId,
      senderPersonId: joao,
      senderPlatformIdentityId: knownId('eeeeee', 1),
      textContent: `mensagem ${number}`,
      createdAt,
      updatedAt: createdAt,
    });
  }
  const known = new Set([joao, double]);
  for (let number = 17; number < seeding.sizes.events; number += 1) {
    const identity = seeding.random.pick(seeding.identities);
    if (known.has(identity.personId)) continue;
    const days = seeding.random.next() * 60;
    addEvent(seeding, identity.personId, identity.id, identity.instanceId, `mensagem ${number}`, days, null);
  }
  agreeWithIdentities(seeding);
}

/** No event is from before its identity was first seen, and no identity counts fewer messages than it has, or was seen last before one. */
function agreeWithIdentities({ store }: Seeding): void {
  store.run(`UPDATE omni_events SET (received_at, created_at) =
    (SELECT max(received_at, first_seen_at), max(received_at, first_seen_at) FROM platform_identities WHERE id = platform_identity_id)`);
  store.run(`UPDATE platform_identities SET message_count = max(message_count, of.count),
    last_seen_at = max(coalesce(last_seen_at, 0), of.latest), updated_at = max(updated_at, of.latest)
    FROM (SELECT platform_identity_id AS id, count(*) AS count, max(received_at) AS latest FROM omni_events GROUP BY 1) AS of
    WHERE of.id = platform_identities.id`);
}

function addEvent(
  { store, random, ago, places }: Seeding,
  personId: string,
  platformIdentityId: string,
  instanceId: string,
  textContent: string,
  days: number,
  chatId: string | null,
): void {
  const receivedAt = ago(days, random.whole(0, 999));
  const inbound = random.chance(0.7);
  insertRow(store, events, {
    id: random.uuid(),
    externalId: random.digits(16),
    channel: places.find((place) => place.id === instanceId)?.channel ?? 'whatsapp-baileys',
    instanceId,
    personId,
    platformIdentityId,
    eventType: inbound ? 'message.received' : 'message.sent',
    direction: inbound ? 'inbound' : 'outbound',
    contentType: 'text',
    textContent,
    chatId,
    status: inbound ? 'received' : 'completed',
    receivedAt,
    createdAt: receivedAt,
  });
}
