'use client';

import { useTranslations } from 'use-intl/react';
import { anyKey } from '#lib/i18n/any-key.ts';
import { ChoiceCardsOf } from '#components/form/fields/choice-cards.tsx';
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
      <ChoiceCardsOf
        label={t('profile')}
        value={values.profile}
        choose={(profile) => change({ profile })}
        options={PROFILES.map(({ name, scopes }) => {
          const lacking = scopesBeyond(scopes, own);
          return {
            value: name,
            title: anyKey(t)(`profiles.${name}`) ?? name,
            disabled: lacking.length > 0,
            help: (
              <>
                {t('scopes', { count: scopes.length })}
                {lacking.length > 0 ? (
                  <span className="mt-1 block text-xs break-words">
                    {t('beyond-yours', { scopes: lacking.join(', ') })}
                  </span>
                ) : null}
              </>
            ),
          };
        })}
      />
      <p className="text-sm text-muted">{t('profile-hint')}</p>
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
