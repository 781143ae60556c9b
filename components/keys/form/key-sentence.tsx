'use client';

import { useFormatter, useLocale, useTimeZone, useTranslations } from 'use-intl/react';
import { zoneName } from '#lib/i18n/zone-name.ts';
import { scopesByRight } from '#lib/scopes/words.ts';
import { profileOf } from '#lib/keys/form/profiles.ts';
import type { Draft } from '#lib/keys/form/form-values.ts';

type Props = { draft: Draft; names: ReadonlyMap<string, string> };

/** What the key will be able to do, said as one would say it; it changes while one chooses. */
export function KeySentence({ draft, names }: Props) {
  const t = useTranslations('keyForm');
  const format = useFormatter();
  const zone = useTimeZone();
  const locale = useLocale();
  const say = useRights();
  const scopes = draft.profile === null ? draft.scopes : (profileOf(draft.profile)?.scopes ?? []);
  const rights = say(scopes);
  const chosen = draft.instanceIds.map((id) => names.get(id) ?? `${id.slice(0, 8)}…`);
  const where =
    draft.instances === 'some' && chosen.length > 0
      ? t('on-some', { names: format.list(chosen) })
      : t(draft.instances === 'all' ? 'on-all' : 'on-none');
  const until = draft.end
    ? t('until', {
        at: format.dateTime(new Date(draft.end), { dateStyle: 'long', timeStyle: 'short' }),
        zone: zoneName(zone ?? 'UTC', locale, Date.parse(draft.end)),
      })
    : t(draft.end === null ? 'no-end' : 'end-open');
  return (
    <p aria-live="polite" className="text-base leading-6">
      {t(rights ? 'sentence' : 'sentence-nothing', {
        name: draft.name.trim() ? `“${draft.name.trim()}”` : t('nameless'),
        rights,
        where,
        until,
      })}
    </p>
  );
}

/** Rights in words: "read and change people, routes; read agents". */
function useRights() {
  const t = useTranslations('keyForm');
  const tScopes = useTranslations('scopes');
  const format = useFormatter();
  const word = (name: string) =>
    tScopes.has(`resources.${name}` as never) ? tScopes(`resources.${name}` as never) : name;
  const words = (names: string[]) => format.list(names.map(word));
  return (scopes: readonly string[]): string => {
    if (scopes.includes('*')) return t('may-everything');
    const { changes, reads, others } = scopesByRight(scopes);
    const parts = [
      changes.length > 0 && t('may-change', { what: words(changes) }),
      reads.length > 0 && t('may-read', { what: words(reads) }),
      others.length > 0 && t('may-use', { what: format.list(others) }),
    ].filter((part) => part !== false);
    return parts.join('; ');
  };
}
