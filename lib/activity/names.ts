import 'server-only';
import { agentsSnapshot, instancesSnapshot, routesSnapshot } from '#lib/omni/cache/snapshot.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { withinTime } from '#lib/omni/paging/within-time.ts';
import { listKeys } from '#lib/omni/resources/keys.ts';
import { listProviders } from '#lib/omni/resources/providers.ts';
import type { AuditEntry } from '#lib/omni/schemas/audit.ts';
import type { Result } from '#lib/omni/result.ts';
import { readSeen, seenOr } from '#lib/omni/seen.ts';
import { readNames, type TargetRef } from '#lib/routes/list/names.ts';
import { referencesOf, thingOf } from './change.ts';

type Names = Map<string, string>;
type Named = { id: string; name: string };
type Reader = { scopes: readonly string[] | null };

const DEADLINE_MS = 1000;

/**
 * Names by id of what changes of Omni's record are about and refer to, as far as the key may read them and they come within a second. A
 * route is called as its chat or person, which its row names, or the change itself where the route is gone.
 */
export async function namesOf(omni: Omni, reader: Reader, changes: readonly AuditEntry[]): Promise<Names> {
  const names: Names = new Map();
  if (changes.length === 0) return names;
  const things = changes.map(thingOf);
  const has = (type: string) => things.some((one) => one.type === type);
  const refers = new Set(changes.flatMap(referencesOf).map(({ is }) => is));
  const take = async (scope: string, wanted: boolean, read: () => Promise<Result<Named[], OmniError>>) => {
    if (!wanted) return;
    for (const { id, name } of seenOr(await readSeen(reader.scopes, scope, read), []))
      names.set(id.toLowerCase(), name);
  };
  const all = Promise.all([
    take('instances:read', has('instance') || refers.has('instance'), () => instancesSnapshot(omni)),
    take('agents:read', has('agent') || refers.has('agent'), () => agentsSnapshot(omni)),
    take('providers:read', has('provider'), () => listProviders(omni)),
    take('keys:read', has('api_key'), () => listKeys(omni)),
    nameRoutes(omni, reader, changes, names),
  ]);
  await withinTime(DEADLINE_MS, all);
  for (const change of changes) nameFromChange(change, names);
  return new Map(names);
}

async function nameRoutes(omni: Omni, reader: Reader, changes: readonly AuditEntry[], names: Names): Promise<void> {
  const routes = changes.flatMap((change) => {
    const { type, id, instanceId } = thingOf(change);
    return type === 'route' && id && isUuid(instanceId) ? [{ id, instanceId, change }] : [];
  });
  const instances = [...new Set(routes.map(({ instanceId }) => instanceId))];
  const rows = await Promise.all(
    instances.map(async (id) =>
      seenOr(await readSeen(reader.scopes, 'routes:read', () => routesSnapshot(omni, id)), []),
    ),
  );
  const rowOf = new Map(rows.flat().map((row) => [row.id.toLowerCase(), row]));
  const targets = new Map<string, TargetRef>();
  for (const { id, instanceId, change } of routes) {
    const row = rowOf.get(id);
    const target = targetOf(row ?? heldOf(change), instanceId);
    if (row?.label?.trim()) names.set(id, row.label.trim());
    if (target) targets.set(id, target);
  }
  const references = changes.flatMap((change) =>
    referencesOf(change).flatMap(({ is, id }): TargetRef[] =>
      is === 'chat' || is === 'person'
        ? [{ scope: is === 'chat' ? 'chat' : 'user', id, instanceId: thingOf(change).instanceId ?? '' }]
        : [],
    ),
  );
  const wanted = [...targets.values(), ...references];
  const found = await readNames(omni, reader.scopes, wanted, { deadlineMs: DEADLINE_MS });
  for (const name of found.values()) {
    const said = name.name ?? name.handle;
    if (said) names.set(name.id.toLowerCase(), said);
  }
  for (const [id, target] of targets) {
    const said = names.get(target.id.toLowerCase());
    if (said) names.set(id, said);
  }
}

type Target = { chatId?: unknown; personId?: unknown };

function targetOf({ chatId, personId }: Target, instanceId: string): TargetRef | null {
  if (isUuid(chatId)) return { scope: 'chat', id: chatId, instanceId };
  return isUuid(personId) ? { scope: 'user', id: personId, instanceId } : null;
}

/** What a thing held before or after the change, where that tells. */
function heldOf({ changes }: AuditEntry): Record<string, unknown> {
  return Object.fromEntries(Object.entries(changes).map(([field, { before, after }]) => [field, before ?? after]));
}

/** What was deleted has its name in the change alone. */
function nameFromChange(change: AuditEntry, names: Names): void {
  const { id } = thingOf(change);
  const { name, label } = heldOf(change);
  const said = typeof name === 'string' ? name : label;
  if (id && !names.has(id) && typeof said === 'string' && said.trim()) names.set(id, said.trim());
}
