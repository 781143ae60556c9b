'use client';

import { useFormatter, useLocale, useTimeZone, useTranslations } from 'use-intl/react';
import { anyKey } from '#lib/i18n/any-key.ts';
import { zoneName } from '#lib/i18n/zone-name.ts';
import { scopesByPermission } from '#lib/scopes/words.ts';
import { profileOf } from '#lib/keys/form/profiles.ts';
import type { KeyFormValues } from '#lib/keys/form/form-values.ts';

type Props = { values: KeyFormValues; names: ReadonlyMap<string, string> };

/** What the key will be able to do, in one sentence that follows the form. */
export function KeySentence({ values, names }: Props) {
  const t = useTranslations('key-form');
  const format = useFormatter();
  const zone = useTimeZone();
  const locale = useLocale();
  const words = usePermissionWords();
  const scopes = values.profile === null ? values.scopes : (profileOf(values.profile)?.scopes ?? []);
  const permissions = words(scopes);
  const chosen = values.instanceIds.map((id) => names.get(id) ?? `${id.slice(0, 8)}…`);
  const where =
    values.instances === 'some' && chosen.length > 0
      ? t('on-some', { names: format.list(chosen) })
      : t(values.instances === 'all' ? 'on-all' : 'on-none');
  const until = values.expiresAt
    ? t('expires-on', {
        at: format.dateTime(new Date(values.expiresAt), { dateStyle: 'long', timeStyle: 'short' }),
        zone: zoneName(zone ?? 'UTC', locale, Date.parse(values.expiresAt)),
      })
    : t(values.expiresAt === null ? 'expires-never' : 'expires-not-chosen');
  return (
    <p aria-live="polite" className="text-base leading-6">
      {t(permissions ? 'sentence' : 'sentence-nothing', {
        name: values.name.trim() ? `“${values.name.trim()}”` : t('nameless'),
        permissions,
        where,
        until,
      })}
    </p>
  );
}

/** Permissions in words: "read and write access to people and routes; read access to agents". */
function usePermissionWords() {
  const t = useTranslations('key-form');
  const tScopes = useTranslations('scopes');
  const format = useFormatter();
  const word = (name: string) => anyKey(tScopes)(`resources.${name}`) ?? name;
  const list = (names: string[]) => format.list(names.map(word));
  return (scopes: readonly string[]): string => {
    if (scopes.includes('*')) return t('has-everything');
    const { readAndWrite, writeOnly, read, send, manageKeys, others } = scopesByPermission(scopes);
    const both = manageKeys ? [...readAndWrite, 'keys'] : readAndWrite;
    const single = send ? ['messages:send', ...others] : others;
    const parts = [
      both.length > 0 && t('has-read-and-write', { what: list(both) }),
      writeOnly.length > 0 && t('has-write-only', { what: list(writeOnly) }),
      read.length > 0 && t('has-read', { what: list(read) }),
      single.length > 0 && t('has-others', { what: format.list(single) }),
    ].filter((part) => part !== false);
    return parts.join('; ');
  };
}
