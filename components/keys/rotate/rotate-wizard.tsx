'use client';

import { KeyRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useId, useState, type ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl/react';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { callAction } from '#components/shell/calls/call-action.ts';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import {
  OperationsProvider,
  useOperationActions,
  type RunAnswer,
} from '#components/operations/run/operations-context.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { usePreview } from '#components/operations/plan/use-preview.ts';
import { useSend } from '#components/operations/run/use-send.ts';
import { Field, inputClass } from '#components/form/field.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { ServerAction } from '#lib/actions/server-action.ts';
import type { Overlap } from '#lib/keys/rotate/rotate-rules.ts';
import { OverlapField, QuietField } from './rotate-fields.tsx';
import { useShowOnce } from '#components/keys/secret/shown-once.tsx';
import { secretOf } from '#components/keys/secret/shown-secret.ts';

type Choice = { overlap: Overlap; quietMinutes: number };

type Props = {
  /** The id of the rotation this starts; a reload starts another. */
  id: string;
  old: { id: string; name: string; prefix: string; expiresAt: string | null; instances: string[] | null };
  own: boolean;
  /** Who else is signed in with the old key. */
  others: string[];
  /** Omni's clock, milliseconds. */
  now: number;
  sameLifetime: string | null;
  permissions: ReactNode;
  actions: {
    create: ServerAction<{ token: string; rotationId: string; keyId: string } & Choice, RunAnswer>;
    acknowledge: ServerAction<{ id: string; secret?: string }>;
  };
};

const DAY = 86_400_000;

/** Starts a rotation: the review of the new key, then the key itself, shown once; the rotation's page follows. */
export function RotateWizard(props: Props) {
  const { old, actions } = props;
  const [id] = useState(props.id);
  const [choice, setChoice] = useState<Choice>({ overlap: '1h', quietMinutes: 5 });
  const inherited = useOperationActions();
  const create = ({ token }: { token: string }) =>
    callAction(actions.create, { token, rotationId: id, keyId: old.id, ...choice });
  return (
    <OperationsProvider actions={{ ...inherited, run: create }}>
      <Wizard {...props} id={id} choice={choice} choose={setChoice} />
    </OperationsProvider>
  );
}

function Wizard({ id, old, own, others, now, sameLifetime, permissions, actions, choice, choose }: WizardProps) {
  const t = useTranslations('rotation');
  const router = useRouter();
  const show = useShowOnce();
  const send = useSend();
  const field = useId();
  const choices = expiryChoices(old.expiresAt, sameLifetime, now);
  const [expiry, setExpiry] = useState<ExpiryChoice['id']>(choices[0]?.id ?? 'none');
  const page = `/keys/rotate/${id}` as const;
  const operation = useOperation(undefined, (delivered) => {
    const secret = secretOf(delivered);
    if (!secret) return;
    const onStored = async () => {
      await send(actions.acknowledge, { id, ...(own ? { secret: secret.secret } : {}) });
      readPageAgain();
    };
    show({ ...secret, onStored: () => void onStored() });
    router.push(page);
  });
  const { began } = operation;
  const expiresAt = choices.find((one) => one.id === expiry)?.at ?? null;
  usePreview(operation, 'keys.create-for-rotation', { rotationId: id, keyId: old.id, expiresAt });
  const label = useExpiryLabel();
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[2fr_3fr]">
      <section aria-labelledby={`${field}-copied`} className="rounded border bg-surface p-4">
        <h2 id={`${field}-copied`} className="flex items-center gap-2">
          <KeyRound aria-hidden className="size-4 text-muted" />
          {t('copied')}
        </h2>
        <p className="mt-2">
          <b className="font-medium">{old.name}</b>{' '}
          <span className="font-mono text-xs text-muted">{`omni_sk_${old.prefix}…`}</span>
        </p>
        <div className="mt-2 text-sm">{permissions}</div>
        <p className="mt-2 text-sm text-muted">{t('copied-help')}</p>
        {own ? (
          <Notice tone="info" className="mt-3" title={t('own')}>
            {t('own-help')}
          </Notice>
        ) : null}
        {others.length > 0 ? (
          <Notice tone="warn" className="mt-3" title={t('others', { count: others.length })}>
            {t('others-help', { names: others.join(', ') })}
          </Notice>
        ) : null}
      </section>
      <section aria-labelledby={`${field}-new`} className="space-y-4 rounded border bg-surface p-4">
        <h2 id={`${field}-new`}>{t('new-key')}</h2>
        {began ? null : (
          <div className="grid gap-4 sm:grid-cols-3">
            <Field id={`${field}-expiry`} label={t('new-key-expires')}>
              <select
                id={`${field}-expiry`}
                value={expiry}
                onChange={(event) => setExpiry(event.target.value as ExpiryChoice['id'])}
                className={inputClass}
              >
                {choices.map((one) => (
                  <option key={one.id} value={one.id}>
                    {label(one)}
                  </option>
                ))}
              </select>
            </Field>
            <OverlapField
              value={choice.overlap}
              own={old.expiresAt !== null}
              choose={(overlap) => choose({ ...choice, overlap })}
            />
            <QuietField value={choice.quietMinutes} choose={(quietMinutes) => choose({ ...choice, quietMinutes })} />
          </div>
        )}
        {began ? null : <p className="text-sm text-muted">{t('later')}</p>}
        <OperationPanel operation={operation} runLabel={t('create')} />
      </section>
    </div>
  );
}

type WizardProps = Props & { choice: Choice; choose: (choice: Choice) => void };

type ExpiryChoice = { id: 'same-life' | 'none' | 'same-end' | 'd90' | 'd365'; at: string | null };

/** When the new key can expire; the old one's whole lifetime, or never, comes first. */
function expiryChoices(own: string | null, lifetime: string | null, now: number): ExpiryChoice[] {
  const iso = (ms: number) => new Date(now + ms).toISOString();
  return [
    ...(lifetime ? [{ id: 'same-life' as const, at: lifetime }] : []),
    { id: 'none', at: null },
    { id: 'd90', at: iso(90 * DAY) },
    { id: 'd365', at: iso(365 * DAY) },
    ...(own && Date.parse(own) > now ? [{ id: 'same-end' as const, at: own }] : []),
  ];
}

function useExpiryLabel(): (choice: ExpiryChoice) => string {
  const t = useTranslations('rotation');
  const format = useFormatter();
  return ({ id, at }) =>
    at === null
      ? t('expiry.none')
      : t(`expiry.${id}`, { date: format.dateTime(new Date(at), { dateStyle: 'medium' }) });
}
