'use client';

import type { ReactNode } from 'react';
import { useFormContext } from 'react-hook-form';
import { useTranslations } from 'use-intl/react';
import { anyKey } from '#lib/i18n/any-key.ts';
import { Field, inputClass } from '#components/form/field.tsx';
import { Segmented } from '#components/form/fields/segmented.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { KeyFormFacts } from '#lib/keys/form/form-facts.ts';
import type { KeyFormField, KeyFormValues } from '#lib/keys/form/form-values.ts';
import { PRIMARY } from '#lib/omni/permits/key-rules.ts';
import { ExpirySection } from './expiry-section.tsx';
import { InstancesSection } from './instances-section.tsx';
import { ProfileSection } from './profile-section.tsx';
import { PermissionsSection } from './permissions-section.tsx';

type Props = KeyFormFacts & {
  /** Whether a key can be made from a profile of the server. */
  profiles: boolean;
  editing: boolean;
  start: KeyFormValues;
  values: KeyFormValues;
  problems: Partial<Record<KeyFormField, string>>;
  change: (part: Partial<KeyFormValues>) => void;
};

/** The form's sections, top to bottom: identification, permissions, instances, expiry, rate limit. */
export function KeyFormFields({ own, held, instances, profiles, editing, start, values, problems, change }: Props) {
  const t = useTranslations('key-form');
  const { register, formState } = useFormContext<KeyFormValues>();
  // What is missing stands beside the review; at its field it is said once that field was left.
  const problemOf = (field: KeyFormField & keyof KeyFormValues) =>
    formState.touchedFields[field] ? (anyKey(t)(problems[field] ?? '') ?? undefined) : undefined;
  const byProfile = values.profile !== null && !editing;
  const fixed = editing && start.name === PRIMARY;
  return (
    <>
      <Section id="section-name" title={t('identification')}>
        <Field id="name" label={t('name')} error={problemOf('name')}>
          <input
            id="name"
            maxLength={255}
            readOnly={fixed}
            aria-disabled={fixed || undefined}
            aria-invalid={problemOf('name') ? true : undefined}
            aria-describedby="name-error"
            autoComplete="off"
            className={inputClass}
            {...register('name')}
          />
        </Field>
        <Field id="description" label={t('description')} optional>
          <input
            id="description"
            maxLength={500}
            placeholder={t('description-placeholder')}
            autoComplete="off"
            className={inputClass}
            {...register('description')}
          />
        </Field>
      </Section>
      <Section id="section-scopes" title={t('permissions')}>
        {profiles && !editing ? (
          <Segmented
            name="permissions-from"
            label={t('permissions-from')}
            value={byProfile ? 'profile' : 'choice'}
            options={(['choice', 'profile'] as const).map((value) => ({ value, text: t(`by-${value}`) }))}
            choose={(from) => change({ profile: from === 'profile' ? 'console-viewer' : null })}
          />
        ) : null}
        {editing && values.profile !== null ? (
          <Notice tone="info">{t('profile-fixed', { profile: values.profile })}</Notice>
        ) : null}
        {byProfile ? (
          <ProfileSection values={values} own={own} instances={instances} held={held} change={change} />
        ) : (
          <PermissionsSection
            hadAll={editing && start.scopes.includes('*')}
            values={values}
            own={own}
            change={change}
          />
        )}
      </Section>
      <Section id="section-instances" title={t('instances')}>
        <InstancesSection values={values} change={change} instances={instances} held={held} />
      </Section>
      <Section id="section-expiresAt" title={t('expiry')}>
        <ExpirySection
          expiresAt={values.expiresAt}
          endless={editing && start.expiresAt === null}
          problem={problemOf('expiresAt')}
          choose={(expiresAt) => change({ expiresAt })}
        />
      </Section>
      <Section id="section-rateLimit" title={t('rate-limit')}>
        <Field
          id="rate-limit"
          label={t('rate-limit-label')}
          optional
          hint={t('rate-limit-hint')}
          error={problemOf('rateLimit')}
        >
          <input
            id="rate-limit"
            inputMode="numeric"
            autoComplete="off"
            aria-invalid={problemOf('rateLimit') ? true : undefined}
            aria-describedby="rate-limit-hint rate-limit-error"
            className={`${inputClass} max-w-40`}
            {...register('rateLimit')}
          />
        </Field>
      </Section>
    </>
  );
}

type SectionProps = { id: string; title: string; children: ReactNode };

function Section({ id, title, children }: SectionProps) {
  return (
    <section id={id} tabIndex={-1} aria-labelledby={`${id}-title`} className="rounded border bg-surface">
      <h2 id={`${id}-title`} className="border-b px-4 py-2.5">
        {title}
      </h2>
      <div className="space-y-4 p-4">{children}</div>
    </section>
  );
}
