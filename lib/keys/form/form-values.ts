import { isUuid } from '#lib/omni/door/path.ts';
import { isReservedName } from '#lib/omni/permits/key-rules.ts';
import type { Key } from '#lib/omni/schemas/keys.ts';
import { profileOf, type KeyLock } from './profiles.ts';
import { visibleName } from '#lib/text/visible.ts';
import { fitScopes, isScope } from '#lib/scopes/table.ts';
import type { KeyChangeField, KeyChanges, KeyDraft } from './key-draft.ts';

/** A key as a form holds it. `expiresAt`: an ISO time, null for never, `''` while what was typed is no time. */
export type KeyFormValues = {
  name: string;
  description: string;
  scopes: string[];
  profile: string | null;
  instances: 'all' | 'some' | 'none';
  instanceIds: string[];
  locks: Record<KeyLock, string[]>;
  expiresAt: string | null;
  rateLimit: string;
};

export type KeyFormField = 'name' | 'scopes' | 'instances' | 'locks' | 'expiresAt' | 'rateLimit';

const LOCKS: readonly KeyLock[] = ['instanceAllowlist', 'chatAllowlist', 'outboundRecipientAllowlist'];
const NO_LOCKS = { instanceAllowlist: [], chatAllowlist: [], outboundRecipientAllowlist: [] };

/** The values of an empty form, with the usual instances (all) and the given expiry. */
export function emptyFormValues(expiresAt: string): KeyFormValues {
  return {
    name: '',
    description: '',
    scopes: [],
    profile: null,
    instances: 'all',
    instanceIds: [],
    locks: NO_LOCKS,
    expiresAt,
    rateLimit: '',
  };
}

/** A key's own values; `description` without the console's marks. */
export function formValuesOf(key: Key, description: string | null): KeyFormValues {
  return {
    name: key.name,
    description: description ?? '',
    scopes: key.scopes,
    profile: key.profile,
    instances: key.instanceIds === null ? 'all' : key.instanceIds.length > 0 ? 'some' : 'none',
    instanceIds: key.instanceIds ?? [],
    locks: {
      instanceAllowlist: key.instanceAllowlist,
      chatAllowlist: key.chatAllowlist,
      outboundRecipientAllowlist: key.outboundRecipientAllowlist,
    },
    expiresAt: key.expiresAt,
    rateLimit: key.rateLimit === null ? '' : String(key.rateLimit),
  };
}

/** `uncopied`: the limits of a key that a new key can't be created with; then no permission is filled in. */
export type CopiedFormValues = { values: KeyFormValues; uncopied: (KeyLock | 'denylist' | 'profile')[] };

/**
 * Values copied from another key, never wider. A profile is copied with its locks; Omni takes no locks without one (contract
 * §5.1), so where a limit can't be copied, no permission is filled in. `own`: the caller's scopes; `expiresAt` replaces the
 * key's own.
 */
export function formValuesLike(
  key: Key,
  description: string | null,
  own: readonly string[] | null,
  expiresAt: string,
): CopiedFormValues {
  const values = { ...formValuesOf(key, description), expiresAt: key.expiresAt === null ? null : expiresAt };
  const profile = profileOf(key.profile);
  const { denylistPresetKey, denylistExtras } = key.profileOverrides ?? {};
  const uncopied: CopiedFormValues['uncopied'] = LOCKS.filter(
    (lock) => values.locks[lock].length > 0 && !profile?.locks.includes(lock),
  );
  if (denylistPresetKey || denylistExtras?.length) uncopied.push('denylist');
  if (key.profile !== null && key.profile !== 'admin' && !profile) uncopied.push('profile');
  if (uncopied.length > 0) return { values: { ...values, scopes: [], profile: null, locks: NO_LOCKS }, uncopied };
  if (profile) return { values: { ...values, scopes: [] }, uncopied };
  return {
    values: { ...values, scopes: fitScopes(values.scopes.filter(isScope), own).granted, profile: null },
    uncopied,
  };
}

/** The key that values ask for; they must have no `problemsOf`. */
export function keyDraftOf(values: KeyFormValues): KeyDraft {
  const locks = profileOf(values.profile)?.locks ?? [];
  const lock = (name: KeyLock) =>
    locks.includes(name) ? values.locks[name].map((entry) => entry.trim()).filter(Boolean) : [];
  return {
    name: values.name.trim(),
    description: values.description.trim() || null,
    scopes: values.profile === null ? values.scopes : [],
    profile: values.profile,
    instanceIds: instancesOf(values),
    instanceAllowlist: lock('instanceAllowlist'),
    chatAllowlist: lock('chatAllowlist'),
    outboundRecipientAllowlist: lock('outboundRecipientAllowlist'),
    expiresAt: values.expiresAt,
    rateLimit: values.rateLimit.trim() === '' ? null : Number(values.rateLimit),
  };
}

/** All (null), none (empty), or those that were chosen. */
export function instancesOf({
  instances,
  instanceIds,
}: Pick<KeyFormValues, 'instances' | 'instanceIds'>): string[] | null {
  return instances === 'all' ? null : instances === 'none' ? [] : instanceIds;
}

/** The fields in which two forms ask for different keys. */
export function changesOf(from: KeyFormValues, to: KeyFormValues): KeyChanges {
  const [was, is] = [keyDraftOf({ ...from, profile: null }), keyDraftOf({ ...to, profile: null })];
  const fields: KeyChangeField[] = ['name', 'description', 'scopes', 'instanceIds', 'rateLimit', 'expiresAt'];
  const differing = fields.filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]));
  return Object.fromEntries(differing.map((field) => [field, is[field]])) as KeyChanges;
}

/** What is missing or wrong in values, by field; each a sentence of namespace `key-form`. `now` in milliseconds. */
export function problemsOf(
  values: KeyFormValues,
  start: KeyFormValues | null,
  now: number,
): Partial<Record<KeyFormField, string>> {
  const problems: Partial<Record<KeyFormField, string>> = {};
  const same = start !== null && values.name === start.name;
  if (visibleName(values.name) === null) problems.name = 'name-needed';
  else if (!same && isReservedName(values.name)) problems.name = 'name-reserved';
  if (values.profile === null && values.scopes.length === 0) problems.scopes = 'scopes-needed';
  if (values.instances === 'some')
    if (values.instanceIds.length === 0) problems.instances = 'instances-needed';
    else if (!values.instanceIds.every(isUuid)) problems.instances = 'instance-ids-bad';
  const locks = start === null ? (profileOf(values.profile)?.locks ?? []) : [];
  if (locks.some((lock) => values.locks[lock].every((entry) => entry.trim() === ''))) problems.locks = 'locks-needed';
  else if (locks.includes('instanceAllowlist') && !values.locks.instanceAllowlist.every(isUuid))
    problems.locks = 'instance-ids-bad';
  if (values.expiresAt === '') problems.expiresAt = 'expiry-needed';
  else if (values.expiresAt !== null && values.expiresAt !== start?.expiresAt && Date.parse(values.expiresAt) <= now)
    problems.expiresAt = 'expiry-past';
  if (values.rateLimit.trim() !== '' && !/^[1-9]\d{0,8}$/.test(values.rateLimit.trim()))
    problems.rateLimit = 'rate-limit-bad';
  return problems;
}
