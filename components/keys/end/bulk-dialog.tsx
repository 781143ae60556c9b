'use client';

import { useTranslations } from 'use-intl/react';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { SelectField } from '#components/form/fields/select-field.tsx';
import { TextField } from '#components/form/fields/text-field.tsx';
import { ChangeForm } from '#components/operations/change/change-form.tsx';
import { useChange } from '#components/operations/change/use-change.ts';
import { Notice } from '#components/ui/state/notice.tsx';
import { Dialog } from '#components/ui/overlay/dialog.tsx';
import type { KeyRow } from '#components/keys/list/key-row.ts';
import { REVOKE_REASONS, type RevokeReason } from './revoke-reasons.ts';

export type BulkEnd = 'revoke' | 'delete';

export type BulkEndDialogProps = {
  change: BulkEnd;
  rows: readonly KeyRow[];
  /** Why the other selected ones stay. */
  left: readonly string[];
  close: () => void;
  done: () => void;
};

/** Revokes or deletes several keys: the reason, one review, progress and a result for each key. Closed, it goes on and is in Activity. */
export function BulkEndDialog({ change: is, rows, left, close, done }: BulkEndDialogProps) {
  const [t, tEnd] = [useTranslations('key-bulk'), useTranslations('key-end')];
  const change = useChange<{ preset: RevokeReason; details: string }>({
    name: 'keys.bulk',
    start: { preset: 'unneeded', details: '' },
    input: ({ preset, details }) => ({
      change: is,
      ids: rows.map(({ id }) => id),
      reason: [tEnd(`reasons.${preset}`), details.trim()].filter(Boolean).join(': '),
    }),
    onEnd: (entry) => {
      readPageAgain();
      if (entry.status === 'done') done();
    },
  });
  const title = t(`${is}-title`, { count: rows.length });
  return (
    <Dialog open wide title={title} onCancel={close}>
      <div className="mt-3 space-y-3">
        {left.length > 0 && change.deciding ? (
          <Notice tone="info" title={t('left', { count: left.length })}>
            <ul>
              {left.map((why, index) => (
                <li key={index}>{why}</li>
              ))}
            </ul>
          </Notice>
        ) : null}
        <ChangeForm addressed inside change={change} runLabel={title}>
          {is === 'revoke' ? (
            <>
              <SelectField
                name="preset"
                label={tEnd('reason')}
                options={REVOKE_REASONS.map((one) => ({ value: one, text: tEnd(`reasons.${one}`) }))}
              />
              <TextField name="details" label={tEnd('details')} optional maxLength={300} autoComplete="off" />
            </>
          ) : null}
        </ChangeForm>
      </div>
    </Dialog>
  );
}
