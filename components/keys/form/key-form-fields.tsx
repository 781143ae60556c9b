'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { Field, inputClass } from '#components/form/field.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { Draft, DraftField } from '#lib/keys/form/form-values.ts';
import { PRIMARY } from '#lib/omni/permits/key-rules.ts';
import { EndSection } from './expiry-section.tsx';
import { InstancesSection, type NamedInstance } from './instances-section.tsx';
import { ProfileSection } from './profile-section.tsx';
import { RightsSection } from './permissions-section.tsx';

/** What the giver may give and sees: scopes (null: unknown), the instances they are kept to (null: all), what there is. */
export type FormWorld = {
  own: readonly string[] | null;
  held: readonly string[] | null;
  instances: readonly NamedInstance[] | null;
  profiles: boolean;
};

type Props = FormWorld & {
  editing: boolean;
  start: Draft;
  draft: Draft;
  problems: Partial<Record<DraftField, string>>;
  change: (part: Partial<Draft>) => void;
};

/** The form's sections, top to bottom: who for, what, where, until when. */
export function KeyFormFields({ own, held, instances, profiles, editing, start, draft, problems, change }: Props) {
  const t = useTranslations('keyForm');
  const said = (field: DraftField) => (problems[field] ? t(problems[field] as never) : undefined);
  const byProfile = draft.profile !== null && !editing;
  return (
    <>
      <Section id="section-name" title={t('who-for')}>
        <Field id="name" label={t('name')} hint={t('name-hint')} error={said('name')}>
          <input
            id="name"
            value={draft.name}
            maxLength={255}
            disabled={editing && start.name === PRIMARY}
            onChange={(event) => change({ name: event.target.value })}
            aria-invalid={problems.name ? true : undefined}
            aria-describedby="name-hint name-error"
            autoComplete="off"
            className={inputClass}
          />
        </Field>
        <Field id="description" label={t('description')} aside={t('optional')} hint={t('description-hint')}>
          <input
            id="description"
            value={draft.description}
            maxLength={500}
            onChange={(event) => change({ description: event.target.value })}
            aria-describedby="description-hint"
            autoComplete="off"
            className={inputClass}
          />
        </Field>
      </Section>
      <Section id="section-scopes" title={t('rights')} problem={said('scopes') ?? said('locks')}>
        {profiles && !editing ? (
          <div role="radiogroup" aria-label={t('rights-by')} className="flex flex-wrap gap-x-6">
            {([false, true] as const).map((profile) => (
              <label key={String(profile)} className="flex min-h-8 items-center gap-2">
                <input
                  type="radio"
                  name="rights-by"
                  checked={byProfile === profile}
                  onChange={() => change({ profile: profile ? 'console-viewer' : null })}
                  className="size-4 accent-(--accent)"
                />
                {t(profile ? 'by-profile' : 'by-choice')}
              </label>
            ))}
          </div>
        ) : null}
        {editing && draft.profile !== null ? (
          <Notice tone="info">{t('profile-stays', { profile: draft.profile })}</Notice>
        ) : null}
        {byProfile ? (
          <ProfileSection draft={draft} own={own} instances={instances} held={held} change={change} />
        ) : (
          <RightsSection draft={draft} own={own} change={change} />
        )}
      </Section>
      <Section id="section-instances" title={t('instances')} problem={said('instances')}>
        <InstancesSection draft={draft} change={change} instances={instances} held={held} />
      </Section>
      <Section id="section-end" title={t('end')}>
        <EndSection end={draft.end} problem={said('end')} choose={(end) => change({ end })} />
      </Section>
      <Section id="section-rateLimit" title={t('rate-limit')}>
        <Field
          id="rate-limit"
          label={t('rate-limit-label')}
          aside={t('optional')}
          hint={t('rate-limit-hint')}
          error={said('rateLimit')}
        >
          <input
            id="rate-limit"
            inputMode="numeric"
            value={draft.rateLimit}
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
