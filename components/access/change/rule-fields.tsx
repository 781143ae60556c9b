'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { MomentField } from '#components/form/fields/moment-field.tsx';
import { SegmentedField } from '#components/form/fields/segmented.tsx';
import { TextField } from '#components/form/fields/text-field.tsx';
import type { RuleDraft } from './rule-draft.ts';

type Props = {
  draft: RuleDraft;
  /** The rule expires already: Omni can't take that away. */
  expires?: boolean;
  /** Where it holds, where that is chosen, and whom it names. */
  where?: ReactNode;
  person?: ReactNode;
};

/** Two short fields beside each other where there is room. */
const PAIR = 'grid gap-4 sm:grid-cols-2';

/** What an access rule does, by what it matches, until when, and before which others it comes. */
export function RuleFields({ draft, expires = false, where, person }: Props) {
  const t = useTranslations('access-rules');
  return (
    <>
      <div className={PAIR}>
        <SegmentedField
          name="does"
          label={t('does')}
          options={[
            { value: 'deny', text: t('blocks') },
            { value: 'allow', text: t('allows') },
          ]}
        />
        {where}
      </div>
      <div className={PAIR}>
        <TextField
          name="handle"
          label={t('by-handle')}
          hint={t('handle-hint')}
          optional
          maxLength={255}
          spellCheck={false}
          autoComplete="off"
          data-focus
        />
        <TextField
          name="phone"
          label={t('by-phone')}
          hint={t('phone-hint')}
          optional
          maxLength={50}
          inputMode="tel"
          autoComplete="off"
        />
      </div>
      {person}
      <div className={PAIR}>
        {draft.does === 'deny' ? (
          <SegmentedField
            name="how"
            label={t('how')}
            options={[
              { value: 'silently', text: t('silently') },
              { value: 'message', text: t('with-message') },
            ]}
          />
        ) : null}
        {expires ? null : (
          <SegmentedField
            name="ends"
            label={t('expires')}
            options={[
              { value: 'never', text: t('never') },
              { value: 'at', text: t('at') },
            ]}
          />
        )}
      </div>
      {draft.does === 'deny' && draft.how === 'message' ? (
        <TextField name="message" label={t('message')} maxLength={1000} />
      ) : null}
      {draft.ends === 'at' ? <MomentField name="until" label={t('until')} /> : null}
      <div className={PAIR}>
        <TextField name="priority" label={t('priority')} hint={t('priority-hint')} inputMode="numeric" maxLength={11} />
        <TextField name="reason" label={t('reason')} optional maxLength={500} />
      </div>
    </>
  );
}
