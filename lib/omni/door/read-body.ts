import 'server-only';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Bytes an answer may have once unpacked. */
const LARGEST_ANSWER = 32 * 1024 * 1024;

/**
 * A body that gives its text only by a call: `next dev` sends the browser what promises resolve to, and a key's row has its hash
 * in it (contract §5).
 */
export class AnswerBody {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  text(): string {
    return this.#text;
  }
}

/**
 * The whole body, or nothing if it is larger than `limit` bytes; then the connection is cut. Throws Node's error if the body ends early.
 */
export async function readBody(incoming: IncomingMessage, limit = LARGEST_ANSWER): Promise<AnswerBody | undefined> {
  const packed = /^(x-)?gzip$/i.test(incoming.headers['content-encoding'] ?? '');
  const body = packed ? pipeline(incoming, createGunzip(), () => {}) : incoming;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > limit) {
      incoming.destroy();
      return undefined;
    }
    chunks.push(bytes);
  }
  return new AnswerBody(Buffer.concat(chunks).toString('utf8'));
}
