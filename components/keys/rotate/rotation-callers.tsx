'use client';

import { BellOff, CircleHelp, PhoneCall } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl/react';
import type { Board } from '#lib/keys/rotate/rotation-board.ts';

type Props = { board: Board; side: 'old' | 'new'; children?: ReactNode };

/** Who calls with one of the two keys, by its own audit log; the console's calls are left out. */
export function RotationCallers({ board, side, children }: Props) {
  const t = useTranslations('rotation');
  const format = useFormatter();
  const callers = side === 'old' ? board.callers : board.newCallers;
  const ago = (time: string) => format.relativeTime(new Date(time), { now: new Date(board.now) });
  return (
    <section aria-labelledby={`callers-${side}`} className="rounded border bg-surface">
      <header className="flex flex-wrap items-end justify-between gap-2 border-b px-4 py-2">
        <h2 id={`callers-${side}`} className="min-h-7 content-center">
          {t(`callers-${side}`)}
        </h2>
        {children}
      </header>
      {side === 'old' ? <Silent board={board} /> : null}
      {callers === null ? (
        <p className="unknown m-3 rounded p-3 text-sm">{t('callers-unseen')}</p>
      ) : callers.all.length === 0 ? (
        <p className="p-4 text-muted">
          {t(callers.sure ? 'callers-none' : 'callers-none-looked', { count: callers.looked })}
        </p>
      ) : (
        <ul className="divide-y">
          {callers.all.map((caller) => (
            <li key={`${caller.ip} ${caller.agent}`} className="px-4 py-2">
              <p className="flex flex-wrap justify-between gap-x-3">
                <span className="font-mono text-sm">{caller.ip ?? t('no-ip')}</span>
                <span className="text-sm">{ago(caller.last)}</span>
              </p>
              <p className="text-sm text-muted">
                <span className="break-all">{caller.agent ?? t('no-agent')}</span> ·{' '}
                <span className="font-mono text-xs break-all">{caller.path}</span> ·{' '}
                {t('caller-count', { count: caller.count })}
                {caller.refused > 0 ? ` · ${t('caller-refused', { count: caller.refused })}` : ''}
              </p>
            </li>
          ))}
        </ul>
      )}
      {callers && callers.all.length > 0 ? (
        <p className="border-t px-4 py-2 text-xs text-muted">{t('callers-looked', { count: callers.looked })}</p>
      ) : null}
    </section>
  );
}

function Silent({ board: { silent, silentSince, now, row } }: { board: Board }) {
  const t = useTranslations('rotation');
  const minutes = silentSince === null ? 0 : Math.max(0, Math.floor((now - silentSince) / 60_000));
  const [Icon, ink, text] =
    silent === null
      ? [CircleHelp, 'text-muted', t('silence-unknown')]
      : silentSince === null
        ? [BellOff, 'text-good', t('never-called')]
        : silent
          ? [BellOff, 'text-good', t('silent', { minutes })]
          : [PhoneCall, 'text-warn', t('calling', { minutes, after: row.silentMinutes })];
  return (
    <p role="status" className="flex items-center gap-2 border-b px-4 py-3 font-medium">
      <Icon aria-hidden className={`size-4 shrink-0 ${ink}`} />
      {text}
    </p>
  );
}
