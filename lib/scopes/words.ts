import { GENERATIONS, type OmniGeneration } from './generations.ts';
import { allows } from './scopes.ts';
import { isKnownScope, RESOURCES, SINGLE_SCOPES } from './table.ts';

/** What a key may do, in the order of the words on screen; the strings of a list are names of resources or single scopes. */
export type Permissions = {
  everything: boolean;
  /** Everything but what is done with keys, since the server asks no scope for it (contract §9). */
  allButKeys: boolean;
  /** Keys can be read, created and revoked; `keys` then stands in no list. */
  manageKeys: boolean;
  readAndWrite: string[];
  writeOnly: string[];
  read: string[];
  /** Messages can be sent. */
  send: boolean;
  /** Single scopes besides `messages:send`; `auth:validate` where it is all there is, since every key has that much of itself. */
  single: string[];
  /** Wildcards that stand for what Omni adds to their namespace later, too. */
  wildcards: string[];
  /** Scopes that Omni matches against nothing this console knows. */
  unknown: string[];
};

/**
 * What scopes permit on a server of a generation: each resource of the scope table asked as Omni asks it (contract §1.3), so
 * wildcards are expanded and misspelled scopes permit nothing.
 */
export function permissionsOf(scopes: readonly string[], generation: OmniGeneration): Permissions {
  const held = (scope: string) => allows(scopes, scope) === 'yes';
  const once = [...new Set(scopes)];
  const everything = scopes.includes('*');
  const allButKeys = !everything && GENERATIONS[generation].scopesBind === 'keys';
  const asked = everything ? [] : RESOURCES.filter(({ name }) => !allButKeys || name === 'keys');
  const reads = (name: string) => held(`${name}:read`);
  const writes = ({ name, writable }: { name: string; writable: boolean }) => writable && held(`${name}:write`);
  const manageKeys = !everything && reads('keys') && held('keys:write');
  const listed = asked.filter(({ name }) => !(manageKeys && name === 'keys'));
  const named = (fits: (resource: { name: string; writable: boolean }) => boolean) =>
    listed.filter(fits).map(({ name }) => name);
  const single = SINGLE_SCOPES.filter((scope) => !everything && !allButKeys && held(scope));
  const besidesItself = single.filter((scope) => scope !== 'auth:validate' && scope !== 'messages:send');
  const permissions = {
    everything,
    allButKeys,
    manageKeys,
    readAndWrite: named((resource) => writes(resource) && reads(resource.name)),
    writeOnly: named((resource) => writes(resource) && !reads(resource.name)),
    read: named((resource) => !writes(resource) && reads(resource.name)),
    send: single.includes('messages:send'),
    single: besidesItself as string[],
    wildcards: everything ? [] : once.filter((scope) => scope.endsWith(':*') && isKnownScope(scope)),
    unknown: once.filter((scope) => !isKnownScope(scope)),
  };
  const itselfOnly = single.length === 1 && single[0] === 'auth:validate' && partsOf(permissions).length === 0;
  return itselfOnly ? { ...permissions, single: ['auth:validate'] } : permissions;
}

/** One kind of permission and what it is about; `of` is empty where the kind says all. */
export type PermissionPart = {
  kind: 'everything' | 'all-but-keys' | 'manage-keys' | 'read-and-write' | 'write-only' | 'read' | 'send' | 'single';
  of: string[];
};

/** The kinds of permission a key has, what reaches farthest first. */
export function partsOf(permissions: Permissions): PermissionPart[] {
  const { readAndWrite, writeOnly, read, single } = permissions;
  const whole = (kind: PermissionPart['kind'], is: boolean) => (is ? [{ kind, of: [] }] : []);
  const list = (kind: PermissionPart['kind'], of: string[]) => (of.length > 0 ? [{ kind, of }] : []);
  // Keys that can be created without being read reach as far as those that can.
  const keysFirst = (kind: PermissionPart['kind'], of: string[]) =>
    list(
      kind,
      of.toSorted((a, b) => Number(b === 'keys') - Number(a === 'keys')),
    );
  const writesKeys = writeOnly.includes('keys');
  return [
    ...whole('everything', permissions.everything),
    ...whole('all-but-keys', permissions.allButKeys),
    ...whole('manage-keys', permissions.manageKeys),
    ...(writesKeys ? keysFirst('write-only', writeOnly) : []),
    ...list('read-and-write', readAndWrite),
    ...(writesKeys ? [] : list('write-only', writeOnly)),
    ...list('read', read),
    ...whole('send', permissions.send),
    ...list('single', single),
  ];
}

/** The first parts of a list, `most` words at most, and how many words were left out. */
export function firstParts(parts: readonly PermissionPart[], most: number): { parts: PermissionPart[]; more: number } {
  const shown: PermissionPart[] = [];
  let words = 0;
  let more = 0;
  for (const { kind, of } of parts) {
    const wanted = Math.max(1, of.length);
    const kept = Math.min(wanted, most - words);
    if (kept > 0) shown.push({ kind, of: of.slice(0, kept) });
    words += Math.max(0, kept);
    more += wanted - Math.max(0, kept);
  }
  return { parts: shown, more };
}

/** Whether a key reaches everything, or can create keys for others and revoke theirs. */
export function reachesFar(scopes: readonly string[]): boolean {
  return allows(scopes, 'keys:write') === 'yes';
}
