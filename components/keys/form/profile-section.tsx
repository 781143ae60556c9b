'use client';

import { useTranslations } from 'use-intl/react';
import { anyKey } from '#lib/i18n/any-key.ts';
import { Field, inputClass } from '#components/form/field.tsx';
import type { KeyFormFacts } from '#lib/keys/form/form-facts.ts';
import type { KeyFormValues } from '#lib/keys/form/form-values.ts';
import { PROFILES, profileOf, type KeyLock } from '#lib/keys/form/profiles.ts';
import { scopesBeyond } from '#lib/scopes/table.ts';
import { InstanceChecks } from './instances-section.tsx';

type Props = KeyFormFacts & {
  values: KeyFormValues;
  change: (part: Partial<KeyFormValues>) => void;
};

/** A profile of the server, its scopes, and the locks it requires. */
export function ProfileSection({ values, own, instances, held, change }: Props) {
  const t = useTranslations('key-form');
  const chosen = profileOf(values.profile);
  const lock = (name: KeyLock, entries: string[]) => change({ locks: { ...values.locks, [name]: entries } });
  return (
    <div className="space-y-4">
      <Field id="profile" label={t('profile')} hint={t('profile-hint')}>
        <select
          id="profile"
          value={values.profile ?? ''}
          onChange={(event) => change({ profile: event.target.value })}
          aria-describedby="profile-hint"
          className={inputClass}
        >
          {PROFILES.map(({ name, scopes }) => {
            const lacking = scopesBeyond(scopes, own);
            return (
              <option key={name} value={name} disabled={lacking.length > 0}>
                {anyKey(t)(`profiles.${name}`)}
                {lacking.length > 0 ? ` (${t('beyond-yours')})` : ''}
              </option>
            );
          })}
        </select>
      </Field>
      {chosen ? (
        <details className="text-sm">
          <summary className="min-h-target text-muted">{t('preset-scopes', { count: chosen.scopes.length })}</summary>
          <p className="mt-1 font-mono text-xs leading-5">{chosen.scopes.join(' · ')}</p>
        </details>
      ) : null}
      {chosen?.locks.map((name) =>
        name === 'instanceAllowlist' ? (
          <fieldset key={name}>
            <legend className="mb-1 font-medium">{t(`locks.${name}`)}</legend>
            <InstanceChecks
              instances={instances}
              held={held}
              chosen={values.locks[name]}
              choose={(ids) => lock(name, ids)}
            />
          </fieldset>
        ) : (
          <Field key={name} id={name} label={t(`locks.${name}`)} hint={t('one-a-line')}>
            <Lines id={name} values={values.locks[name]} change={(entries) => lock(name, entries)} />
          </Field>
        ),
      )}
      {chosen && chosen.locks.length > 0 ? <p className="text-sm text-muted">{t('locks-help')}</p> : null}
    </div>
  );
}

type LinesProps = { id: string; values: readonly string[]; change: (values: string[]) => void };

/** One text per line. */
export function Lines({ id, values, change }: LinesProps) {
  return (
    <textarea
      id={id}
      rows={3}
      defaultValue={values.join('\n')}
      onChange={(event) =>
        change(
          event.target.value
            .split('\n')
            .map((line) => line.trim())
            .filter(Boolean),
        )
      }
      aria-describedby={`${id}-hint`}
      spellCheck={false}
      className={`${inputClass} h-auto py-2 font-mono text-sm`}
    />
  );
}
