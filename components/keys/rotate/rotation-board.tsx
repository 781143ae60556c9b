'use client';

import { CircleAlert, CircleCheck, CircleHelp } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl/react';
import { useTexts } from '#components/operations/receipt/text-of.ts';
import { useSend } from '#components/operations/run/use-send.ts';
import { CopyId } from '#components/ui/copy-id.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { ActionResult } from '#lib/actions/action-result.ts';
import type { Board } from '#lib/keys/rotate/rotation-board.ts';
import { CancelRotation } from './rotation-cancel.tsx';
import { RotationCallers } from './rotation-callers.tsx';
import { RotationNext } from './rotation-next.tsx';
import { RotationStages } from './rotation-stages.tsx';
import { SilenceField } from './rotate-fields.tsx';
import { useBoard } from './use-board.ts';

export type BoardActions = {
  acknowledge: (input: { id: string }) => Promise<ActionResult>;
  silence: (input: { id: string; minutes: number }) => Promise<ActionResult>;
  close: (input: { id: string; as: 'kept-both' | 'given-up' }) => Promise<ActionResult>;
};

type Props = {
  first: Board;
  others: string[];
  zone: string;
  /** Why nothing can be changed here. */
  locked: string | undefined;
  actions: BoardActions;
};

/** How a rotation stands, who still calls with the old key, and what comes next. Left and found again at any time. */
export function RotationBoard({ first, others, zone, locked, actions: bare }: Props) {
  const t = useTranslations('rotation');
  const send = useSend();
  const actions: BoardActions = {
    acknowledge: (input) => send(() => bare.acknowledge(input)),
    silence: (input) => send(() => bare.silence(input)),
    close: (input) => send(() => bare.close(input)),
  };
  const router = useRouter();
  const { board, stale, over, look, nowByOmni } = useBoard(first);
  const { row, state } = board;
  const shown = { board, zone, locked, look, nowByOmni };
  const changed = async () => {
    await look();
    router.refresh();
  };
  return (
    <div className="space-y-4">
      {stale ? (
        <Notice tone="warn" role="status">
          {t('stale')}
        </Notice>
      ) : null}
      {others.length > 0 && !over ? (
        <Notice tone="warn" title={t('others', { count: others.length })}>
          {t('others-help', { names: others.join(', ') })}
        </Notice>
      ) : null}
      <RotationStages state={state} closedAs={row.closedAs} silent={board.silent} />
      <section aria-labelledby="next-title" className="rounded border bg-surface p-4">
        <h2 id="next-title" className="mb-3">
          {t(over ? 'outcome' : 'next')}
        </h2>
        <RotationNext {...shown} actions={actions} changed={changed} />
      </section>
      <Keys board={board} zone={zone} />
      {row.newKeyId === null ? null : (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <RotationCallers board={board} side="old">
            {over || locked ? null : <Silence board={board} act={actions.silence} changed={look} />}
          </RotationCallers>
          <RotationCallers board={board} side="new" />
        </div>
      )}
      {over || row.newKeyId === null ? null : <CancelRotation {...shown} actions={actions} changed={changed} />}
    </div>
  );
}

type SilenceProps = { board: Board; act: BoardActions['silence']; changed: () => Promise<void> };

function Silence({ board: { row }, act, changed }: SilenceProps) {
  const [minutes, setMinutes] = useState(row.silentMinutes);
  async function choose(wanted: number) {
    setMinutes(wanted);
    if (!(await act({ id: row.id, minutes: wanted })).ok) setMinutes(row.silentMinutes);
    await changed();
  }
  return <SilenceField value={minutes} choose={(wanted) => void choose(wanted)} />;
}

/** Both keys, side by side: which, and when each ends. */
function Keys({ board, zone }: { board: Board; zone: string }) {
  const t = useTranslations('rotation');
  const format = useFormatter();
  const { row, old, fresh } = board;
  const end = (key: Board['old']) => {
    if (key.is === 'gone') return t('key-gone');
    if (key.is === 'unseen') return t('key-unseen');
    if (key.is === 'revoked') return t('key-revoked');
    if (key.end === null) return t('no-end');
    const time = format.dateTime(key.end, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });
    return t(key.end <= board.now ? 'ended-at' : 'ends-at', { time });
  };
  const sides = [
    { side: 'old', id: row.oldKeyId, prefix: row.oldPrefix, key: old },
    { side: 'new', id: row.newKeyId, prefix: row.newPrefix, key: fresh },
  ] as const;
  return (
    <dl className="grid gap-4 sm:grid-cols-2">
      {sides.map(({ side, id, prefix, key }) =>
        id === null || key === null ? null : (
          <div key={side} className={`rounded border p-3 ${side === 'old' ? 'bg-duplicate-soft' : 'bg-kept-soft'}`}>
            <dt className={`text-xs font-semibold ${side === 'old' ? 'text-duplicate' : 'text-kept'}`}>
              {t(side === 'old' ? 'old-key' : 'new-key-side')}
            </dt>
            <dd>
              <span className="font-mono">{`omni_sk_${prefix ?? ''}…`}</span> <CopyId value={id} label={t('id')} />
              <p>{end(key)}</p>
              {side === 'new' ? <Proof checks={board.checks} /> : null}
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** How the new key was proved when it was made. */
function Proof({ checks }: { checks: Board['checks'] }) {
  const t = useTranslations('rotation');
  const { say } = useTexts();
  if (checks.length === 0) return null;
  return (
    <details className="mt-2 text-sm">
      <summary className="min-h-target">
        {t(checks.every(({ held }) => held === true) ? 'proved' : 'proved-partly')}
      </summary>
      <ul className="mt-1 space-y-1">
        {checks.map(({ text, held }) => (
          <li key={text.key} className="flex gap-2">
            {held === null ? (
              <CircleHelp aria-label={t('held-unknown')} className="mt-0.5 size-4 shrink-0 text-muted" />
            ) : held ? (
              <CircleCheck aria-label={t('held-yes')} className="mt-0.5 size-4 shrink-0 text-good" />
            ) : (
              <CircleAlert aria-label={t('held-no')} className="mt-0.5 size-4 shrink-0 text-danger" />
            )}
            <span>{say(text)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
