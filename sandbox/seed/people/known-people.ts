import { insertRow } from '../../world/tables.ts';
import { identities, persons } from '../../wire/wire-rows.ts';
import { knownId, PLACES, type Seeding } from '../seeding.ts';

type Handle = { number: number; place: keyof typeof PLACES; user: string; username?: string; messages?: number };
type KnownPerson = {
  number: number;
  name: string | null;
  phone: string | null;
  email?: string;
  metadata?: object;
  days: number;
  handles: Handle[];
};

const CHANNEL_OF = { whatsapp: 'whatsapp-baileys', discord: 'discord', telegram: 'telegram' } as const;

const wa = (number: number, digits: string, username?: string, messages = 0): Handle => ({
  number,
  place: 'whatsapp',
  user: `${digits}@s.whatsapp.net`,
  ...(username === undefined ? {} : { username }),
  messages,
});

/** João Silva in four spellings, and every name or phone that has broken a program before (behaviour, short list 11 and 28). */
const PEOPLE: readonly KnownPerson[] = [
  {
    number: 1,
    name: 'João Silva',
    phone: '+5511987654321',
    email: 'joao.silva@example.com',
    days: 121,
    handles: [
      wa(1, '5511987654321'),
      { number: 2, place: 'discord', user: '308812715716749910', username: 'João Silva', messages: 161 },
      { number: 19, place: 'telegram', user: '6110764069', username: 'João Silva', messages: 139 },
    ],
  },
  {
    number: 2,
    name: 'Joao Silva',
    phone: '5511987654321',
    days: 165,
    handles: [
      { number: 3, place: 'telegram', user: '5857274321', username: 'Joao Silva', messages: 115 },
      { number: 20, place: 'whatsapp', user: '13722362797707@lid', username: 'Joao Silva' },
    ],
  },
  {
    number: 3,
    name: 'JOAO  SILVA',
    phone: '+55 (11) 98765-4321',
    days: 90,
    handles: [{ number: 4, place: 'discord', user: '441100987654321000', username: 'jsilva' }],
  },
  {
    number: 4,
    name: 'joão da silva',
    phone: '+551187654321',
    email: 'joao.silva@example.com',
    days: 200,
    handles: [wa(22, '551187654321', 'Joãozinho 🚲', 12)],
  },
  {
    number: 5,
    name: 'Maria Conceição',
    phone: '+5521999990001',
    email: 'maria@example.com',
    days: 247,
    handles: [
      wa(5, '5521999990001', 'Maria Conceição', 250),
      { number: 21, place: 'telegram', user: '700100200', username: 'Maria C.', messages: 40 },
    ],
  },
  { number: 6, name: "Noël D'Ávila Souza", phone: '5521999990002', days: 140, handles: [wa(6, '5521999990002')] },
  {
    number: 7,
    name: 'José Müller',
    phone: '+5547988887777',
    days: 24,
    handles: [wa(7, '5547988887777', 'Zé Müller', 9)],
  },
  {
    number: 8,
    name: '100% Barbearia',
    phone: '(31) 3222-1000',
    days: 61,
    handles: [wa(8, '553132221000', '100% Barbearia')],
  },
  { number: 9, name: 'Renata_Lopes', phone: '+5531977776666', days: 133, handles: [wa(9, '5531977776666')] },
  {
    number: 10,
    name: 'José Antônio'.normalize('NFD'),
    phone: '+5585988880010',
    days: 77,
    handles: [wa(10, '5585988880010')],
  },
  { number: 11, name: null, phone: '+5511911112222', days: 44, handles: [wa(11, '5511911112222', '~ Lúcia ~', 3)] },
  {
    number: 12,
    name: '<script>alert(1)</script> "quotes" & \\back',
    phone: '+5511933334444',
    metadata: { tags: ['vip', 'çãé'], notes: 'line1\nline2' },
    days: 127,
    handles: [wa(12, '5511933334444')],
  },
  {
    number: 13,
    name: 'Ana 🌻 Flores 👩🏽‍🦱',
    phone: null,
    days: 33,
    handles: [{ number: 13, place: 'discord', user: '90210', username: 'ana🌻' }],
  },
  {
    number: 14,
    name: `Pedro ${'de Alcântara Francisco Antônio '.repeat(8)}`.slice(0, 255),
    phone: null,
    days: 12,
    handles: [{ number: 14, place: 'telegram', user: '1822' }],
  },
  { number: 15, name: 'Sem Identidade', phone: '+5511955556666', days: 152, handles: [] },
  {
    number: 16,
    name: 'Rota de Usuário',
    phone: '+5511944445555',
    days: 51,
    handles: [
      { number: 16, place: 'whatsapp', user: '38124352875165@lid', messages: 213 },
      { number: 17, place: 'discord', user: '486510234418746863', username: 'Rota de Usuário', messages: 171 },
    ],
  },
  {
    number: 17,
    name: 'Alvo da Fusão',
    phone: '+5511922223333',
    days: 109,
    handles: [wa(18, '5511922223333', 'Alvo', 5)],
  },
  { number: 18, name: '=SUM(A1:A9)', phone: null, email: 'planilha@example.com', days: 70, handles: [] },
];

export function seedKnownPeople(seeding: Seeding): void {
  const { random } = seeding;
  for (const person of PEOPLE) {
    const createdAt = seeding.ago(person.days, random.whole(1, 86_000_000_000));
    addPerson(seeding, person, createdAt);
  }
  for (const number of [90, 91, 92, 93]) {
    const createdAt = seeding.ago(5, number);
    const channel = 'whatsapp-baileys';
    const common = {
      messageCount: 0,
      firstSeenAt: createdAt,
      confidence: 100,
      linkedBy: null,
      createdAt,
      updatedAt: createdAt,
    };
    const platformUserId = `55119000000${number}@s.whatsapp.net`;
    const id = knownId('eeeeee', number);
    insertRow(seeding.store, identities, { ...common, id, channel, instanceId: PLACES.whatsapp, platformUserId });
  }
}

/** Writes a person and its handles; the story uses it too. */
export function addPerson(seeding: Seeding, person: KnownPerson, createdAt: number): string {
  const { store, random } = seeding;
  const id = knownId('dddddd', person.number);
  insertRow(store, persons, {
    id,
    displayName: person.name,
    primaryPhone: person.phone,
    primaryEmail: person.email,
    metadata: person.metadata,
    createdAt,
    updatedAt: Math.min(createdAt + random.whole(1, 5 * 86_400_000_000), seeding.ago(0)),
  });
  seeding.people.push({ id, name: person.name, phone: person.phone, createdAt, known: true });
  for (const handle of person.handles) addHandle(seeding, id, handle, createdAt);
  return id;
}

function addHandle(seeding: Seeding, personId: string, handle: Handle, createdAt: number): void {
  const messageCount = handle.messages ?? 0;
  const id = knownId('eeeeee', handle.number);
  const instanceId = PLACES[handle.place];
  const span = seeding.ago(0) - createdAt;
  const seen = Math.floor((createdAt + seeding.random.next() * span) / 1000) * 1000;
  insertRow(seeding.store, identities, {
    id,
    personId,
    channel: CHANNEL_OF[handle.place],
    instanceId,
    platformUserId: handle.user,
    platformUsername: handle.username,
    messageCount,
    lastSeenAt: messageCount > 0 ? seen : null,
    firstSeenAt: createdAt,
    linkedBy: 'initial',
    confidence: 100,
    createdAt,
    updatedAt: messageCount > 0 ? seen : createdAt,
  });
  seeding.identities.push({ id, personId, instanceId, platformUserId: handle.user, name: handle.username ?? null });
}
