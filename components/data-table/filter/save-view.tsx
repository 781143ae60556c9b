'use client';

import { useTranslations } from 'use-intl/react';
import { Field, inputClass } from '#components/form/field.tsx';
import { Form, SubmitButton } from '#components/form/form.tsx';
import { useField } from '#components/form/use-field.ts';
import { useFormOf } from '#components/form/use-form-of.ts';
import { LONGEST_NAME, type ViewsRoom } from '#lib/views/view-query.ts';

type Props = {
  room: ViewsRoom;
  /** The names of the views there are. */
  taken: readonly string[];
  /** Answers whether it was saved. */
  save: (name: string) => Promise<boolean>;
};

/** Saves the list's filters and order under a name. */
export function SaveView({ room, taken, save }: Props) {
  const form = useFormOf({ start: { name: '' }, draft: `view ${room}` });
  async function submit({ name }: { name: string }) {
    if (!name.trim() || !(await save(name.trim()))) return;
    form.settle();
    form.reset();
  }
  return (
    <Form form={form} submit={submit} className="">
      <NameOfView replaces={taken.includes(form.values.name.trim())} />
    </Form>
  );
}

function NameOfView({ replaces }: { replaces: boolean }) {
  const t = useTranslations('list-tools');
  const hint = replaces ? `${t('replace')} ${t('not-kept')}` : t('not-kept');
  const { id, aria, form } = useField('name', { hint });
  return (
    <Field id={id} label={t('name')} hint={hint}>
      <div className="flex items-center gap-2">
        <input
          id={id}
          {...aria}
          maxLength={LONGEST_NAME}
          autoComplete="off"
          className={inputClass}
          {...form.register('name')}
        />
        <SubmitButton variant="secondary">{t('save')}</SubmitButton>
      </div>
    </Field>
  );
}
