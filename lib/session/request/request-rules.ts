/** The facts of a request that its rules read; `header` answers null for a header that is not there. */
export type RequestFacts = { method: string; path: string; header: (name: string) => string | null };

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Names a method that Next cannot take, on a request that was made plain (`plain-request.ts`). */
export const REFUSED_METHOD = 'x-console-refused-method';

/** More than any form of the console sends; bytes. */
export const LONGEST_BODY = 1_048_576;

/**
 * Why a request is refused before any page or action runs, as a status and a sentence; null when it passes. Writes must come
 * from our own pages (`origin`), and other sites may not read data. Permissions are checked later, where the data is read.
 */
export function refusalOf(
  { method, path, header }: RequestFacts,
  origin: string,
): { status: number; text: string } | null {
  if (header(REFUSED_METHOD) !== null) return { status: 405, text: 'This method is not served.' };
  const site = header('sec-fetch-site');
  if (READS.has(method)) {
    const foreign = path.startsWith('/api/') && site !== null && site !== 'same-origin' && site !== 'none';
    return foreign ? FOREIGN : null;
  }
  if (header('origin') !== origin || (site !== null && site !== 'same-origin')) return FOREIGN;
  if (Number(header('content-length') ?? 0) > LONGEST_BODY) return { status: 413, text: 'This is too large.' };
  return null;
}

const FOREIGN = { status: 403, text: 'This request did not come from the console.' };

/** A key of Omni's, whole or in part; long enough not to be a word somebody searches for. */
const SECRET = /omni_sk_[A-Za-z0-9]{6,}/i;
const SECRET_NAMES = /^(x-)?api[-_]?key$/i;

/**
 * The address without what may be a key (`api_key=…` as Omni takes it, contract §1.1, or `omni_sk_…` anywhere); null when
 * there is none in it.
 */
export function withoutSecrets(path: string, query: URLSearchParams): string | null {
  const inPath = SECRET.test(decoded(path));
  const secret = ([name, value]: [string, string]) =>
    (SECRET_NAMES.test(name) && value !== '') || SECRET.test(decoded(name)) || SECRET.test(decoded(value));
  const entries = [...query];
  const kept = entries.filter((entry) => !secret(entry));
  if (!inPath && kept.length === entries.length) return null;
  const rest = new URLSearchParams(kept).toString();
  return (inPath ? '/' : path) + (rest ? `?${rest}` : '');
}

/** Decoded as often as it was encoded, three times at most. */
function decoded(text: string): string {
  let now = text;
  for (let round = 0; round < 3; round += 1) {
    try {
      const next = decodeURIComponent(now);
      if (next === now) break;
      now = next;
    } catch {
      break;
    }
  }
  return now;
}
