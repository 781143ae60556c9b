'use client';

import { UsersRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { DirectoryLine } from '#components/persons/people-index/directory-line.tsx';
import { useTexts } from '#components/operations/receipt/text-of.ts';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { singleKeysOn } from '#components/shell/preferences.ts';
import { takesKeys } from '#components/shell/takes-keys.ts';
import { Badge } from '#components/ui/badge.tsx';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import type { DirectoryState } from '#lib/persons/people-index/directory.ts';
import type { PersonRow } from '#lib/persons/directory/row.ts';
import type { DuplicatesQueue, QueuedPair } from '#lib/persons/duplicates/queue.ts';
import { PairReview, type PairActions } from './pair-review.tsx';
import type { Decide } from './decide-context.tsx';

type Props = {
  state: DirectoryState;
  /** Null until the directory is whole. */
  queue: DuplicatesQueue | null;
  decide: Decide;
  steer: Parameters<typeof DirectoryLine>[0]['steer'];
  mayMerge: boolean;
  mayDecide: boolean;
};

/** Everybody who may stand twice in the directory, pair by pair: the list at the left, the open pair at the right. */
export function QueueOfDuplicates({ state, queue, decide, steer, mayMerge, mayDecide }: Props) {
  const t = useTranslations('duplicates');
  const tOperations = useTranslations('operations');
  const { saidAfter } = useTexts();
  const toast = useToast();
  const router = useRouter();
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<string | null>(null);
  const actions = useRef<PairActions>({});
  const pairs = (queue?.pairs ?? []).filter(({ id }) => !settled.has(id));
  const at = Math.max(
    0,
    pairs.findIndex(({ id }) => id === chosen),
  );
  const open = pairs[at];
  const left = queue ? queue.count - (queue.pairs.length - pairs.length) : 0;
  const goTo = (index: number) => setChosen(pairs[Math.min(Math.max(index, 0), pairs.length - 1)]?.id ?? null);
  const settle = (id: string) => {
    setChosen(pairs[pairs.findIndex((pair) => pair.id === id) + 1]?.id ?? null);
    setSettled((now) => new Set([...now, id]));
  };
  const back = (id: string) => {
    setSettled((now) => new Set([...now].filter((each) => each !== id)));
    setChosen(id);
  };

  const undoing = useRef('');
  const undo = useOperation((entry) => {
    const done = entry.status === 'done';
    toast(done ? { text: tOperations('undone') } : { text: saidAfter(entry.title), persistent: true });
    if (done) back(undoing.current);
    router.refresh();
  });

  const pressed = useRef<(event: KeyboardEvent) => void>(undefined);
  useEffect(() => {
    pressed.current = (event) => {
      const held = event.metaKey || event.ctrlKey || event.altKey || event.repeat || event.defaultPrevented;
      if (held || !singleKeysOn() || takesKeys(event.target) || document.querySelector('dialog[open]')) return;
      const does: Record<string, (() => void) | undefined> = {
        m: actions.current.merge,
        n: actions.current.notSame,
        s: () => goTo(at + 1),
        ArrowDown: () => goTo(at + 1),
        ArrowUp: () => goTo(at - 1),
      };
      const run = does[event.key];
      if (!run) return;
      event.preventDefault();
      run();
    };
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => pressed.current?.(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);

  return (
    <div className="rounded border bg-surface">
      <DirectoryLine start={state} wanted steer={steer} />
      {queue?.shared.map(({ what, value, count }) => (
        <p key={`${what} ${value}`} className="border-b px-4 py-1.5 text-sm text-muted">
          {t(`shared.${what}`, { count, value })} {t('shared-hint')}
        </p>
      ))}
      {!queue ? (
        state.why === 'too-many' ? null : (
          <ListState icon={UsersRound} title={t('reading')} />
        )
      ) : !open ? (
        <ListState icon={UsersRound} title={t('none-likely', { count: state.count })} />
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_26rem]">
          <div className="min-w-0 lg:border-r">
            <p className="flex flex-wrap justify-between gap-2 border-b px-4 py-1.5 text-xs text-muted">
              <span role="status">{t('left', { count: left })}</span>
              <span className="max-lg:hidden">{t('keys')}</span>
            </p>
            <ol aria-label={t('list')} className="max-h-[calc(100dvh-13rem)] divide-y overflow-y-auto max-lg:max-h-56">
              {pairs.map((pair) => (
                <li key={pair.id}>
                  <PairLine pair={pair} open={pair.id === open.id} choose={() => setChosen(pair.id)} />
                </li>
              ))}
            </ol>
            {queue.count > queue.pairs.length ? (
              <p className="border-t px-4 py-1.5 text-xs text-muted">
                {t('more', { shown: queue.pairs.length, count: queue.count })}
              </p>
            ) : null}
          </div>
          <PairReview
            key={open.id}
            pair={open}
            decide={decide}
            mayMerge={mayMerge}
            mayDecide={mayDecide}
            offer={(next) => {
              actions.current = next;
            }}
            undoMerge={(entryId) => {
              undoing.current = open.id;
              void undo.undoNow(entryId);
            }}
            settle={() => settle(open.id)}
            back={() => back(open.id)}
            skip={() => goTo(at + 1)}
          />
        </div>
      )}
    </div>
  );
}

function PairLine({ pair, open, choose }: { pair: QueuedPair; open: boolean; choose: () => void }) {
  const t = useTranslations('duplicates');
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (open) button.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  return (
    <button
      ref={button}
      type="button"
      aria-current={open ? 'true' : undefined}
      onClick={choose}
      className="flex min-h-9 w-full flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-1.5 text-left hover:bg-hover focus-visible:-outline-offset-2 aria-[current]:bg-accent-soft"
    >
      <Who row={pair.one} />
      <Who row={pair.other} />
      <span className="flex gap-1">
        {pair.same.map((what) => (
          <Badge key={what}>{t(pair.same.length > 1 || what !== 'name' ? `evidence.${what}` : 'name-split')}</Badge>
        ))}
      </span>
    </button>
  );
}

function Who({ row }: { row: PersonRow }) {
  const t = useTranslations('duplicates');
  const fact = row.phone?.text ?? row.phone?.stored ?? row.email ?? null;
  return (
    <span className="min-w-0 flex-[1_1_9rem] truncate">
      {row.name ? <bdi>{row.name}</bdi> : <span className="text-muted">{fact ?? t('no-name')}</span>}
    </span>
  );
}
