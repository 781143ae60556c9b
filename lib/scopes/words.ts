/** Scopes grouped by what they permit, each list sorted; `others` are scope strings as they are. */
export type ScopeGroups = {
  readAndWrite: string[];
  writeOnly: string[];
  read: string[];
  /** Whether messages can be sent: `messages:send` or `messages:*`. */
  send: boolean;
  /** Whether keys can be read, created and revoked; `keys` then stands in no list. */
  manageKeys: boolean;
  others: string[];
};

/**
 * Groups scope strings for people: resources a key reads and writes, only writes or only reads, and the rest, such as words
 * this console doesn't know, as they are. `auth:validate` is left out: it gives a key nothing but its own row.
 */
export function scopesByPermission(scopes: readonly string[]): ScopeGroups {
  const writes = new Set<string>();
  const reads = new Set<string>();
  const others: string[] = [];
  for (const scope of scopes) {
    const [resource = '', verb = ''] = scope.split(':');
    if (verb === 'write' || verb === '*') writes.add(resource);
    if (verb === 'read' || verb === '*') reads.add(resource);
    if (!['write', 'read', '*'].includes(verb) && scope !== 'auth:validate' && scope !== 'messages:send') {
      others.push(scope);
    }
  }
  return {
    readAndWrite: [...writes].filter((resource) => reads.has(resource) && resource !== 'keys').sort(),
    writeOnly: [...writes].filter((resource) => !reads.has(resource)).sort(),
    read: [...reads].filter((resource) => !writes.has(resource)).sort(),
    send: scopes.includes('messages:send') || scopes.includes('messages:*'),
    manageKeys: writes.has('keys') && reads.has('keys'),
    others: others.sort(),
  };
}
