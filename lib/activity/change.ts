import { isoTime } from '#lib/omni/schemas/wire.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import type { AuditEntry } from '#lib/omni/schemas/audit.ts';
import { NOTHING, textValue, thing, wordValue, type Value } from '#lib/operations/effects/value.ts';

/** The kinds of things whose changes Omni records (contract §7.2). */
export const RECORDED = ['route', 'instance', 'agent', 'provider', 'automation', 'api_key', 'setting'] as const;

export type Recorded = (typeof RECORDED)[number];

/** One field that changed. `hidden`: a secret, of which Omni keeps a digest and the console nothing. */
export type RecordedField = { field: string; from: Value; to: Value; hidden: boolean };

/** What a change was about: its kind (null for one nobody knew), its id, and where it stands in the console. */
export type ChangedThing = {
  type: Recorded | null;
  id: string | null;
  instanceId: string | null;
  address: string | null;
};

/** Fields that hold the id of something, and what that is. */
const REFERENCES: Readonly<Record<string, 'agent' | 'chat' | 'person' | 'instance'>> = {
  agentId: 'agent',
  chatId: 'chat',
  personId: 'person',
  instanceId: 'instance',
  instanceIds: 'instance',
  instanceAllowlist: 'instance',
  activeInstanceId: 'instance',
};

/** Fields that every row has, or that follow from others: they say nothing about what somebody meant to change. */
const COMES_ALONG = new Set(['id', 'createdAt', 'updatedAt', 'keyPrefix', 'usageCount', 'revokedAt']);

const ROUTE_PATH = /\/instances\/([^/]+)\/routes(?:\/|$)/;

/** What a recorded change was about. A route's instance stands in its path. */
export function thingOf({
  targetType,
  targetId,
  path,
}: Pick<AuditEntry, 'targetType' | 'targetId' | 'path'>): ChangedThing {
  const type = RECORDED.find((one) => one === targetType) ?? null;
  const id = isUuid(targetId) ? targetId.toLowerCase() : null;
  const instanceId = type === 'route' ? (ROUTE_PATH.exec(path)?.[1] ?? null) : type === 'instance' ? id : null;
  return { type, id, instanceId, address: addressOf(type, id, instanceId) };
}

/** What happened to it: `create`, `update`, `delete`, or Omni's own word (`revoke`), the last part of the action (contract §7.2). */
export function verbOf({ action }: Pick<AuditEntry, 'action'>): string {
  return action.slice(action.indexOf('.') + 1);
}

/** The fields that changed, with values that a page puts into words. `names`: of things by their ids. */
export function fieldChanges(
  { changes }: Pick<AuditEntry, 'changes'>,
  names: ReadonlyMap<string, string>,
): RecordedField[] {
  return Object.entries(changes)
    .filter(([field]) => !COMES_ALONG.has(field))
    .map(([field, { before, after, hidden }]) => ({
      field,
      from: valueOf(field, before, names),
      to: valueOf(field, after, names),
      hidden,
    }));
}

/** Ids of things in a change's fields whose names a page would show. */
export function referencesOf({ changes }: Pick<AuditEntry, 'changes'>): { is: string; id: string }[] {
  return Object.entries(changes).flatMap(([field, { before, after }]) => {
    const is = REFERENCES[field];
    return is ? [before, after].flat().flatMap((id) => (isUuid(id) ? [{ is, id }] : [])) : [];
  });
}

/** The client as it called itself: the first word of its `User-Agent`. */
export function clientOf({ userAgent }: Pick<AuditEntry, 'userAgent'>): string | null {
  return userAgent?.trim().split(/\s+/)[0]?.slice(0, 60) || null;
}

/** The name that the client gave (`X-Omni-Actor`), which nobody checks (contract §1.8); consoles send it percent-encoded. */
export function givenNameOf({ actor }: Pick<AuditEntry, 'actor'>): string | null {
  if (actor === null) return null;
  try {
    return decodeURIComponent(actor).trim() || null;
  } catch {
    return actor;
  }
}

function addressOf(type: Recorded | null, id: string | null, instanceId: string | null): string | null {
  if (type === 'route' && id && isUuid(instanceId)) return `/routes/${instanceId}/${id}`;
  return type === 'api_key' && id ? `/keys/${id}` : null;
}

function valueOf(field: string, value: unknown, names: ReadonlyMap<string, string>): Value {
  const is = REFERENCES[field];
  if (value === null || value === undefined) return NOTHING;
  if (Array.isArray(value)) return { is: 'list', of: value.map((one) => valueOf(field, one, names)) };
  if (is && isUuid(value)) return thing(is, value, names.get(value.toLowerCase()));
  if (typeof value === 'boolean')
    return wordValue(field === 'isActive' ? (value ? 'active' : 'inactive') : value ? 'on' : 'off');
  if (typeof value === 'string') {
    const at = field.endsWith('At') ? isoTime(value) : undefined;
    return at === undefined ? textValue(value) : { is: 'moment', at };
  }
  return { is: 'text', text: typeof value === 'number' ? String(value) : JSON.stringify(value) };
}
