/**
 * Groups scope strings for people: resources a key changes (`x:write` or `x:*`), resources it only reads, and the rest
 * (`messages:send`, `auth:validate`, words this console doesn't know) as they are.
 */
export function scopesByRight(scopes: readonly string[]): { changes: string[]; reads: string[]; others: string[] } {
  const changes = new Set<string>();
  const reads = new Set<string>();
  const others: string[] = [];
  for (const scope of scopes) {
    const [resource = '', right = ''] = scope.split(':');
    if (right === 'write' || right === '*') changes.add(resource);
    else if (right === 'read') reads.add(resource);
    else if (scope !== 'auth:validate') others.push(scope);
  }
  return {
    changes: [...changes].sort(),
    reads: [...reads].filter((resource) => !changes.has(resource)).sort(),
    others: others.sort(),
  };
}
