'use client';

import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { Link } from '#components/ui/link.tsx';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { SelectField } from '#components/form/fields/select-field.tsx';
import { TextField } from '#components/form/fields/text-field.tsx';
import { ChangeForm } from '#components/operations/change/change-form.tsx';
import { useChange } from '#components/operations/change/use-change.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { REVOKE_REASONS, type RevokeReason } from './revoke-reasons.ts';

type RevokeProps = {
  id: string;
  /** What stands in place of the form where the key can't be revoked. */
  barred: ReactNode;
  leaked?: boolean;
  another?: boolean;
  about?: ReactNode;
};

/**
 * Revokes a key, with the reason Omni keeps. `leaked`: starts with that reason, as the first part of the page of a leak. `another`: its
 * text may not have been shown, and another one like it is created next.
 */
export function RevokeKey({ id, barred, leaked = false, another = false, about }: RevokeProps) {
  const t = useTranslations('key-end');
  const change = useChange<{ preset: RevokeReason; details: string }>({
    name: 'keys.revoke',
    start: { preset: leaked ? 'leaked' : another ? 'unshown' : 'unneeded', details: '' },
    draft: `revoke ${id}${leaked ? ' leaked' : ''}`,
    restorable: ({ preset, ...kept }) => (preset && REVOKE_REASONS.includes(preset) ? { preset, ...kept } : kept),
    input: ({ preset, details }) => ({
      id,
      reason: [t(`reasons.${preset}`), details.trim()].filter(Boolean).join(': '),
      leaked,
    }),
    onEnd: readPageAgain,
  });
  // A key that was just revoked can't be revoked any more, and its receipt stays.
  if (barred && change.deciding) return barred;
  return (
    <ChangeForm
      addressed
      inside={leaked}
      change={change}
      about={about}
      runLabel={t('revoke')}
      afterwards={another ? <CreateAnother like={id} /> : <ViewKey id={id} />}
    >
      <div className={leaked ? 'space-y-4' : 'space-y-4 rounded border bg-surface p-4'}>
        <SelectField
          name="preset"
          label={t('reason')}
          options={REVOKE_REASONS.map((one) => ({ value: one, text: t(`reasons.${one}`) }))}
        />
        <TextField name="details" label={t('details')} optional maxLength={300} autoComplete="off" />
      </div>
    </ChangeForm>
  );
}

/** Deletes a revoked key and, with it, Omni's record of its requests. */
export function DeleteKey({ id, barred }: { id: string; barred: ReactNode }) {
  const t = useTranslations('key-end');
  const change = useChange({ name: 'keys.delete', start: {}, input: () => ({ id }) });
  if (barred && change.deciding) return barred;
  return (
    <ChangeForm
      addressed
      change={change}
      runLabel={t('delete')}
      afterwards={
        <Link href="/keys" className={buttonClass({})}>
          {t('all-keys')}
        </Link>
      }
    />
  );
}

function CreateAnother({ like }: { like: string }) {
  const t = useTranslations('key-end');
  return (
    <Link href={{ pathname: '/keys/new', query: { like } }} className={buttonClass({ variant: 'primary' })}>
      {t('create-another')}
    </Link>
  );
}

function ViewKey({ id }: { id: string }) {
  const t = useTranslations('key-end');
  return (
    <Link href={`/keys/${id}`} className={buttonClass({})}>
      {t('see-key')}
    </Link>
  );
}
