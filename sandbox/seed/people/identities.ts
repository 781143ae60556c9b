import { insertRow } from '../../world/tables.ts';
import { identities } from '../../wire/wire-rows.ts';
import type { Random } from '../random.ts';
import type { SeededPerson, Seeding } from '../seeding.ts';

/** 1.8 identities a person (behaviour, latency), none for three in a hundred: those can never be merged away. */
export function seedIdentities(seeding: Seeding): void {
  const taken = new Set(seeding.identities.map((identity) => `${identity.instanceId} ${identity.platformUserId}`));
  for (const person of seeding.people) {
    if (person.known || seeding.random.chance(0.03)) continue;
    for (let count = countFor(seeding.random); count > 0; count -= 1) addIdentity(seeding, taken, person);
  }
}

function countFor(random: Random): number {
  const drawn = random.next();
  if (drawn < 0.42) return 1;
  if (drawn < 0.76) return 2;
  return drawn < 0.93 ? 3 : 4;
}

function addIdentity(
  { store, random, places, ago, identities: known }: Seeding,
  taken: Set<string>,
  person: SeededPerson,
) {
  const { id: instanceId, channel } = random.pick(places);
  const platformUserId = handleOf(random, channel, person);
  const mark = `${instanceId} ${platformUserId}`;
  if (taken.has(mark)) return;
  taken.add(mark);
  const id = random.uuid();
  const { createdAt } = person;
  const messageCount = random.chance(0.15) ? 0 : random.whole(1, 400);
  const lastSeenAt = Math.floor((createdAt + random.next() * (ago(0) - createdAt)) / 1000) * 1000;
  const platformUsername = random.chance(0.7) ? person.name : null;
  insertRow(store, identities, {
    id,
    personId: person.id,
    channel,
    instanceId,
    platformUserId,
    platformUsername,
    messageCount,
    lastSeenAt: messageCount > 0 ? lastSeenAt : null,
    firstSeenAt: createdAt,
    linkedBy: random.pick(['initial', 'initial', 'auto', 'phone_match']),
    confidence: random.pick([100, 100, 90]),
    createdAt,
    updatedAt: messageCount > 0 ? lastSeenAt : createdAt,
  });
  known.push({ id, personId: person.id, instanceId, platformUserId, name: platformUsername });
}

/** WhatsApp numbers where the person has one and the handle is not hidden behind a `@lid`. */
function handleOf(random: Random, channel: string, person: SeededPerson): string {
  if (channel === 'discord') return `4${random.digits(17)}`;
  if (channel === 'telegram') return `6${random.digits(9)}`;
  if (channel === 'slack') return `U${random.digits(10)}`;
  if (person.phone === null || random.chance(0.3)) return `${random.whole(1, 9)}${random.digits(13)}@lid`;
  const digits = person.phone.replace(/\D/g, '');
  return `${digits.startsWith('55') ? '' : '55'}${digits}@s.whatsapp.net`;
}
