'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { usePreview } from '#components/operations/plan/use-preview.ts';
import { sameKind, useDraftOf } from '#components/shell/drafts/draft.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Field, inputClass } from '#components/form/field.tsx';

const REST_MS = 400;
const PRESETS = ['unneeded', 'replaced', 'left', 'suspicious', 'leaked', 'unshown'] as const;

/**
 * Revokes a key, with the reason Omni keeps. `leaked`: starts with that reason and asks nothing more. `another`: its text may not have
 * been shown, and another one like it is created next.
 */
export function RevokeKey({
  id,
  leaked = false,
  another = false,
}: {
  id: string;
  leaked?: boolean;
  another?: boolean;
}) {
  const t = useTranslations('key-end');
  const router = useRouter();
  const [preset, setPreset] = useState<(typeof PRESETS)[number]>(leaked ? 'leaked' : another ? 'unshown' : 'unneeded');
  const [details, setDetails] = useState('');
  const operation = useOperation(() => router.refresh());
  const reason = [t(`reasons.${preset}`), details.trim()].filter(Boolean).join(': ');
  usePreview(operation, 'keys.revoke', { id, reason, leaked }, details ? REST_MS : 0);
  const draft = { preset, details };
  useDraftOf<typeof draft>(
    `revoke ${id}${leaked ? ' leaked' : ''}`,
    {
      values: draft,
      changed: details !== '' && !operation.began,
      restore: (kept) => {
        setPreset(PRESETS.find((one) => one === kept.preset) ?? preset);
        setDetails(kept.details ?? '');
      },
    },
    sameKind(draft),
  );
  return (
    <div className="space-y-4">
      {operation.began ? null : (
        <div className="grid gap-3 sm:grid-cols-2">
          <Field id="preset" label={t('reason')}>
            <select
              id="preset"
              value={preset}
              onChange={(event) => setPreset(PRESETS.find((one) => one === event.target.value) ?? 'unneeded')}
              className={inputClass}
            >
              {PRESETS.map((one) => (
                <option key={one} value={one}>
                  {t(`reasons.${one}`)}
                </option>
              ))}
            </select>
          </Field>
          <Field id="details" label={t('details')} aside={t('optional')}>
            <input
              id="details"
              value={details}
              maxLength={300}
              onChange={(event) => setDetails(event.target.value)}
              autoComplete="off"
              className={inputClass}
            />
          </Field>
        </div>
      )}
      <OperationPanel
        addressed
        operation={operation}
        runLabel={t('revoke')}
        afterwards={another ? <CreateAnother like={id} /> : <ViewKey id={id} />}
      />
    </div>
  );
}

/** Deletes a revoked key and, with it, Omni's record of its requests. */
export function DeleteKey({ id }: { id: string }) {
  const t = useTranslations('key-end');
  const operation = useOperation();
  usePreview(operation, 'keys.delete', { id });
  return (
    <OperationPanel
      addressed
      operation={operation}
      runLabel={t('delete')}
      afterwards={
        <Link href="/keys" prefetch={false} className={buttonClass({})}>
          {t('all-keys')}
        </Link>
      }
    />
  );
}

function CreateAnother({ like }: { like: string }) {
  const t = useTranslations('key-end');
  return (
    <Link
      href={{ pathname: '/keys/new', query: { like } }}
      prefetch={false}
      className={buttonClass({ variant: 'primary' })}
    >
      {t('create-another')}
    </Link>
  );
}

function ViewKey({ id }: { id: string }) {
  const t = useTranslations('key-end');
  return (
    <Link href={`/keys/${id}`} prefetch={false} className={buttonClass({})}>
      {t('see-key')}
    </Link>
  );
}
