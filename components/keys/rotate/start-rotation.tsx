'use client';

import { useRouter } from 'next/navigation';
import { useId, useState, type ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl/react';
import { Field, inputClass } from '#components/form/field.tsx';
import { secretOf } from '#components/keys/secret/shown-secret.ts';
import { useShowOnce } from '#components/keys/secret/shown-once.tsx';
import { usePreview } from '#components/operations/plan/use-preview.ts';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import {
  OperationsProvider,
  useOperationActions,
  type RunAnswer,
} from '#components/operations/run/operations-context.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { useSend } from '#components/operations/run/use-send.ts';
import { callAction } from '#components/shell/calls/call-action.ts';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import type { ServerAction } from '#lib/actions/server-action.ts';
import type { KeyUse } from '#lib/keys/requests/callers.ts';
import { quietFor } from '#lib/keys/rotate/rotation-state.ts';
import { seenOr, type Seen } from '#lib/omni/seen.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import { Part, Parts } from './part.tsx';
import { SwitchPart } from './switch-part.tsx';

const DAY = 86_400_000;

/** What a rotation begins with; both can be changed once the new key is stored. */
const BEGINS_WITH = { overlap: '1h', quietMinutes: 5 } as const;

type OldKey = { id: string; name: string; prefix: string; expiresAt: string | null };

type StartProps = {
  /** The id of the rotation this starts; a reload starts another. */
  id: string;
  old: OldKey;
  own: boolean;
  /** Who else is signed in with the old key. */
  others: readonly string[];
  /** Omni's clock, milliseconds. */
  now: number;
  /** What uses the old key. */
  use: Seen<KeyUse>;
  sameLifetime: string | null;
  copied: ReactNode;
  actions: {
    create: ServerAction<{ token: string; rotationId: string; keyId: string } & typeof BEGINS_WITH, RunAnswer>;
    acknowledge: ServerAction<{ id: string; secret?: string }>;
  };
};

/** A rotation before its first click: what uses the key, and the review of the new one, which is shown once; its page follows. */
export function StartRotation({ old, own, others, now, use, actions, ...rest }: StartProps) {
  const router = useRouter();
  const show = useShowOnce();
  const send = useSend();
  const [id] = useState(rest.id);
  const inherited = useOperationActions();
  const { quiet, since } = quietFor(seenOr(use, null), BEGINS_WITH.quietMinutes, now);
  const run = ({ token }: { token: string }) =>
    callAction(actions.create, { token, rotationId: id, keyId: old.id, ...BEGINS_WITH });
  return (
    <OperationsProvider actions={{ ...inherited, run }}>
      <Parts>
        <Part name="new-key" state="current">
          <CreateNewKey
            {...rest}
            rotationId={id}
            old={old}
            now={now}
            deliver={(delivered) => {
              const secret = secretOf(delivered);
              if (!secret) return;
              const onStored = async () => {
                await send(actions.acknowledge, { id, ...(own ? { secret: secret.secret } : {}) });
                readPageAgain();
              };
              show({ ...secret, onStored: () => void onStored() });
              router.push(`/keys/rotate/${id}`);
            }}
          />
        </Part>
        <SwitchPart
          state="open"
          oldId={old.id}
          newId={null}
          use={use}
          newUse={null}
          quiet={quiet}
          quietSince={since}
          now={now}
          asksUse
          own={own}
          others={others}
        />
        <Part name="old-key-expires" state="open" />
      </Parts>
    </OperationsProvider>
  );
}

type CreateProps = {
  rotationId: string;
  old: OldKey;
  /** Omni's clock, milliseconds. */
  now: number;
  sameLifetime: string | null;
  /** What the new key gets of the old one. */
  copied: ReactNode;
  deliver: (delivered: Json) => void;
};

/** Before the first click: what is copied, when the new key expires, and the review of its creation. */
function CreateNewKey({ rotationId, old, now, sameLifetime, copied, deliver }: CreateProps) {
  const t = useTranslations('rotation');
  const format = useFormatter();
  const field = useId();
  const choices = expiryChoices(old.expiresAt, sameLifetime, now);
  const [expiry, setExpiry] = useState<ExpiryChoice['value']>(choices[0]?.value ?? 'none');
  const operation = useOperation(undefined, deliver);
  const expiresAt = choices.find(({ value }) => value === expiry)?.at ?? null;
  usePreview(operation, 'keys.create-for-rotation', { rotationId, keyId: old.id, expiresAt });
  const label = ({ value, at }: ExpiryChoice) =>
    at === null
      ? t('expiry.none')
      : t(`expiry.${value}`, { date: format.dateTime(new Date(at), { dateStyle: 'medium' }) });
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="min-w-0 space-y-4">
        {operation.began ? null : <p className="max-w-prose">{t('new-key-help')}</p>}
        {operation.began ? null : (
          <Field id={field} label={t('new-key-expires')}>
            <select
              id={field}
              value={expiry}
              onChange={(event) => setExpiry(event.target.value as ExpiryChoice['value'])}
              className={`${inputClass} max-w-96`}
            >
              {choices.map((one) => (
                <option key={one.value} value={one.value}>
                  {label(one)}
                </option>
              ))}
            </select>
          </Field>
        )}
        <section
          aria-labelledby={`${field}-copied`}
          className="space-y-2 border-t pt-3 lg:max-xl:[&_dl]:grid-cols-1 lg:max-xl:[&_dl]:gap-y-1"
        >
          <h3 id={`${field}-copied`}>{t('copied')}</h3>
          {copied}
        </section>
      </div>
      <section
        aria-labelledby={`${field}-review`}
        className="min-w-0 rounded border bg-surface p-4 [&_button[type=submit]]:w-full"
      >
        <h3 id={`${field}-review`}>{t(operation.began ? 'result' : 'review')}</h3>
        <div className="mt-3">
          <OperationPanel operation={operation} runLabel={t('create')} />
        </div>
      </section>
    </div>
  );
}

type ExpiryChoice = { value: 'same-life' | 'none' | 'same-end' | 'd90' | 'd365'; at: string | null };

/** When the new key can expire; the old one's whole lifetime, or never, comes first. */
function expiryChoices(own: string | null, lifetime: string | null, now: number): ExpiryChoice[] {
  const iso = (ms: number) => new Date(now + ms).toISOString();
  return [
    ...(lifetime ? [{ value: 'same-life' as const, at: lifetime }] : []),
    { value: 'none', at: null },
    { value: 'd90', at: iso(90 * DAY) },
    { value: 'd365', at: iso(365 * DAY) },
    ...(own && Date.parse(own) > now ? [{ value: 'same-end' as const, at: own }] : []),
  ];
}
