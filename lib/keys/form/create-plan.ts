import type { KeyBody } from '#lib/omni/schemas/keys.ts';
import { happens, sets } from '#lib/operations/effects/effect.ts';
import { listValue, NOTHING, notSeenValue, textValue, thing } from '#lib/operations/effects/value.ts';
import type { EffectPlan, Text } from '#lib/operations/plan/define.ts';
import { curlLine, omniLine } from '#lib/operations/plan/shell.ts';
import { notSeenAmong, type Seen } from '#lib/omni/seen.ts';
import { exceeds, uncheckedOf, type Ceiling } from './ceiling.ts';
import { namesOf, unnamedInstances, type NamedInstance } from './form-facts.ts';
import { expiryValue, instancesValue } from './key-effects.ts';
import { profileOf } from './profiles.ts';
import { isKnownScope, shownScope } from '#lib/scopes/table.ts';
import type { KeyDraft } from './key-draft.ts';

/** What the plan of a new key depends on. `sameName`: how many active keys have the name; names are not unique. */
export type CreateKeyFacts = {
  ceiling: Ceiling;
  sameName: Seen<number>;
  now: number;
  serverUrl: string;
  instances: Seen<NamedInstance[]>;
};

/** The body sent to Omni; fields without a value are left out (contract §5.1). */
export function bodyOf(draft: KeyDraft): KeyBody {
  const { name, description, scopes, profile, instanceIds, expiresAt, rateLimit } = draft;
  const locks = (['instanceAllowlist', 'chatAllowlist', 'outboundRecipientAllowlist'] as const).flatMap((lock) =>
    profile !== null && draft[lock].length > 0 ? [[lock, draft[lock]] as const] : [],
  );
  return {
    name,
    ...(description === null ? {} : { description }),
    ...(profile === null ? { scopes } : { profile }),
    ...(instanceIds === null ? {} : { instanceIds }),
    ...Object.fromEntries(locks),
    ...(expiresAt === null ? {} : { expiresAt }),
    ...(rateLimit === null ? {} : { rateLimit }),
  };
}

/** The scopes a key would hold, as far as is known here. */
export function scopesOf(draft: Pick<KeyDraft, 'scopes' | 'profile'>): readonly string[] {
  return draft.profile === null ? draft.scopes : (profileOf(draft.profile)?.scopes ?? []);
}

function refusalOf(draft: KeyDraft, { ceiling, now }: CreateKeyFacts): Text | undefined {
  if (draft.expiresAt !== null && Date.parse(draft.expiresAt) <= now) return { key: 'keys.past' };
  const open = profileOf(draft.profile)?.locks.find((lock) => draft[lock].length === 0);
  if (open) return { key: 'keys.lock-needed', values: { lock: open, profile: draft.profile ?? '' } };
  return exceeds(ceiling, { ...draft, scopes: [...scopesOf(draft)] });
}

function warningsOf(draft: KeyDraft, { sameName, ceiling, instances }: CreateKeyFacts): Text[] {
  const unknown = draft.profile === null ? draft.scopes.filter((scope) => !isKnownScope(scope)) : [];
  const locked = (profileOf(draft.profile)?.locks.length ?? 0) > 0;
  const everything = scopesOf(draft).includes('*');
  const warnings: (Text | false)[] = [
    everything && { key: 'keys.create.everything' },
    unknown.length > 0 && {
      key: 'keys.unknown-scopes',
      values: { scopes: unknown.map(shownScope).join(', '), count: unknown.length },
    },
    draft.expiresAt === null && { key: 'keys.create.never-expires-warning' },
    draft.instanceIds?.length === 0 && { key: 'keys.no-instances' },
    Boolean(draft.instanceIds?.length) && { key: 'keys.instances-limit' },
    locked && { key: 'keys.create.locked' },
    draft.rateLimit !== null && { key: 'keys.rate-limit' },
    sameName.is === 'value' &&
      sameName.value > 0 && { key: 'keys.create.same-name', values: { count: sameName.value, name: draft.name } },
    sameName.is !== 'value' && { key: 'keys.create.same-name-not-seen', values: { why: notSeenValue(sameName) } },
  ];
  return [
    ...warnings.filter((warning) => warning !== false),
    ...uncheckedOf(ceiling, draft),
    ...unnamedInstances(instances, draft.instanceIds),
  ];
}

/** The plan of creating a key. Undo revokes it, which Omni's list shows for good. Pure. */
export function planCreate(draft: KeyDraft, facts: CreateKeyFacts): Omit<EffectPlan, 'steps'> {
  const refusal = refusalOf(draft, facts);
  const { name, profile, scopes, instanceIds, expiresAt } = draft;
  const everything = scopesOf(draft).includes('*');
  return {
    title: { key: 'keys.create.title', values: { name } },
    effects: [
      happens('key-created', {
        kept: 'yes',
        back: 'no',
        more: { name },
        ...(everything ? { grants: true } : {}),
        of: thing('key', '', name),
      }),
      {
        ...sets('key.scopes', NOTHING, profile === null ? listValue(scopes) : textValue(profile)),
        what: profile === null ? 'permissions-added' : 'key-profile',
      },
      { ...sets('key.instanceIds', NOTHING, instancesValue(instanceIds, namesOf(facts.instances))), what: 'gets' },
      { ...sets('key.expiresAt', NOTHING, expiryValue(expiresAt)), what: 'gets' },
    ],
    relies: { draft, notSeen: notSeenAmong([facts.ceiling.instances, facts.sameName, facts.instances]) },
    notes: [
      ...(profile === null ? [] : [{ key: 'keys.create.profile-unknown', values: { profile } }]),
      ...warningsOf(draft, facts),
    ],
    ...(refusal ? { refusal } : {}),
    verb: 'save',
  };
}

/** The line that creates the same key. It has no option for a profile, or for no instances at all. */
export function createLine(draft: KeyDraft, serverUrl: string): string {
  const { name, description, scopes, profile, instanceIds, expiresAt, rateLimit } = draft;
  if (profile !== null || instanceIds?.length === 0) return curlLine('POST', serverUrl, '/keys', bodyOf(draft));
  return omniLine(['keys', 'create'], {
    name,
    scopes: scopes.join(','),
    description: description ?? undefined,
    instances: instanceIds?.join(','),
    'rate-limit': rateLimit ?? undefined,
    expires: expiresAt ?? undefined,
  });
}
