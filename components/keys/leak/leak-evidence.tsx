'use client';

import { FileDown } from 'lucide-react';
import Link from 'next/link';
import { useId, useState } from 'react';
import { useTimeZone, useTranslations } from 'use-intl/react';
import { callAction } from '#components/shell/calls/call-action.ts';
import { sameKind, useDraftOf } from '#components/shell/drafts/draft.tsx';
import { Button } from '#components/ui/button.tsx';
import { CopyId } from '#components/ui/copy-id.tsx';
import { Field, inputClass } from '#components/form/field.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { ProblemNotice } from '#components/ui/state/problem-notice.tsx';
import type { ServerAction } from '#lib/actions/server-action.ts';
import type { EvidenceFile } from '#lib/keys/leak/evidence.ts';
import { isoOf, localOf } from '#lib/i18n/local-time.ts';

type Props = {
  id: string;
  /** The first guess of when it may have leaked; ISO. */
  since: string;
  create: ServerAction<{ id: string; since: string }, EvidenceFile>;
};

type State =
  | { at: 'idle' | 'creating' }
  | { at: 'created'; file: EvidenceFile }
  | { at: 'failed'; problem: { code: string } };

/** Saves a file of what was done with a leaked key, before any of it is deleted. */
export function LeakEvidence({ id, since: first, create }: Props) {
  const t = useTranslations('key-end');
  const zone = useTimeZone() ?? 'UTC';
  const field = useId();
  const [since, setSince] = useState(localOf(first, zone));
  const [state, setState] = useState<State>({ at: 'idle' });
  const wanted = isoOf(since, zone);
  useDraftOf<{ since: string }>(
    `leak ${id}`,
    {
      values: { since },
      changed: since !== localOf(first, zone) && state.at !== 'created',
      restore: (kept) => setSince(kept.since ?? since),
    },
    sameKind({ since }),
  );

  async function save() {
    if (wanted === null) return;
    setState({ at: 'creating' });
    const result = await callAction(create, { id, since: wanted });
    if (!result.ok) return setState({ at: 'failed', problem: result });
    const url = URL.createObjectURL(new Blob([result.data.text], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = result.data.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
    setState({ at: 'created', file: result.data });
  }

  return (
    <div className="space-y-3">
      <p>{t('evidence-help')}</p>
      <div className="flex flex-wrap items-end gap-3">
        <Field id={field} label={t('evidence-since', { zone })}>
          <input
            id={field}
            type="datetime-local"
            value={since}
            onChange={(event) => setSince(event.target.value)}
            className={`${inputClass} max-w-64`}
          />
        </Field>
        <Button className="h-10" disabled={state.at === 'creating' || wanted === null} onClick={() => void save()}>
          <FileDown aria-hidden className="size-4" />
          {t(state.at === 'creating' ? 'evidence-creating' : 'evidence-create')}
        </Button>
      </div>
      {state.at === 'failed' ? <ProblemNotice failure={state.problem} /> : null}
      {state.at === 'created' ? (
        <Notice
          tone={state.file.complete ? 'good' : 'warn'}
          role="status"
          title={t('evidence-created', { requests: state.file.requests, integrations: state.file.integrations })}
        >
          <p className="flex flex-wrap items-center gap-1">
            SHA-256 <CopyId value={state.file.sha256} label="SHA-256" keep={12} />
          </p>
          {state.file.complete ? null : (
            <p className="mt-1">
              {t('evidence-partly')}{' '}
              <Link href={`/keys/${id}/audit` as never} prefetch={false} className="text-accent-text underline">
                {t('export-requests')}
              </Link>
            </p>
          )}
        </Notice>
      ) : null}
    </div>
  );
}
