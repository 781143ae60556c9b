import type { KeyBody } from '#lib/omni/schemas/keys.ts';
import type { Command, Plan, Text } from '#lib/operations/plan/define.ts';
import { curlLine, omniLine } from '#lib/operations/plan/shell.ts';
import { exceeds, type Ceiling } from './ceiling.ts';
import { profileOf } from './profiles.ts';
import { isKnownScope } from '#lib/scopes/table.ts';
import type { Wish } from './key-draft.ts';

/** What a new key depends on. `sameName`: how many listed working keys are called so; names are not unique. */
export type CreateWorld = { ceiling: Ceiling; sameName: number; now: number; serverUrl: string };

/** The body Omni gets: what isn't wanted is left out (contract §5.1). */
export function bodyOf(wish: Wish): KeyBody {
  const { name, description, scopes, profile, instanceIds, expiresAt, rateLimit } = wish;
  const locks = (['instanceAllowlist', 'chatAllowlist', 'outboundRecipientAllowlist'] as const).flatMap((lock) =>
    profile !== null && wish[lock].length > 0 ? [[lock, wish[lock]] as const] : [],
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
export function scopesOf(wish: Pick<Wish, 'scopes' | 'profile'>): readonly string[] {
  return wish.profile === null ? wish.scopes : (profileOf(wish.profile)?.scopes ?? []);
}

function refusalOf(wish: Wish, { ceiling, now }: CreateWorld): Text | undefined {
  if (wish.expiresAt !== null && Date.parse(wish.expiresAt) <= now) return { key: 'keys.past' };
  const open = profileOf(wish.profile)?.locks.find((lock) => wish[lock].length === 0);
  if (open) return { key: 'keys.lock-needed', values: { lock: open, profile: wish.profile ?? '' } };
  return exceeds(ceiling, { ...wish, scopes: [...scopesOf(wish)] });
}

function warningsOf(wish: Wish, { sameName }: CreateWorld): Text[] {
  const unknown = wish.profile === null ? wish.scopes.filter((scope) => !isKnownScope(scope)) : [];
  const locked = (profileOf(wish.profile)?.locks.length ?? 0) > 0;
  const everything = scopesOf(wish).includes('*');
  const warnings: (Text | false)[] = [
    everything && { key: 'keys.create.everything' },
    unknown.length > 0 && { key: 'keys.unknown-scopes', values: { scopes: unknown.join(', '), count: unknown.length } },
    wish.expiresAt === null && { key: 'keys.create.no-end' },
    wish.instanceIds?.length === 0 && { key: 'keys.no-instances' },
    Boolean(wish.instanceIds?.length) && { key: 'keys.instances-hold' },
    locked && { key: 'keys.create.locked' },
    wish.rateLimit !== null && { key: 'keys.rate-limit' },
    sameName > 0 && { key: 'keys.create.same-name', values: { count: sameName, name: wish.name } },
  ];
  return warnings.filter((warning) => warning !== false);
}

/** What making a key comes to. */
export function planCreate(wish: Wish, world: CreateWorld): Plan {
  const refusal = refusalOf(wish, world);
  const { name, profile, scopes, instanceIds, expiresAt } = wish;
  const step = (id: string) => ({
    id,
    kind: id,
    title: { key: `keys.create.step-${id}`, values: { name } },
    args: null,
  });
  return {
    title: { key: 'keys.create.title', values: { name } },
    effects: wish,
    steps: [step('make'), step('unseen')],
    moves: [
      profile === null
        ? { key: 'keys.create.scopes', values: { scopes: scopes.join(', ') } }
        : { key: 'keys.create.profile', values: { profile } },
      instanceIds === null
        ? { key: 'keys.create.all-instances' }
        : { key: 'keys.create.instances', values: { count: instanceIds.length } },
      expiresAt === null
        ? { key: 'keys.create.never-ends' }
        : { key: 'keys.create.ends', values: { at: minuteOf(expiresAt) } },
    ],
    losses: [],
    unknowns: profile === null ? [] : [{ key: 'keys.create.profile-unknown', values: { profile } }],
    warnings: warningsOf(wish, world),
    ...(scopesOf(wish).includes('*') ? { typed: { text: name } } : {}),
    ...(refusal ? { refusal } : {}),
    command: commandOf(wish, world.serverUrl),
  };
}

function commandOf(wish: Wish, serverUrl: string): Command {
  const { name, description, scopes, profile, instanceIds, expiresAt, rateLimit } = wish;
  if (profile !== null || instanceIds?.length === 0) {
    return { curl: curlLine('POST', serverUrl, '/keys', bodyOf(wish)), note: { key: 'keys.cli-cannot' } };
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

/** A time in UTC as people read it: `2026-12-31 23:59`. */
export function minuteOf(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}
