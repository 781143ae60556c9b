import 'server-only';
import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { VERSION } from '#lib/omni/version.ts';

/**
 * Who acts (free text), from which address, for which session, and in which entry of the console's journal. `mayStillSend` is asked right before the
 * first byte of each write: a run that lost its entry meanwhile sends nothing.
 */
export type CallContext = {
  actor?: string;
  clientIp?: string;
  sid?: string;
  entryId?: string;
  mayStillSend?: () => boolean;
};

const LONGEST_ACTOR = 255;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * A name as `X-Omni-Actor` carries it (contract §1.8): percent-encoded ASCII of at most 255 characters, cut between
 * characters. A header takes no emoji: sending one as it is throws.
 */
export function actorHeader(actor: string): string {
  let text = '';
  for (const character of actor.trim().toWellFormed()) {
    const encoded = encodeURIComponent(character);
    if (text.length + encoded.length > LONGEST_ACTOR) break;
    text += encoded;
  }
  return text;
}

/** One address without zone or brackets, or nothing: Omni loses its audit row over more than 45 characters (contract §1.8). */
export function cleanClientIp(text: string | undefined): string | undefined {
  const bare = text?.trim().replace(/^\[(.*)\]$/, '$1');
  const address = bare?.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  return address && isIP(address) !== 0 ? address : undefined;
}

/** How much of an entry's id stands at the start of the ids of its requests: 60 random bits. */
export const ENTRY_START = 18;

/**
 * The id of one request (`x-request-id`), as long as any UUID: a longer one might cost Omni its row, as a long address does (contract
 * §1.8). That of an entry's request starts as the entry's id does: by it a change in Omni's record is found to be the entry's (§7.2).
 */
export function newRequestId(entryId?: string): string {
  const own = randomUUID();
  return entryId !== undefined && UUID.test(entryId) ? entryId.slice(0, ENTRY_START) + own.slice(ENTRY_START) : own;
}

/** How the id of the entry that sent this request starts; null for an id of another form, which no entry sent. */
export function entryStartOf(requestId: string | null): string | null {
  return requestId !== null && UUID.test(requestId) ? requestId.slice(0, ENTRY_START) : null;
}

/** Whether a text can be a key at all. Others can't be put into a header, and Omni would answer 401 (contract §1.1). */
export function isSendableKey(key: string): boolean {
  return /^[\x21-\x7e]{1,512}$/.test(key);
}

/** The headers of one call. Never throws for any context; `key` has passed `isSendableKey`. */
export function callHeaders(
  key: string,
  requestId: string,
  context: CallContext,
  body: string | undefined,
): Record<string, string> {
  const actor = actorHeader(context.actor ?? '');
  const clientIp = cleanClientIp(context.clientIp);
  const entryId = /^[\w-]{1,64}$/.exec(context.entryId ?? '')?.[0];
  return {
    accept: 'application/json',
    'accept-encoding': 'gzip',
    'user-agent': `omni-console/${VERSION}`,
    'x-api-key': key,
    'x-request-id': requestId,
    ...(actor && { 'x-omni-actor': actor }),
    ...(clientIp && { 'x-forwarded-for': clientIp }),
    ...(entryId && { 'x-omni-console-entry': entryId }),
    ...(body !== undefined && {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
    }),
  };
}
