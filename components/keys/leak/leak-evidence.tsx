'use client';

import type { Route } from 'next';
import { FileDown } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { callAction } from '#components/shell/calls/call-action.ts';
import { Form, SubmitButton, type Sent } from '#components/form/form.tsx';
import { MomentField } from '#components/form/fields/moment-field.tsx';
import { useFormOf } from '#components/form/use-form-of.ts';
import { CopyId } from '#components/ui/copy-id.tsx';
import { saveFile } from '#components/keys/secret/save-file.ts';
import { Notice } from '#components/ui/state/notice.tsx';
import type { ServerAction } from '#lib/actions/server-action.ts';
import type { EvidenceFile } from '#lib/keys/leak/evidence.ts';

type Props = {
  id: string;
  /** The first guess of when it may have leaked; ISO. */
  since: string;
  /** It can't have leaked later; ISO, by Omni's clock. */
  now: string;
  create: ServerAction<{ id: string; since: string }, EvidenceFile>;
};

/** Saves a file of what was done with a leaked key, before any of it is deleted. */
export function LeakEvidence({ id, since: first, now, create }: Props) {
  const t = useTranslations('key-end');
  const form = useFormOf({ start: { since: first }, draft: `leak ${id}` });
  const [file, setFile] = useState<EvidenceFile>();

  async function save({ since }: { since: string }): Promise<Sent> {
    setFile(undefined);
    if (!since) return { ok: false, code: 'invalid', fields: { since: 'moment' } };
    const result = await callAction(create, { id, since });
    if (!result.ok) return result;
    form.settle();
    saveFile({ ...result.data, type: 'application/json' });
    setFile(result.data);
  }

  return (
    <Form form={form} className="space-y-3" submit={save}>
      <p>{t('evidence-help')}</p>
      <MomentField name="since" label={t('evidence-since')} max={now} />
      <SubmitButton variant="secondary" busyLabel={t('evidence-creating')}>
        <FileDown aria-hidden className="size-4" />
        {t('evidence-create')}
      </SubmitButton>
      {file ? (
        <Notice
          tone={file.complete ? 'good' : 'warn'}
          role="status"
          title={t('evidence-created', { requests: file.requests, integrations: file.integrations })}
        >
          <p className="flex flex-wrap items-center gap-1">
            SHA-256 <CopyId value={file.sha256} label="SHA-256" keep={12} />
          </p>
          {file.complete ? null : (
            <p className="mt-1">
              {t('evidence-partly')}{' '}
              <Link href={`/keys/${id}/audit` as Route} className="text-accent-text underline">
                {t('export-requests')}
              </Link>
            </p>
          )}
        </Notice>
      ) : null}
    </Form>
  );
}
