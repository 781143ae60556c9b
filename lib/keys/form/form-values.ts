import { isReservedName } from '#lib/omni/permits/key-rules.ts';
import type { Key } from '#lib/omni/schemas/keys.ts';
import { profileOf, type Lock } from './profiles.ts';
import { fitScopes, isScope } from '#lib/scopes/table.ts';
import type { ChangeField, Changes, Wish } from './key-draft.ts';

/** A key as a form holds it. `end`: an ISO time, null for none, `''` while what was typed is no time. */
export type Draft = {
  name: string;
  description: string;
  scopes: string[];
  profile: string | null;
  instances: 'all' | 'some' | 'none';
  instanceIds: string[];
  locks: Record<Lock, string[]>;
  end: string | null;
  rateLimit: string;
};

export type DraftField = 'name' | 'scopes' | 'instances' | 'locks' | 'end' | 'rateLimit';

const LOCKS: readonly Lock[] = ['instanceAllowlist', 'chatAllowlist', 'outboundRecipientAllowlist'];
const NO_LOCKS = { instanceAllowlist: [], chatAllowlist: [], outboundRecipientAllowlist: [] };

/** A key nobody has thought about yet. Its instances and its end are chosen, not assumed, but for the common case. */
export function emptyDraft(end: string): Draft {
  return {
    name: '',
    description: '',
    scopes: [],
    profile: null,
    instances: 'all',
    instanceIds: [],
    locks: NO_LOCKS,
    end,
    rateLimit: '',
  };
}

/** A key as it is; `description` without the console's marks. */
export function draftOf(key: Key, description: string | null): Draft {
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
    end: key.expiresAt,
    rateLimit: key.rateLimit === null ? '' : String(key.rateLimit),
  };
}

/** `uncopied`: what of a key's limits a new key can't be made with, so that none of its rights were filled in. */
export type LikeDraft = { draft: Draft; uncopied: (Lock | 'denylist' | 'profile')[] };

/**
 * A draft like another key, and never wider. A profile comes along with its locks; Omni takes no locks without one (contract
 * §5.1), so where a limit can't be asked for, no right is filled in. `own`: what the giver holds; `end` replaces the key's own.
 */
export function draftLike(key: Key, description: string | null, own: readonly string[] | null, end: string): LikeDraft {
  const draft = { ...draftOf(key, description), end: key.expiresAt === null ? null : end };
  const profile = profileOf(key.profile);
  const { denylistPresetKey, denylistExtras } = key.profileOverrides ?? {};
  const uncopied: LikeDraft['uncopied'] = LOCKS.filter(
    (lock) => draft.locks[lock].length > 0 && !profile?.locks.includes(lock),
  );
  if (denylistPresetKey || denylistExtras?.length) uncopied.push('denylist');
  if (key.profile !== null && key.profile !== 'admin' && !profile) uncopied.push('profile');
  if (uncopied.length > 0) return { draft: { ...draft, scopes: [], profile: null, locks: NO_LOCKS }, uncopied };
  if (profile) return { draft: { ...draft, scopes: [] }, uncopied };
  return { draft: { ...draft, scopes: fitScopes(draft.scopes.filter(isScope), own).granted, profile: null }, uncopied };
}

/** What a draft asks for; ask `problemsOf` first. */
export function wishOf(draft: Draft): Wish {
  const locks = profileOf(draft.profile)?.locks ?? [];
  const lock = (name: Lock) => (locks.includes(name) ? draft.locks[name] : []);
  return {
    name: draft.name.trim(),
    description: draft.description.trim() || null,
    scopes: draft.profile === null ? draft.scopes : [],
    profile: draft.profile,
    instanceIds: instancesOf(draft),
    instanceAllowlist: lock('instanceAllowlist'),
    chatAllowlist: lock('chatAllowlist'),
    outboundRecipientAllowlist: lock('outboundRecipientAllowlist'),
    expiresAt: draft.end,
    rateLimit: draft.rateLimit.trim() === '' ? null : Number(draft.rateLimit),
  };
}

/** All (null), none (empty), or those that were chosen. */
export function instancesOf({ instances, instanceIds }: Pick<Draft, 'instances' | 'instanceIds'>): string[] | null {
  return instances === 'all' ? null : instances === 'none' ? [] : instanceIds;
}

/** The fields in which two drafts ask for something else. */
export function changesOf(from: Draft, to: Draft): Changes {
  const [was, is] = [wishOf({ ...from, profile: null }), wishOf({ ...to, profile: null })];
  const fields: ChangeField[] = ['name', 'description', 'scopes', 'instanceIds', 'rateLimit', 'expiresAt'];
  const differing = fields.filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]));
  return Object.fromEntries(differing.map((field) => [field, is[field]])) as Changes;
}

/** What keeps a draft from being asked for, by field; each a sentence of namespace `keyForm`. `now` in milliseconds. */
export function problemsOf(draft: Draft, start: Draft | null, now: number): Partial<Record<DraftField, string>> {
  const problems: Partial<Record<DraftField, string>> = {};
  const same = start !== null && draft.name === start.name;
  if (draft.name.trim() === '') problems.name = 'name-needed';
  else if (!same && isReservedName(draft.name)) problems.name = 'name-reserved';
  if (draft.profile === null && draft.scopes.length === 0) problems.scopes = 'scopes-needed';
  if (draft.instances === 'some' && draft.instanceIds.length === 0) problems.instances = 'instances-needed';
  if (start === null && profileOf(draft.profile)?.locks.some((lock) => draft.locks[lock].length === 0))
    problems.locks = 'locks-needed';
  if (draft.end === '') problems.end = 'end-needed';
  else if (draft.end !== null && draft.end !== start?.end && Date.parse(draft.end) <= now) problems.end = 'end-past';
  if (draft.rateLimit.trim() !== '' && !/^[1-9]\d{0,8}$/.test(draft.rateLimit.trim()))
    problems.rateLimit = 'rate-limit-bad';
  return problems;
}
