import 'server-only';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Bytes an answer may have once unpacked. */
const LARGEST_ANSWER = 32 * 1024 * 1024;

/**
 * The whole body as text, or nothing if it is larger than `limit` bytes; then the connection is cut. Throws Node's error if
 * the body ends early.
 */
export async function readBody(incoming: IncomingMessage, limit = LARGEST_ANSWER): Promise<string | undefined> {
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
  return Buffer.concat(chunks).toString('utf8');
}
