import type { KeyBody } from '#lib/omni/schemas/keys.ts';
import type { Command, Plan, Text } from '#lib/operations/plan/define.ts';
import { curlLine, omniLine } from '#lib/operations/plan/shell.ts';
import { exceeds, type Ceiling } from './ceiling.ts';
import { profileOf } from './profiles.ts';
import { isKnownScope } from '#lib/scopes/table.ts';
import type { KeyDraft } from './key-draft.ts';

/** What the plan of a new key depends on. `sameName`: how many listed active keys have the name; names are not unique. */
export type CreateKeyFacts = { ceiling: Ceiling; sameName: number; now: number; serverUrl: string };

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

function warningsOf(draft: KeyDraft, { sameName }: CreateKeyFacts): Text[] {
  const unknown = draft.profile === null ? draft.scopes.filter((scope) => !isKnownScope(scope)) : [];
  const locked = (profileOf(draft.profile)?.locks.length ?? 0) > 0;
  const everything = scopesOf(draft).includes('*');
  const warnings: (Text | false)[] = [
    everything && { key: 'keys.create.everything' },
    unknown.length > 0 && { key: 'keys.unknown-scopes', values: { scopes: unknown.join(', '), count: unknown.length } },
    draft.expiresAt === null && { key: 'keys.create.never-expires-warning' },
    draft.instanceIds?.length === 0 && { key: 'keys.no-instances' },
    Boolean(draft.instanceIds?.length) && { key: 'keys.instances-limit' },
    locked && { key: 'keys.create.locked' },
    draft.rateLimit !== null && { key: 'keys.rate-limit' },
    sameName > 0 && { key: 'keys.create.same-name', values: { count: sameName, name: draft.name } },
  ];
  return warnings.filter((warning) => warning !== false);
}

/** The plan of creating a key. Pure. */
export function planCreate(draft: KeyDraft, facts: CreateKeyFacts): Plan {
  const refusal = refusalOf(draft, facts);
  const { name, profile, scopes, instanceIds, expiresAt } = draft;
  const step = (id: string) => ({
    id,
    kind: id,
    title: { key: `keys.create.step-${id}`, values: { name } },
    args: null,
  });
  return {
    title: { key: 'keys.create.title', values: { name } },
    effects: draft,
    steps: [step('create'), step('revoke-undelivered')],
    moves: [
      profile === null
        ? { key: 'keys.create.scopes', values: { scopes: scopes.join(', ') } }
        : { key: 'keys.create.profile', values: { profile } },
      instanceIds === null
        ? { key: 'keys.create.all-instances' }
        : { key: 'keys.create.instances', values: { count: instanceIds.length } },
      expiresAt === null
        ? { key: 'keys.create.never-expires' }
        : { key: 'keys.create.expires', values: { at: minuteOf(expiresAt) } },
    ],
    losses: [],
    unknowns: profile === null ? [] : [{ key: 'keys.create.profile-unknown', values: { profile } }],
    warnings: warningsOf(draft, facts),
    ...(scopesOf(draft).includes('*') ? { typed: { text: name } } : {}),
    ...(refusal ? { refusal } : {}),
    command: commandOf(draft, facts.serverUrl),
  };
}

function commandOf(draft: KeyDraft, serverUrl: string): Command {
  const { name, description, scopes, profile, instanceIds, expiresAt, rateLimit } = draft;
  if (profile !== null || instanceIds?.length === 0) {
    return { curl: curlLine('POST', serverUrl, '/keys', bodyOf(draft)), note: { key: 'keys.cli-cannot' } };
  }
  return {
    omni: omniLine(['keys', 'create'], {
      name,
      scopes: scopes.join(','),
      description: description ?? undefined,
      instances: instanceIds?.join(','),
      'rate-limit': rateLimit ?? undefined,
      expires: expiresAt ?? undefined,
    }),
  };
}

/** An ISO time in UTC, to the minute: `2026-12-31 23:59`. */
export function minuteOf(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}
