import { insertRow } from '../world/tables.ts';
import { chats } from '../wire/wire-rows.ts';
import { GROUPS } from './people/names.ts';
import { knownId, PLACES, type Seeding } from './seeding.ts';

type KnownChat = [number, keyof typeof PLACES, string, string, string | null, { quiet?: boolean; archived?: boolean }?];

/** Twelve known chats: one archived, two without `lastMessageAt`, which come first and stop the cursor (behaviour J13). */
const KNOWN: readonly KnownChat[] = [
  [1, 'whatsapp', 'dm', '5511987654321@s.whatsapp.net', 'João Silva'],
  [2, 'whatsapp', 'dm', '5521999990001@s.whatsapp.net', 'Maria Conceição'],
  [3, 'whatsapp', 'dm', '5547988887777@s.whatsapp.net', 'José Müller'],
  [4, 'whatsapp', 'dm', '38124352875165@lid', null],
  [5, 'whatsapp', 'group', '1203631004@g.us', 'Vendas – São Paulo', { quiet: true }],
  [6, 'whatsapp', 'group', '1203631005@g.us', 'Entregas Zona Sul'],
  [7, 'discord', 'channel', '9001', 'geral'],
  [8, 'discord', 'channel', '9002', 'dúvidas'],
  [9, 'discord', 'thread', '9003', 'Bug: acentuação na busca'],
  [10, 'telegram', 'dm', '771009', 'Suporte João', { quiet: true }],
  [11, 'telegram', 'group', '771010', 'Pós-venda & Garantia'],
  [12, 'telegram', 'group', '771011', 'Promoções 2025', { archived: true }],
];

const CHANNELS = { whatsapp: 'whatsapp-baileys', discord: 'discord', telegram: 'telegram' } as const;

export function seedChats(seeding: Seeding): void {
  const { random } = seeding;
  for (const [number, place, chatType, externalId, name, marks = {}] of KNOWN) {
    const createdAt = seeding.ago(295, number * 1_000_000);
    addChat(seeding, {
      id: knownId('cccccc', number),
      instanceId: PLACES[place],
      channel: CHANNELS[place],
      chatType,
      externalId,
      name,
      createdAt,
      lastMessageAt: marks.quiet ? null : seeding.ago(number / 3, random.whole(0, 999_999)),
      archivedAt: marks.archived ? seeding.ago(20) : null,
    });
  }
  for (let number = KNOWN.length + 1; number <= seeding.sizes.chats; number += 1) addGroup(seeding, number);
}

function addGroup(seeding: Seeding, number: number): void {
  const { random, places } = seeding;
  const { id: instanceId, channel } = random.pick(places);
  const suffix = channel.startsWith('whatsapp') ? '@g.us' : '';
  addChat(seeding, {
    id: random.uuid(),
    instanceId,
    channel,
    chatType: channel === 'discord' || channel === 'slack' ? 'channel' : 'group',
    externalId: `12036${number}${random.digits(6)}${suffix}`,
    name: `${random.pick(GROUPS)} ${number}`,
    createdAt: seeding.ago(250 * random.next() + 10, random.whole(0, 999)),
    lastMessageAt: random.chance(0.05) ? null : seeding.ago(random.next() * 30, random.whole(0, 999)),
    archivedAt: random.chance(0.04) ? seeding.ago(3) : null,
  });
}

type NewChat = { id: string; instanceId: string; channel: string; chatType: string; createdAt: number };

function addChat({ store, random, chats: known }: Seeding, chat: NewChat & Record<string, unknown>): void {
  const counts = { participantCount: 0, messageCount: random.whole(1, 900), unreadCount: random.whole(0, 9) };
  insertRow(store, chats, { ...counts, lastMessagePreview: 'Olá! Tudo bem?', ...chat, updatedAt: chat.createdAt });
  known.push({ id: chat.id, instanceId: chat.instanceId, channel: chat.channel, type: chat.chatType });
}
