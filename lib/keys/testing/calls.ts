import { randomUUID } from 'node:crypto';

const PATHS = ['/api/v2/persons', `/api/v2/persons/${randomUUID()}/presence`, '/api/v2/chats', '/api/v2/instances'];

/** Rows of a key's request log for the sandbox's bulk insert, the newest first; `every` milliseconds apart, `together` of them in one. */
export function callRows(
  keyId: string,
  count: number,
  { newest = Date.now() - 60_000, every = 1000, together = 0 } = {},
) {
  return Array.from({ length: count }, (_, index) => ({
    id: randomUUID(),
    apiKeyId: keyId,
    method: index % 7 === 0 ? 'PATCH' : 'GET',
    path: PATHS[index % PATHS.length],
    statusCode: index % 11 === 0 ? 403 : 200,
    ipAddress: index % 5 === 0 ? '198.51.100.23' : '203.0.113.7',
    userAgent: index % 5 === 0 ? '=cmd|calc' : 'node',
    responseTimeMs: index % 40,
    timestamp: (newest - (index < together ? 0 : index - together + 1) * every) * 1000 + (index % 900),
  }));
}
