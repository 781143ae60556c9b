'use client';

import { Form, SubmitButton } from '#components/form/form.tsx';
import { SelectField } from '#components/form/fields/select-field.tsx';
import { TextField } from '#components/form/fields/text-field.tsx';
import { useFormOf } from '#components/form/use-form-of.ts';
import { useAddress } from '#components/data-table/filter/use-address.ts';
import { useTranslations } from 'use-intl/react';

type Values = { channel: string; since: string; until: string };
type Props = { channels: readonly { value: string; text: string }[]; shown: Values };

/** By channel and by day; a channel is applied at once, days once they are sent, since half a date is another day. */
export function TimelineFilter({ channels, shown }: Props) {
  const t = useTranslations('timeline');
  const { change, busy } = useAddress();
  const form = useFormOf<Values>({ start: shown });
  const apply = ({ channel, since, until }: Values) =>
    change({ channel: channel || undefined, since: since || undefined, until: until || undefined, at: undefined });
  return (
    <Form
      form={form}
      label={t('filter')}
      className="flex flex-wrap items-center gap-2"
      submit={(values) => apply(values)}
    >
      <SelectField
        name="channel"
        label={t('channel')}
        labelHidden
        options={[{ value: '', text: t('any-channel') }, ...channels]}
        onChosen={(channel) => apply({ ...form.values, channel })}
      />
      <TextField name="since" type="date" label={t('since')} labelHidden />
      <TextField name="until" type="date" label={t('until')} labelHidden />
      <SubmitButton size="sm" variant="secondary" waits={busy}>
        {t('apply')}
      </SubmitButton>
    </Form>
  );
}
