'use client';

import { useTranslations } from 'use-intl/react';
import { MetadataField } from '#components/form/fields/metadata-field.tsx';
import { Form, SubmitButton, type Sent } from '#components/form/form.tsx';
import { useFormOf } from '#components/form/use-form-of.ts';
import { useSmallChange } from '#components/operations/run/use-small-change.ts';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { Json, Text as Refusal } from '#lib/operations/plan/define.ts';
import { draftOf, readDraft, type MetadataDraft } from '#lib/persons/record/metadata-rows.ts';
import { editDraft } from './edit-draft.ts';

type Metadata = { [key: string]: Json } | null;
/** `stored`: as JSON, since React leaves keys out of the objects that it carries from the server (`__proto__`). */
export type EditMetadataProps = { personId: string; stored: string; close: () => void };

/**
 * `seen` is what was there when it was opened, as JSON: else a draft would overwrite, unasked, what somebody else changed since. A draft of
 * the build before has it as an object.
 */
type Values = { metadata: MetadataDraft; seen: string | Metadata };

function metadataOf(seen: Values['seen']): Metadata {
  return typeof seen === 'string' ? (JSON.parse(seen) as Metadata) : seen;
}

/** The form of a person's metadata. Omni replaces it whole, so the whole is sent (contract §3). */
export function EditMetadata({ personId, stored, close }: EditMetadataProps) {
  const t = useTranslations('person');
  const form = useFormOf<Values>({
    start: { metadata: draftOf(metadataOf(stored)), seen: stored },
    draft: editDraft(personId, 'metadata'),
    asks: true,
    isChanged: ({ metadata: { rows, json }, seen }) => {
      const was = draftOf(metadataOf(seen));
      return JSON.stringify([rows, json]) !== JSON.stringify([was.rows, was.json]);
    },
  });
  const { state, trouble, change, reset } = useSmallChange(leave);
  const refusal = trouble?.refusal;
  const busy = state.at === 'running' || state.at === 'starting';

  function leave() {
    form.settle();
    reset();
    close();
  }

  async function save(draft: MetadataDraft, seen: Values['seen']): Promise<Sent> {
    if (busy) return;
    const now = readDraft(draft);
    if (!now.ok) return { ok: false, code: 'invalid', fields: { metadata: now.problem } };
    const over = metadataOf(seen);
    form.setValue('seen', JSON.stringify(over));
    await change('persons.edit', {
      id: personId,
      changes: { metadata: Object.keys(now.value).length > 0 ? JSON.stringify(now.value) : null },
      expects: { metadata: over && JSON.stringify(over) },
    });
  }

  /** The metadata as opened, with the one key that somebody else changed or removed as it is now, so that it is overwritten knowingly. */
  function withClash({ data }: Refusal): Metadata {
    const seen = new Map(Object.entries(metadataOf(form.values.seen) ?? {}));
    if (typeof data?.now === 'string') seen.set(String(data.key), JSON.parse(data.now) as Json);
    else seen.delete(String(data?.key));
    return Object.fromEntries(seen);
  }

  return (
    <Form form={form} className="space-y-2" submit={(values) => save(values.metadata, values.seen)}>
      <MetadataField name="metadata" label={t('metadata')} />
      {trouble ? (
        <Notice
          tone={trouble.refusal ? 'warn' : 'danger'}
          role="alert"
          title={trouble.title}
          actions={
            refusal?.key === 'edit.clash-key' ? (
              <Button size="sm" onClick={() => void save(form.values.metadata, withClash(refusal))}>
                {t('write-anyway')}
              </Button>
            ) : undefined
          }
        >
          {trouble.help}
        </Notice>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <SubmitButton size="sm" disabled={busy}>
          {busy ? t('saving') : t('save')}
        </SubmitButton>
        <Button size="sm" variant="ghost" onClick={leave}>
          {t('cancel')}
        </Button>
      </div>
    </Form>
  );
}
