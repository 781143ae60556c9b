'use client';

import { KeyRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useId, useState, type ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl/react';
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
import type { ActionResult } from '#lib/actions/action-result.ts';
import type { Overlap } from '#lib/keys/rotate/rotate-rules.ts';
import { OverlapField, SilenceField } from './rotate-fields.tsx';
import { secretOf, useShowOnce } from '#components/keys/form/shown-once.tsx';

type Choice = { overlap: Overlap; silentMinutes: number };

type Props = {
  /** The rotation this makes; a reload makes another. */
  id: string;
  old: { id: string; name: string; prefix: string; expiresAt: string | null; instances: string[] | null };
  own: boolean;
  /** Who else is signed in with the old key. */
  others: string[];
  /** Omni's clock, milliseconds. */
  now: number;
  sameLife: string | null;
  rights: ReactNode;
  actions: {
    mint: (input: { token: string; rotationId: string; keyId: string } & Choice) => Promise<ActionResult<RunAnswer>>;
    acknowledge: (input: { id: string; secret?: string }) => Promise<ActionResult>;
  };
};

const DAY = 86_400_000;

/** The beginning of a rotation: what the new key will be, then the key itself, once; its board comes after. */
export function RotateWizard(props: Props) {
  const { old, actions } = props;
  const [id] = useState(props.id);
  const [choice, setChoice] = useState<Choice>({ overlap: '1h', silentMinutes: 5 });
  const inherited = useOperationActions();
  const mint = ({ token }: { token: string }) => actions.mint({ token, rotationId: id, keyId: old.id, ...choice });
  return (
    <OperationsProvider actions={{ ...inherited, run: mint }}>
      <Wizard {...props} id={id} choice={choice} choose={setChoice} />
    </OperationsProvider>
  );
}

function Wizard({ id, old, own, others, now, sameLife, rights, actions, choice, choose }: WizardProps) {
  const t = useTranslations('rotation');
  const router = useRouter();
  const show = useShowOnce();
  const send = useSend();
  const field = useId();
  const ends = endsFor(old.expiresAt, sameLife, now);
  const [end, setEnd] = useState<End['id']>(ends[0]?.id ?? 'none');
  const board = `/keys/rotate/${id}` as const;
  const operation = useOperation(undefined, (told) => {
    const secret = secretOf(told);
    if (!secret) return;
    const onStored = async () => {
      await send(() => actions.acknowledge({ id, ...(own ? { secret: secret.secret } : {}) }));
      router.refresh();
    };
    show({ ...secret, onStored: () => void onStored() });
    router.push(board);
  });
  const { began } = operation;
  const expiresAt = ends.find((one) => one.id === end)?.at ?? null;
  usePreview(operation, 'keys.mint', { rotationId: id, keyId: old.id, expiresAt });
  const label = useEndLabel();
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[2fr_3fr]">
      <section aria-labelledby={`${field}-same`} className="rounded border bg-surface p-4">
        <h2 id={`${field}-same`} className="flex items-center gap-2">
          <KeyRound aria-hidden className="size-4 text-muted" />
          {t('same')}
        </h2>
        <p className="mt-2">
          <b className="font-medium">{old.name}</b>{' '}
          <span className="font-mono text-xs text-muted">{`omni_sk_${old.prefix}…`}</span>
        </p>
        <div className="mt-2 text-sm">{rights}</div>
        <p className="mt-2 text-sm text-muted">{t('same-help')}</p>
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
            <Field id={`${field}-end`} label={t('new-end')}>
              <select
                id={`${field}-end`}
                value={end}
                onChange={(event) => setEnd(event.target.value as End['id'])}
                className={inputClass}
              >
                {ends.map((one) => (
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
            <SilenceField
              value={choice.silentMinutes}
              choose={(silentMinutes) => choose({ ...choice, silentMinutes })}
            />
          </div>
        )}
        {began ? null : <p className="text-sm text-muted">{t('later')}</p>}
        <OperationPanel operation={operation} runLabel={t('make')} />
      </section>
    </div>
  );
}

type WizardProps = Props & { choice: Choice; choose: (choice: Choice) => void };

type End = { id: 'same-life' | 'none' | 'same-end' | 'd90' | 'd365'; at: string | null };

/** When the new key could end: as long a life as the old one, or none, first. */
function endsFor(own: string | null, life: string | null, now: number): End[] {
  const iso = (ms: number) => new Date(now + ms).toISOString();
  return [
    ...(life ? [{ id: 'same-life' as const, at: life }] : []),
    { id: 'none', at: null },
    { id: 'd90', at: iso(90 * DAY) },
    { id: 'd365', at: iso(365 * DAY) },
    ...(own && Date.parse(own) > now ? [{ id: 'same-end' as const, at: own }] : []),
  ];
}

function useEndLabel(): (end: End) => string {
  const t = useTranslations('rotation');
  const format = useFormatter();
  return ({ id, at }) =>
    at === null ? t('ends.none') : t(`ends.${id}`, { date: format.dateTime(new Date(at), { dateStyle: 'medium' }) });
}
