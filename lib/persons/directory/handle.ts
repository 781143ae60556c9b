import 'server-only';
import type { Identity } from '#lib/omni/schemas/persons.ts';
import { readAbroad, type Phone } from '#lib/text/phone.ts';

/**
 * What a handle is. `phone` is the only one that is a telephone number: a LID and a business-scoped id look like one, and stand for people
 * whose number WhatsApp doesn't tell.
 */
export type HandleKind = 'phone' | 'lid' | 'hosted-lid' | 'business-scoped' | 'username' | 'group' | 'id';

export type Handle = { kind: HandleKind; phone: Phone | null };

/** The servers of WhatsApp whose users are telephone numbers, and the channels that write such a number without a server. */
const PHONE_SERVERS = new Set(['s.whatsapp.net', 'c.us']);
const PHONE_CHANNELS = new Set(['whatsapp-business', 'whatsapp-cloud', 'twilio-whatsapp', 'gupshup']);

const OTHER_SERVERS: Readonly<Record<string, HandleKind>> = { lid: 'lid', 'hosted.lid': 'hosted-lid', 'g.us': 'group' };

/**
 * A country's capitals and letters or digits, `ENT` between them where several businesses share it: a WhatsApp contact without a phone, as
 * a business sees it. Usernames have no capitals.
 */
const BUSINESS_SCOPED = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;

/** What the handle of an identity is: by its channel and its server, never by its digits alone. */
export function handleOf({ channel, platformUserId }: Pick<Identity, 'channel' | 'platformUserId'>): Handle {
  const text = platformUserId.trim();
  if (channel.startsWith('whatsapp') || PHONE_CHANNELS.has(channel)) return whatsApp(channel, text);
  return { kind: /\p{L}/u.test(text) && channel !== 'slack' ? 'username' : 'id', phone: null };
}

function whatsApp(channel: string, text: string): Handle {
  const [, user = '', server] = /^(?:whatsapp:)?@?(.*?)(?::\d+)?(?:@([a-z.]+))?$/i.exec(text) ?? [];
  if (BUSINESS_SCOPED.test(user)) return { kind: 'business-scoped', phone: null };
  const other = OTHER_SERVERS[server?.toLowerCase() ?? ''];
  if (other) return { kind: other, phone: null };
  const numbered = server === undefined ? PHONE_CHANNELS.has(channel) : PHONE_SERVERS.has(server.toLowerCase());
  const [, digits] = /^\+?(\d+)$/.exec(user) ?? [];
  if (numbered && digits) return { kind: 'phone', phone: readAbroad(digits) };
  return { kind: server === undefined && /\p{L}/u.test(user) ? 'username' : 'id', phone: null };
}

/** The handle without its server and device, to search by: what a channel calls its user. */
export function userOf(platformUserId: string): string {
  return platformUserId
    .trim()
    .replace(/^whatsapp:\+?/i, '')
    .replace(/^@/, '')
    .replace(/(?::\d+)?@(?:s\.whatsapp\.net|c\.us|lid|hosted\.lid|g\.us)$/i, '');
}
