'use client';

import { useFormatter, useTranslations } from 'use-intl/react';
import { anyKey } from '#lib/i18n/any-key.ts';
import type { OmniGeneration } from '#lib/scopes/generations.ts';
import { visibleName } from '#lib/text/visible.ts';
import { permissionLines } from '#lib/scopes/permission-lines.ts';
import { permissionsOf } from '#lib/scopes/words.ts';
import { profileOf } from '#lib/keys/form/profiles.ts';
import type { KeyFormValues } from '#lib/keys/form/form-values.ts';

type Props = { values: KeyFormValues; names: ReadonlyMap<string, string>; generation: OmniGeneration };

/** What the key will be able to do, in one sentence that follows the form. */
export function KeySentence({ values, names, generation }: Props) {
  const t = useTranslations('key-form');
  const tScopes = useTranslations('scopes');
  const format = useFormatter();
  const scopes = values.profile === null ? values.scopes : (profileOf(values.profile)?.scopes ?? []);
  const permissions = permissionsOf(scopes, generation);
  const name = visibleName(values.name);
  const { wildcards } = permissions;
  const chosen = values.instanceIds.map((id) => names.get(id) ?? `${id.slice(0, 8)}…`);
  const where =
    values.instances === 'some' && chosen.length > 0
      ? t('on-some', { names: format.list(chosen) })
      : t(values.instances === 'all' ? 'on-all' : 'on-none');
  const until = values.expiresAt
    ? format.dateTime(new Date(values.expiresAt), { dateStyle: 'long', timeStyle: 'short' })
    : t(values.expiresAt === null ? 'expires-never' : 'expires-not-chosen');
  return (
    <div aria-live="polite">
      <p className="text-base leading-6">
        {t(scopes.length > 0 ? 'sentence' : 'sentence-nothing', {
          name: name === null ? t('nameless') : `“${name}”`,
          permissions: permissionLines(permissions, anyKey(tScopes)).join(' · '),
          where,
          until,
        })}
      </p>
      {wildcards.length > 0 ? (
        <p className="mt-2 text-sm text-muted">
          {tScopes('later', { count: wildcards.length, scopes: wildcards.join(', ') })}
        </p>
      ) : null}
    </div>
  );
}
