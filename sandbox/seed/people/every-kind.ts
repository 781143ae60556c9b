import { insertRow } from '../../world/tables.ts';
import { identities, persons } from '../../wire/wire-rows.ts';
import { knownId, PLACES, type Seeding } from '../seeding.ts';

type Handle = { channel: string; place: keyof typeof PLACES | null; user: string; username?: string; messages: number };
type Somebody = { number: number; name: string | null; phone: string | null; days: number; handles: Handle[] };

const wa = (user: string, messages: number, username?: string): Handle => ({
  channel: 'whatsapp-baileys',
  place: 'whatsapp',
  user,
  messages,
  ...(username === undefined ? {} : { username }),
});
/** Without an instance, as Omni may have them (contract §3). */
const anywhere = (channel: string, user: string, messages: number, username?: string): Handle => ({
  channel,
  place: null,
  user,
  messages,
  ...(username === undefined ? {} : { username }),
});

/**
 * People without an email and with every kind of identity: a LID, a hosted LID, a username alone, a business-scoped id, Telegram, Discord,
 * Slack; two of one name whose numbers look alike and are of two countries; one without a name who has one on Telegram.
 */
const PEOPLE: readonly Somebody[] = [
  { number: 30, name: 'Luís Ítalo', phone: null, days: 131, handles: [wa('98124352875166@lid', 41, 'Luís')] },
  { number: 31, name: 'Inês Łukasik', phone: null, days: 132, handles: [wa('77124352875167@hosted.lid', 12)] },
  {
    number: 32,
    name: 'Zé',
    phone: null,
    days: 134,
    handles: [anywhere('whatsapp-cloud', 'ze.da.loja', 7, 'ze.da.loja')],
  },
  {
    number: 33,
    name: 'Rosa Quispe',
    phone: null,
    days: 135,
    handles: [anywhere('whatsapp-cloud', 'PE.13491208655302741918', 23, 'rosa.quispe')],
  },
  {
    number: 34,
    name: 'Rosa Quispe',
    phone: '+51976543219',
    days: 136,
    handles: [wa('51976543219@s.whatsapp.net', 12)],
  },
  {
    number: 35,
    name: 'Rosa Quispe',
    phone: '+5551976543219',
    days: 137,
    handles: [wa('5551976543219@s.whatsapp.net', 384)],
  },
  {
    number: 36,
    name: 'Josué Léo Țuțuianu',
    phone: null,
    days: 138,
    handles: [{ channel: 'telegram', place: 'telegram', user: '6990001199', username: 'josue_leo', messages: 55 }],
  },
  {
    number: 37,
    name: 'Søren Weiß',
    phone: null,
    days: 139,
    handles: [{ channel: 'discord', place: 'discord', user: '308812715716749977', username: 'soeren', messages: 3 }],
  },
  {
    number: 38,
    name: 'Đorđe Řehoř',
    phone: null,
    days: 141,
    handles: [anywhere('slack', 'U02ABCDEF12', 9, 'djordje')],
  },
  {
    number: 39,
    name: null,
    phone: null,
    days: 142,
    handles: [{ channel: 'telegram', place: 'telegram', user: '6990001200', username: 'Ana Souza', messages: 18 }],
  },
];

const FIRST_IDENTITY = 40;

/** After everybody else, so that who was there before stays as they are. */
export function seedEveryKind({ store, ago }: Seeding): void {
  let number = FIRST_IDENTITY;
  for (const person of PEOPLE) {
    const createdAt = ago(person.days, person.number);
    const personId = knownId('dddddd', person.number);
    insertRow(store, persons, {
      id: personId,
      displayName: person.name,
      primaryPhone: person.phone,
      createdAt,
      updatedAt: createdAt,
    });
    for (const { channel, place, user, username, messages } of person.handles) {
      insertRow(store, identities, {
        id: knownId('eeeeee', number),
        personId,
        channel,
        instanceId: place === null ? null : PLACES[place],
        platformUserId: user,
        platformUsername: username,
        messageCount: messages,
        lastSeenAt: ago(person.days - 100),
        firstSeenAt: createdAt,
        linkedBy: 'initial',
        confidence: 100,
        createdAt,
        updatedAt: createdAt,
      });
      number += 1;
    }
  }
}
