'use client';

import { UsersRound } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { DirectoryLine } from '#components/persons/people-index/directory-line.tsx';
import { useTexts } from '#components/operations/receipt/text-of.ts';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { useActor } from '#components/shell/drafts/draft.tsx';
import { singleKeysOn } from '#components/shell/preferences.ts';
import { takesKeys } from '#components/shell/takes-keys.ts';
import { Button } from '#components/ui/button.tsx';
import { later } from '#components/ui/state/later.tsx';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import type { DirectoryState } from '#lib/persons/people-index/directory.ts';
import type { DuplicatesQueue } from '#lib/persons/duplicates/queue.ts';
import { PairLine } from './pair-line.tsx';
import { PairReview, type PairActions } from './pair-review.tsx';
import type { Decide } from './decide-context.tsx';
import { QUEUE_COLUMNS, QueueSkeleton } from './queue-skeleton.tsx';
import { keepQueue, lastOpen } from './queue-walk.ts';

const MergeChecked = later(() => import('./merge-checked.tsx').then((part) => part.MergeChecked));

type Props = {
  state: DirectoryState;
  /** Null until the directory is whole. */
  queue: DuplicatesQueue | null;
  /** The pair to open first: two ids with a dot between them. */
  start: string | null;
  decide: Decide;
  steer: Parameters<typeof DirectoryLine>[0]['steer'];
  mayMerge: boolean;
  mayDecide: boolean;
};

/** So many pairs in one plan: as many duplicates as one merge of several takes. */
const MOST_TOGETHER = 20;

/** Everybody who may stand twice in the directory, pair by pair: the list at the left, the open pair at the right. */
export function QueueOfDuplicates({ state, queue, start, decide, steer, mayMerge, mayDecide }: Props) {
  const t = useTranslations('duplicates');
  const tOperations = useTranslations('operations');
  const { saidAfter } = useTexts();
  const toast = useToast();
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set());
  const actor = useActor();
  const [chosen, setChosen] = useState<string | null>(() => start ?? lastOpen(actor));
  const [checked, setChecked] = useState<ReadonlySet<string>>(new Set());
  /** The pairs that are merged together, as they were when their review was opened. */
  const [together, setTogether] = useState<DuplicatesQueue['pairs'] | null>(null);
  const actions = useRef<PairActions>({});
  const pairs = (queue?.pairs ?? []).filter(({ id }) => !settled.has(id));
  const at = Math.max(
    0,
    pairs.findIndex(({ id }) => id === chosen || turned(id) === chosen),
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

  const list = useRef<HTMLOListElement>(null);
  const wasTogether = useRef(false);
  useEffect(() => {
    // Who comes back from the review goes on where the list is open.
    if (!together && wasTogether.current) list.current?.querySelector<HTMLElement>('[aria-current]')?.focus();
    wasTogether.current = together !== null;
  }, [together]);

  useEffect(() => {
    if (queue) keepQueue(actor, pairs, open?.id ?? null);
  });

  const picked = pairs.filter(({ id }) => checked.has(id));
  const check = (id: string) =>
    setChecked(
      (now) => new Set(now.has(id) ? [...now].filter((each) => each !== id) : [...now, id].slice(-MOST_TOGETHER)),
    );
  const closeTogether = (done: boolean) => {
    const merged = done ? (together ?? []).map(({ id }) => id) : [];
    setSettled((now) => new Set([...now, ...merged]));
    setChecked((now) => new Set([...now].filter((id) => !merged.includes(id))));
    setTogether(null);
  };

  const undoing = useRef('');
  const undo = useOperation((entry) => {
    const done = entry.status === 'done';
    toast(done ? { text: tOperations('undone') } : { text: saidAfter(entry.title), persistent: true });
    if (done) back(undoing.current);
    readPageAgain();
  });

  const pressed = useRef<(event: KeyboardEvent) => void>(undefined);
  useEffect(() => {
    pressed.current = (event) => {
      const held = event.metaKey || event.ctrlKey || event.altKey || event.repeat || event.defaultPrevented;
      if (held || together || !singleKeysOn() || takesKeys(event.target) || document.querySelector('dialog[open]'))
        return;
      const does: Record<string, (() => void) | undefined> = {
        m: picked.length > 0 ? () => setTogether(picked) : actions.current.merge,
        n: actions.current.notSame,
        s: () => goTo(at + 1),
        x: open && mayMerge ? () => check(open.id) : undefined,
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
      <DirectoryLine
        start={state}
        wanted
        steer={steer}
        reading={<QueueSkeleton label={t('reading')} />}
        resting={<ListState icon={UsersRound} title={t('reading')} />}
      />
      {queue?.shared.map(({ what, value, count }) => (
        <p key={`${what} ${value}`} className="border-b px-4 py-1.5 text-sm text-muted">
          {t(`shared.${what}`, { count, value })} {t('shared-hint')}
        </p>
      ))}
      {!queue ? null : !open && !together ? (
        <ListState icon={UsersRound} title={t('none-likely', { count: state.count })} />
      ) : (
        <div className={QUEUE_COLUMNS}>
          <div className="min-w-0 lg:border-r">
            <p className="flex flex-wrap justify-between gap-2 border-b px-4 py-1.5 text-xs text-muted">
              <span role="status">
                {t('left', { count: left })}
                {settled.size > 0 ? ` · ${t('progress', { done: settled.size, total: settled.size + left })}` : ''}
              </span>
              <span className="max-lg:hidden">{t('keys')}</span>
            </p>
            <ol
              ref={list}
              aria-label={t('list')}
              className="max-h-[calc(100dvh-13rem)] divide-y overflow-y-auto max-lg:max-h-56"
            >
              {pairs.map((pair) => (
                <li key={pair.id}>
                  <PairLine
                    pair={pair}
                    open={pair.id === open?.id}
                    choose={() => setChosen(pair.id)}
                    checked={mayMerge ? checked.has(pair.id) : undefined}
                    check={() => check(pair.id)}
                  />
                </li>
              ))}
            </ol>
            {picked.length > 0 && !together ? (
              <div className="flex flex-wrap items-center gap-2 border-t px-4 py-1.5">
                <Button size="sm" variant="primary" onClick={() => setTogether(picked)}>
                  {t('merge-checked', { count: picked.length })}
                </Button>
                <Button size="sm" variant="ghost" onClick={() => setChecked(new Set())}>
                  {t('clear')}
                </Button>
              </div>
            ) : null}
            {queue.count > queue.pairs.length ? (
              <p className="border-t px-4 py-1.5 text-xs text-muted">
                {t('more', { shown: queue.pairs.length, count: queue.count })}
              </p>
            ) : null}
          </div>
          {together ? (
            <MergeChecked
              pairs={together}
              next={pairs.find((pair) => !together.includes(pair)) ?? null}
              close={closeTogether}
            />
          ) : open ? (
            <PairReview
              key={open.id}
              pair={open}
              next={pairs[at + 1] ?? null}
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
          ) : null}
        </div>
      )}
    </div>
  );
}

/** The id of the same pair with its two people the other way round: the fuller record stands first, which may have changed. */
const turned = (id: string) => id.split('.').toReversed().join('.');
