import 'server-only';
import { createHash } from 'node:crypto';
import { inspect } from 'node:util';

/**
 * An Omni server: `name` labels it, `url` is its origin without a trailing slash or `/api/v2`. `typed` says that a person
 * typed the address: it is called by https only, and never where its name leads to a private network.
 */
export type OmniServer = { id: string; name: string; url: string; typed?: boolean };

/**
 * An API key and the server it belongs to, opaque: it prints, serialises and inspects as "[key redacted]", and cannot
 * cross to a client component. Only the door (`request.ts`), the seal and own-key comparison open it.
 */
export class Credential {
  readonly server: OmniServer;
  readonly #key: string;

  constructor(server: OmniServer, key: string) {
    this.server = server;
    this.#key = key;
  }

  /** The key itself. Callers are listed in `lib/guards/door.test.ts`. */
  reveal(): string {
    return this.#key;
  }

  /** SHA-256 in hex, as Omni stores it (contract §1.1). */
  hash(): string {
    return createHash('sha256').update(this.#key).digest('hex');
  }

  toString(): string {
    return '[key redacted]';
  }

  toJSON(): string {
    return '[key redacted]';
  }

  [inspect.custom](): string {
    return '[key redacted]';
  }
}
