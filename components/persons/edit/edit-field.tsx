'use client';

import { useEffect, useId, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { Form, SubmitButton } from '#components/form/form.tsx';
import { PhoneHint } from '#components/form/fields/phone-field.tsx';
import { TextField } from '#components/form/fields/text-field.tsx';
import { useFormOf } from '#components/form/use-form-of.ts';
import { useTexts } from '#components/operations/receipt/text-of.ts';
import { useSmallChange } from '#components/operations/run/use-small-change.ts';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { Link } from '#components/ui/link.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { editDraft, type EditFieldProps } from './edit-draft.ts';

const KINDS = { displayName: 'text', primaryPhone: 'tel', primaryEmail: 'email', avatarUrl: 'url' } as const;

/** The form of one field of a person. Only this field is sent; Escape discards. */
export function EditField({ personId, field, label, value, hint, close }: EditFieldProps) {
  const t = useTranslations('person');
  const { say } = useTexts();
  const help = useId();
  const [seen, setSeen] = useState(value);
  const form = useFormOf({ start: { text: value ?? '' }, draft: editDraft(personId, field), asks: true });
  const { setFocus, values } = form;
  const edit = { id: personId, changes: { [field]: values.text }, expects: { [field]: seen } };
  // Omni answers a taken phone with 409 or 500 and not with who has it: a new preview finds that person.
  const { state, trouble, change, reset } = useSmallChange(leave, (_, preview) => {
    if (field === 'primaryPhone') void preview('persons.edit', edit);
  });
  useEffect(() => setFocus('text', { shouldSelect: true }), [setFocus]);
  function leave() {
    form.settle();
    reset();
    close();
  }
  const busy = state.at === 'running' || state.at === 'starting';
  const refusal = trouble?.refusal;
  const taken =
    refusal?.key === 'edit.phone-taken' || refusal?.key === 'edit.email-taken'
      ? String(refusal.values?.id ?? '')
      : null;

  return (
    <Form form={form} className="space-y-2" submit={() => (busy ? undefined : change('persons.edit', edit))}>
      <TextField
        name="text"
        label={label}
        labelHidden
        type={KINDS[field]}
        inputMode={field === 'primaryPhone' ? 'tel' : undefined}
        aria-invalid={trouble ? true : undefined}
        aria-describedby={help}
        autoComplete="off"
        onKeyDown={(event) => event.key === 'Escape' && leave()}
      />
      <div id={help} className="text-sm">
        {refusal ? (
          <Notice
            tone="warn"
            role="alert"
            actions={
              taken ? (
                <>
                  <Link href={`/persons/${taken}`} className={buttonClass({ size: 'sm' })}>
                    {t('open-other')}
                  </Link>
                  <Link href={`/persons/merge?into=${personId}&from=${taken}`} className={buttonClass({ size: 'sm' })}>
                    {t('merge-other')}
                  </Link>
                  {field === 'primaryEmail' ? (
                    <Button size="sm" onClick={() => void change('persons.edit', { ...edit, sharesEmail: true })}>
                      {t('save-anyway')}
                    </Button>
                  ) : null}
                </>
              ) : refusal.key === 'edit.clash' ? (
                <Button
                  size="sm"
                  onClick={() => {
                    const now = typeof refusal.data?.now === 'string' ? refusal.data.now : null;
                    setSeen(now);
                    void change('persons.edit', { ...edit, expects: { [field]: now } });
                  }}
                >
                  {t('write-anyway')}
                </Button>
              ) : undefined
            }
          >
            {say(refusal)}
          </Notice>
        ) : trouble ? (
          <Notice tone="danger" role="alert" title={trouble.title}>
            {trouble.help}
          </Notice>
        ) : field === 'primaryPhone' ? (
          <p className="text-muted">
            <PhoneHint typed={form.changed ? values.text : ''}>{hint}</PhoneHint>
          </p>
        ) : hint ? (
          <p className="text-muted">{hint}</p>
        ) : null}
      </div>
      <div className="flex gap-2">
        <SubmitButton size="sm" disabled={busy} busyLabel={t('saving')}>
          {busy ? t('saving') : t('save')}
        </SubmitButton>
        <Button size="sm" variant="ghost" onClick={leave}>
          {t('cancel')}
        </Button>
      </div>
    </Form>
  );
}
