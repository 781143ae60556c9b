'use client';

import { useTranslations } from 'use-intl/react';
import { MomentField } from '#components/form/fields/moment-field.tsx';
import { SegmentedField } from '#components/form/fields/segmented.tsx';
import { TextField } from '#components/form/fields/text-field.tsx';
import { ChangeForm } from '#components/operations/change/change-form.tsx';
import { useChange } from '#components/operations/change/use-change.ts';
import { ReasonField } from '#components/persons/merge/reason-field.tsx';
import { Dialog } from '#components/ui/overlay/dialog.tsx';
import { shortName } from '#lib/text/short-name.ts';

type Props = {
  personId: string;
  name: string;
  /** The instances that the person has an identity on. */
  instances: readonly { id: string; name: string }[];
  /** Where it is blocked first. */
  at: string;
  ended: () => void;
  close: () => void;
};

const ALL = 'all';

/** Blocks a person: where, silently or with a message, until when; the review says which rules, and who is hit. */
export function BlockDialog({ personId, name, instances, at, ended, close }: Props) {
  const t = useTranslations('block');
  const [only] = instances.length === 1 ? instances : [];
  const first = instances.some(({ id }) => id === at) ? at : (only?.id ?? ALL);
  const change = useChange({
    name: 'persons.block',
    start: { where: first, how: 'silently', message: '', ends: 'never', until: '', reason: '' },
    draft: `block ${personId}`,
    input: ({ where, how, message, ends, until, reason }) => {
      if ((how === 'message' && !message.trim()) || (ends === 'at' && !until)) return undefined;
      return {
        personId,
        instanceId: where === ALL ? null : where,
        message: how === 'message' ? message.trim() : '',
        until: ends === 'at' ? until : null,
        reason: reason.trim(),
      };
    },
    onEnd: ended,
  });
  const { how, ends } = change.form.values;
  const title = t('title', { name: shortName(name) });
  return (
    <Dialog open wide title={title} onCancel={close}>
      <div className="mt-3">
        <ChangeForm addressed inside change={change} runLabel={title}>
          <SegmentedField
            name="where"
            label={t('where')}
            options={[...instances.map(({ id, name: text }) => ({ value: id, text })), { value: ALL, text: t('all') }]}
          />
          <SegmentedField
            name="how"
            label={t('how')}
            options={[
              { value: 'silently', text: t('silently') },
              { value: 'message', text: t('with-message') },
            ]}
          />
          {how === 'message' ? <TextField name="message" label={t('message')} maxLength={1000} /> : null}
          <SegmentedField
            name="ends"
            label={t('ends')}
            options={[
              { value: 'never', text: t('never') },
              { value: 'at', text: t('at') },
            ]}
          />
          {ends === 'at' ? <MomentField name="until" label={t('until')} /> : null}
          <ReasonField />
        </ChangeForm>
      </div>
    </Dialog>
  );
}
