'use client';

import { Pencil } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { MetadataField } from '#components/form/fields/metadata-field.tsx';
import { Form, SubmitButton, type Sent } from '#components/form/form.tsx';
import { useFormOf } from '#components/form/use-form-of.ts';
import { useSmallChange } from '#components/operations/run/use-small-change.ts';
import { useDraft } from '#components/shell/drafts/draft.tsx';
import { Button } from '#components/ui/button.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { Json, Text as Refusal } from '#lib/operations/plan/define.ts';
import { draftOf, readDraft, type MetadataDraft } from '#lib/persons/record/metadata-rows.ts';
import type { Locked } from '#components/ui/state/locked.ts';

type Metadata = { [key: string]: Json } | null;
type Props = { personId: string; metadata: Metadata; locked?: Locked | undefined; children: ReactNode };

/** Metadata, edited in place. Omni replaces it whole, so the whole is sent (contract §3). */
export function MetadataEditor({ personId, metadata, locked, children }: Props) {
  const t = useTranslations('person');
  const [editing, setEditing] = useState(false);
  const { draft } = useDraft(draftName(personId));
  useEffect(() => {
    if (typeof draft === 'string' && !locked) setEditing(true);
  }, [draft, locked]);
  if (editing) return <EditForm personId={personId} metadata={metadata} close={() => setEditing(false)} />;
  return (
    <div className="flex items-start justify-between gap-2">
      <div className="min-w-0 py-1.5">{children}</div>
      <GuardedButton
        bare
        aria-label={t('edit', { what: t('metadata') })}
        reason={locked}
        onClick={() => setEditing(true)}
        className="grid size-8 shrink-0 place-items-center rounded text-muted hover:bg-hover hover:text-text aria-disabled:opacity-50"
      >
        <Pencil aria-hidden className="size-3.5" />
      </GuardedButton>
    </div>
  );
}

/** `seen` is what was there when it was opened: else a draft would overwrite, unasked, what somebody else changed since. */
type Values = { metadata: MetadataDraft; seen: Metadata };

function EditForm({ personId, metadata, close }: { personId: string; metadata: Metadata; close: () => void }) {
  const t = useTranslations('person');
  const form = useFormOf<Values>({
    start: { metadata: draftOf(metadata), seen: metadata },
    draft: draftName(personId),
    asks: true,
    isChanged: ({ metadata: { rows, json }, seen }) => {
      const first = draftOf(seen);
      return JSON.stringify([rows, json]) !== JSON.stringify([first.rows, first.json]);
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

  async function save(draft: MetadataDraft, over: Metadata): Promise<Sent> {
    if (busy) return;
    const now = readDraft(draft);
    if (!now.ok) return { ok: false, code: 'invalid', fields: { metadata: now.problem } };
    form.setValue('seen', over);
    await change('persons.edit', {
      id: personId,
      changes: { metadata: Object.keys(now.value).length > 0 ? now.value : null },
      expects: { metadata: over },
    });
  }

  /** The metadata as opened, with the one key that somebody else changed as it is now, so that it is overwritten knowingly. */
  function withClash({ data }: Refusal): Metadata {
    return { ...form.values.seen, [String(data?.key)]: data?.now ?? null };
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

const draftName = (personId: string) => `person ${personId} metadata`;
