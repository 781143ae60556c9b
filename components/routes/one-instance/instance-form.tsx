'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl/react';
import { TextField } from '#components/form/fields/text-field.tsx';
import { Form, SubmitButton } from '#components/form/form.tsx';
import { useFormOf } from '#components/form/use-form-of.ts';

/** For a key that may read routes and not the list of instances: one instance, by its id. */
export function InstanceForm({ instance }: { instance: string | undefined }) {
  const t = useTranslations('routes-list');
  const router = useRouter();
  const form = useFormOf({ start: { instance: instance ?? '' } });
  return (
    <Form
      form={form}
      className="flex max-w-xl items-start gap-2 p-4"
      submit={({ instance: id }) => router.push(`/routes?${new URLSearchParams({ instance: id.trim() })}`)}
    >
      <div className="min-w-0 grow">
        <TextField
          name="instance"
          label={t('instance-id')}
          hint={t('instance-id-hint')}
          autoComplete="off"
          spellCheck={false}
          className="font-mono text-sm"
        />
      </div>
      <SubmitButton variant="secondary" className="mt-7 h-8 pointer-coarse:h-11">
        {t('show')}
      </SubmitButton>
    </Form>
  );
}
