'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { anyKey } from '#lib/i18n/any-key.ts';
import { Field, inputClass } from '#components/form/field.tsx';
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
  const problemOf = (field: KeyFormField) => anyKey(t)(problems[field] ?? '') ?? undefined;
  const byProfile = values.profile !== null && !editing;
  return (
    <>
      <Section id="section-name" title={t('identification')}>
        <Field id="name" label={t('name')} hint={t('name-hint')} error={problemOf('name')}>
          <input
            id="name"
            value={values.name}
            maxLength={255}
            disabled={editing && start.name === PRIMARY}
            onChange={(event) => change({ name: event.target.value })}
            aria-invalid={problems.name ? true : undefined}
            aria-describedby="name-hint name-error"
            autoComplete="off"
            className={inputClass}
          />
        </Field>
        <Field id="description" label={t('description')} optional hint={t('description-hint')}>
          <input
            id="description"
            value={values.description}
            maxLength={500}
            onChange={(event) => change({ description: event.target.value })}
            aria-describedby="description-hint"
            autoComplete="off"
            className={inputClass}
          />
        </Field>
      </Section>
      <Section id="section-scopes" title={t('permissions')} problem={problemOf('scopes') ?? problemOf('locks')}>
        {profiles && !editing ? (
          <div role="radiogroup" aria-label={t('permissions-from')} className="flex flex-wrap gap-x-6">
            {([false, true] as const).map((profile) => (
              <label key={String(profile)} className="flex min-h-8 items-center gap-2">
                <input
                  type="radio"
                  name="permissions-from"
                  checked={byProfile === profile}
                  onChange={() => change({ profile: profile ? 'console-viewer' : null })}
                  className="size-4 accent-(--accent)"
                />
                {t(profile ? 'by-profile' : 'by-choice')}
              </label>
            ))}
          </div>
        ) : null}
        {editing && values.profile !== null ? (
          <Notice tone="info">{t('profile-fixed', { profile: values.profile })}</Notice>
        ) : null}
        {byProfile ? (
          <ProfileSection values={values} own={own} instances={instances} held={held} change={change} />
        ) : (
          <PermissionsSection values={values} own={own} change={change} />
        )}
      </Section>
      <Section id="section-instances" title={t('instances')} problem={problemOf('instances')}>
        <InstancesSection values={values} change={change} instances={instances} held={held} />
      </Section>
      <Section id="section-expiresAt" title={t('expiry')}>
        <ExpirySection
          expiresAt={values.expiresAt}
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
            value={values.rateLimit}
            onChange={(event) => change({ rateLimit: event.target.value })}
            aria-invalid={problems.rateLimit ? true : undefined}
            aria-describedby="rate-limit-hint rate-limit-error"
            className={`${inputClass} max-w-40`}
          />
        </Field>
      </Section>
    </>
  );
}

type SectionProps = { id: string; title: string; problem?: string | undefined; children: ReactNode };

function Section({ id, title, problem, children }: SectionProps) {
  return (
    <section id={id} tabIndex={-1} aria-labelledby={`${id}-title`} className="rounded border bg-surface">
      <h2 id={`${id}-title`} className="border-b px-4 py-2.5">
        {title}
      </h2>
      <div className="space-y-4 p-4">
        {children}
        {problem ? (
          <p role="alert" className="text-sm text-danger">
            {problem}
          </p>
        ) : null}
      </div>
    </section>
  );
}
