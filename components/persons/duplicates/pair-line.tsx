'use client';

import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { Badge } from '#components/ui/badge.tsx';
import type { PersonRow } from '#lib/persons/directory/row.ts';
import type { QueuedPair } from '#lib/persons/duplicates/queue.ts';
import { queuedName } from './queue-walk.ts';

type Props = {
  pair: QueuedPair;
  open: boolean;
  choose: () => void;
  /** Whether it is among those to merge together; undefined where it can't be. */
  checked: boolean | undefined;
  check: () => void;
};

/** A line of the queue: who the two are, and what they have in common. */
export function PairLine({ pair, open, choose, checked, check }: Props) {
  const t = useTranslations('duplicates');
  const button = useRef<HTMLButtonElement>(null);
  const nameOf = (row: PersonRow) => queuedName(row, t('no-name'));
  useEffect(() => {
    if (open) button.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  return (
    <div data-open={open || undefined} className="flex items-stretch hover:bg-hover data-open:bg-accent-soft">
      {checked === undefined ? null : (
        <label className="grid w-10 shrink-0 cursor-pointer place-items-center pointer-coarse:w-11">
          <input
            type="checkbox"
            checked={checked}
            onChange={check}
            aria-label={t('check', { one: nameOf(pair.one), other: nameOf(pair.other) })}
            className="size-4 accent-(--accent)"
          />
        </label>
      )}
      <button
        ref={button}
        type="button"
        aria-current={open ? 'true' : undefined}
        onClick={choose}
        className={`flex min-h-9 min-w-0 grow flex-wrap items-center gap-x-3 gap-y-0.5 py-1.5 pr-4 text-left focus-visible:-outline-offset-2 ${checked === undefined ? 'pl-4' : 'pl-1'}`}
      >
        <Who row={pair.one} />
        <Who row={pair.other} />
        <span className="flex gap-1">
          {pair.same.map((what) => (
            <Badge key={what}>{t(pair.same.length > 1 || what !== 'name' ? `evidence.${what}` : 'name-split')}</Badge>
          ))}
        </span>
      </button>
    </div>
  );
}

function Who({ row }: { row: PersonRow }) {
  const t = useTranslations('duplicates');
  return (
    <span className="min-w-0 flex-[1_1_9rem] truncate">
      {row.name ? <bdi>{row.name}</bdi> : <span className="text-muted">{queuedName(row, t('no-name'))}</span>}
    </span>
  );
}
