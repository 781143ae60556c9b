import { firstParts, partsOf, type PermissionPart, type Permissions } from './words.ts';

/** Says a message of namespace `scopes`; null for one nobody wrote. */
type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string | null;

/** What a key may do, a line for each kind: "Read and write people, routes". `say`: `anyKey` of a translator of namespace `scopes`. */
export function permissionLines(permissions: Permissions, say: Say): string[] {
  const lines = partsOf(permissions).map((part) => lineOf(part, say));
  return lines.length > 0 ? lines : [say('nothing') ?? ''];
}

/** The same in one line: the first words, what reaches farthest before all, and how many words more there are. */
export function permissionsInLine(permissions: Permissions, say: Say, most = 3): string {
  const { parts, more } = firstParts(partsOf(permissions), most);
  const lines = parts.map((part) => lineOf(part, say));
  if (lines.length === 0 && permissions.unknown.length === 0) lines.push(say('nothing') ?? '');
  return `${lines.join(' · ')}${more > 0 ? ` +${more}` : ''}`;
}

function lineOf({ kind, of }: PermissionPart, say: Say): string {
  const word = (name: string) =>
    (kind === 'single' ? say(`single.${name.replace(':', '-')}`) : say(`resources.${name}`)) ?? name;
  if (kind === 'single') return of.map(word).join(' · ');
  return say(kind, { what: of.map(word).join(', ') }) ?? kind;
}
