import type { KeyPatch } from '#lib/omni/schemas/keys.ts';
import { sets, type Effect } from '#lib/operations/effects/effect.ts';
import {
  listValue,
  momentValue,
  NOTHING,
  textValue,
  thing,
  wordValue,
  type Value,
} from '#lib/operations/effects/value.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import { curlLine, omniLine } from '#lib/operations/plan/shell.ts';
import { scopesBeyond } from '#lib/scopes/table.ts';
import type { KeyChangeField } from './key-draft.ts';

export type KeyFieldChange = { field: KeyChangeField; from: Json; to: Json };
/** Names of instances by id, where they are known. */
export type InstanceNames = Readonly<Record<string, string>>;

const NEVER = wordValue('never');

/** When a key expires, or that it never does. */
export function expiryValue(at: string | null): Value {
  return momentValue(at, NEVER);
}

/** The instances a key reaches: all, none, or these. */
export function instancesValue(ids: readonly string[] | null, names: InstanceNames): Value {
  if (ids === null) return wordValue('all-instances');
  if (ids.length === 0) return wordValue('no-instances');
  return { is: 'list', of: ids.map((id) => thing('instance', id, names[id])) };
}

/** What a change of one field does. Who may do more afterwards has the key's name typed. */
export function changeOf({ field, from, to }: KeyFieldChange, of: Value, names: InstanceNames = {}): Effect[] {
  const grants = (is: boolean) => (is ? { of, grants: true as const } : { of });
  const name = `key.${field}`;
  if (field === 'scopes') {
    const [was, is] = [textsOf(from), textsOf(to)];
    const [gained, lost] = [scopesBeyond(is, was), scopesBeyond(was, is)];
    return [
      ...(gained.length > 0
        ? [{ ...sets(name, NOTHING, listValue(gained), grants(true)), what: 'permissions-added' }]
        : []),
      ...(lost.length > 0 ? [{ ...sets(name, listValue(lost), NOTHING, { of }), what: 'permissions-removed' }] : []),
    ];
  }
  if (field === 'instanceIds') {
    const [was, is] = [idsOf(from), idsOf(to)];
    const wider = was !== null && (is === null || is.some((id) => !was.includes(id)));
    return [sets(name, instancesValue(was, names), instancesValue(is, names), grants(wider))];
  }
  if (field === 'expiresAt') {
    const [was, is] = [from, to].map((at) => (typeof at === 'string' ? at : null));
    const later = was != null && (is == null || Date.parse(is) > Date.parse(was));
    return [sets(name, expiryValue(was ?? null), expiryValue(is ?? null), grants(later))];
  }
  const shown = (one: Json) => (one === null ? wordValue('none') : textValue(String(one)));
  return [sets(name, shown(from), shown(to), { of })];
}

/** The line that makes the same change of a key. The command line can't clear a field. */
export function patchLine(serverUrl: string, id: string, patch: KeyPatch): string {
  if (Object.values(patch).some((value) => value === null || (Array.isArray(value) && value.length === 0)))
    return curlLine('PATCH', serverUrl, `/keys/${id}`, patch);
  return omniLine(['keys', 'update', id], {
    name: patch.name,
    description: patch.description ?? undefined,
    scopes: patch.scopes?.join(','),
    instances: patch.instanceIds?.join(','),
    'rate-limit': patch.rateLimit ?? undefined,
    expires: patch.expiresAt ?? undefined,
  });
}

function textsOf(value: Json): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function idsOf(value: Json): string[] | null {
  return value === null ? null : textsOf(value);
}
