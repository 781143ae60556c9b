import { insertRow } from '../../world/tables.ts';
import { persons } from '../../wire/wire-rows.ts';
import { AREA_CODES, FIRST_NAMES, LAST_NAMES, plain } from './names.ts';
import type { Random } from '../random.ts';
import type { SeededPerson, Seeding } from '../seeding.ts';

const CLUSTER = 30;
const CLUSTER_DAYS = 150;

/** The rest of the people: every tenth a second entry of somebody, as auto-linking leaves them (contract §3.4). */
export function seedPeople(seeding: Seeding): void {
  const { random, sizes, people } = seeding;
  const phones = new Set(people.map((person) => person.phone));
  let clustered = 0;
  while (people.length < sizes.persons) {
    const twin = people.length > 50 && random.chance(0.1) ? random.pick(people) : undefined;
    const name = twin ? careless(random, twin.name) : fullName(random);
    const phone = uniquePhone(random, phones, twin?.phone ?? null);
    const inCluster = clustered < CLUSTER;
    clustered += 1;
    // One import: all within a single millisecond, which the list's cursor skips (behaviour B7).
    const createdAt = inCluster
      ? seeding.ago(CLUSTER_DAYS, 123 + clustered * 17)
      : seeding.ago(random.next() * 240 + 4, random.whole(0, 999));
    addPerson(seeding, { id: random.uuid(), name, phone, createdAt, known: false });
  }
}

function addPerson({ store, random, people, ago }: Seeding, person: SeededPerson): void {
  const tags = random.pick([['vip'], ['atacado'], ['reclamação', 'vip'], []]);
  insertRow(store, persons, {
    id: person.id,
    displayName: person.name,
    primaryPhone: person.phone,
    primaryEmail: person.name !== null && random.chance(0.5) ? emailOf(random, person.name) : null,
    avatarUrl: random.chance(0.1) ? `https://cdn.example.com/avatars/${person.id.slice(0, 8)}.jpg` : null,
    metadata: random.chance(0.15) ? { tags, origem: random.pick(['site', 'loja', 'indicação']) } : null,
    createdAt: person.createdAt,
    updatedAt: Math.min(person.createdAt + random.whole(1, 400_000_000_000), ago(0)),
  });
  people.push(person);
}

function fullName(random: Random): string | null {
  if (random.chance(0.06)) return null;
  const last = random.chance(0.4)
    ? ` ${random.pick(LAST_NAMES)} ${random.pick(LAST_NAMES)}`
    : ` ${random.pick(LAST_NAMES)}`;
  return random.pick(FIRST_NAMES) + last;
}

/** How the same person was typed the second time. */
function careless(random: Random, name: string | null): string | null {
  if (name === null) return fullName(random);
  const [first = name, ...rest] = name.split(' ');
  const spellings = [
    plain(name),
    plain(name).toUpperCase(),
    name.toLowerCase(),
    `${first} ${rest.at(-1) ?? ''}`.trim(),
    name,
  ];
  return random.pick(spellings);
}

function uniquePhone(random: Random, taken: Set<string | null>, twin: string | null): string | null {
  if (twin === null && random.chance(0.18)) return null;
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const phone = twin !== null && attempt < 5 ? reformat(random, twin) : newPhone(random);
    if (taken.has(phone)) continue;
    taken.add(phone);
    return phone;
  }
  return null;
}

function newPhone(random: Random): string {
  const area = random.pick(AREA_CODES);
  const landline = random.chance(0.08);
  const local = landline ? `3${random.digits(7)}` : `9${random.pick(['6', '7', '8', '9'])}${random.digits(7)}`;
  return formatPhone(random, area, local);
}

/** The number of somebody else, written otherwise, now and then without its ninth digit. */
function reformat(random: Random, phone: string): string {
  const digits = phone.replace(/\D/g, '').replace(/^55/, '');
  const area = digits.slice(0, 2);
  const local = digits.slice(2);
  const short = local.length === 9 && random.chance(0.4) ? local.slice(1) : local;
  return formatPhone(random, area, short);
}

function formatPhone(random: Random, area: string, local: string): string {
  const dashed = `${local.slice(0, -4)}-${local.slice(-4)}`;
  const written = [`55${area}${local}`, `+55 (${area}) ${dashed}`, `(${area}) ${dashed}`, `+55 ${area} ${dashed}`];
  return random.chance(0.7) ? `+55${area}${local}` : random.pick(written);
}

function emailOf(random: Random, name: string): string {
  const words = plain(name)
    .toLowerCase()
    .replace(/[^a-z0-9 ]/g, '')
    .split(/ +/)
    .filter(Boolean);
  const local = [words[0] ?? 'contato', words.at(-1) ?? 'x'].join('.');
  return `${local}${random.digits(4)}@example.com`;
}
