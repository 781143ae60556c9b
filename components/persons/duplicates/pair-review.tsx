'use client';

import { Link } from '#components/ui/link.tsx';
import { useEffect, useRef, useState, useTransition } from 'react';
import { useTranslations } from 'use-intl/react';
import { ask, LookupFailed } from '#components/lookups/ask.ts';
import { SearchProblem } from '#components/persons/directory/search-problem.tsx';
import { callAction } from '#components/shell/calls/call-action.ts';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { later } from '#components/ui/state/later.tsx';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import { useProblemTexts } from '#components/ui/state/problem-notice.tsx';
import { SkeletonRows } from '#components/ui/state/skeleton.tsx';
import { duplicateLookup } from '#lib/lookups/people.ts';
import type { ComparedPair, ComparedPerson, QueuedPair } from '#lib/persons/duplicates/queue.ts';
import type { Decide } from './decide-context.tsx';
import { EvidenceLines } from './evidence-lines.tsx';
import { PairTable } from './pair-table.tsx';
import { CopyRequest } from '#components/ui/locked/copy-request.tsx';
import { needsScope } from '#components/ui/locked/locked.ts';

const MergePair = later(
  () => import('./merge-pair.tsx').then((part) => part.MergePair),
  <div className="skeleton h-36" />,
);

/** What the keys of the page do to the open pair; nothing until it can be done. */
export type PairActions = { merge?: () => void; notSame?: () => void };

type Props = {
  pair: QueuedPair;
  /** The pair that follows it; null where it is the last one. */
  next: QueuedPair | null;
  decide: Decide;
  mayMerge: boolean;
  mayDecide: boolean;
  /** Tells the page's keys what they can do now. */
  offer: (actions: PairActions) => void;
  undoMerge: (entryId: string) => void;
  /** It is decided: it leaves the list. */
  settle: () => void;
  /** The decision was undone: it stands in the list again. */
  back: () => void;
  skip: () => void;
};

type Opened = ComparedPair | { problem: string } | null;

/** A pair of the queue, read anew: both people beside each other, what speaks for and against, and the three decisions. */
export function PairReview({ pair, next, decide, mayMerge, mayDecide, offer, undoMerge, settle, back, skip }: Props) {
  const t = useTranslations('duplicates');
  const tUi = useTranslations('ui');
  const lacks = needsScope(tUi, 'persons:write');
  const toast = useToast();
  const problem = useProblemTexts();
  const { opened, again } = useOpened(pair);
  const [swapped, swap] = useState(false);
  const [busy, start] = useTransition();
  const section = useRef<HTMLElement>(null);
  const { one, other } = pair;
  const pairIds: [string, string] = [one.id, other.id];
  const read = opened !== null && 'evidence' in opened ? opened : null;
  const both = read?.one && read.other ? { ...read, one: read.one, other: read.other } : null;

  const say = (evidence: ComparedPair['evidence'], same: boolean) =>
    callAction(decide, { pair: pairIds, evidence, same });
  const notSame = () =>
    start(async () => {
      if (!both) return;
      const result = await say(both.evidence, false);
      if (!result.ok) return toast({ text: Object.values(problem(result)).join('. '), persistent: true });
      const undo = async () => {
        const undone = await say(both.evidence, true);
        if (undone.ok) back();
        else toast({ text: Object.values(problem(undone)).join('. '), persistent: true });
      };
      toast({ text: t('not-same-done'), action: { label: t('undo-decision'), run: () => void undo() } });
      settle();
    });
  useEffect(() => {
    offer({
      ...(both && mayMerge ? { merge: () => pressMerge(section.current) } : {}),
      ...(both && mayDecide && !busy ? { notSame } : {}),
    });
  });

  const [kept, duplicate] = swapped
    ? [read?.other ?? null, read?.one ?? null]
    : [read?.one ?? null, read?.other ?? null];
  const gone = read && !both ? (read.one ? other : one) : null;
  const changed = both ? differs(both.one, one) || differs(both.other, other) : false;
  return (
    <section
      ref={section}
      aria-label={t('pair', { one: one.name ?? t('no-name'), other: other.name ?? t('no-name') })}
      className="min-w-0 space-y-3 p-4 max-lg:border-t"
    >
      {opened === null ? (
        <SkeletonRows rows={6} label={tUi('loading')} />
      ) : 'problem' in opened ? (
        <SearchProblem problem={opened.problem} again={again} />
      ) : gone ? (
        <p role="alert">{t('gone', { name: gone.name ?? t('no-name') })}</p>
      ) : kept && duplicate && both ? (
        <>
          {changed ? <p className="text-sm text-warn">{t('changed')}</p> : null}
          <PairTable kept={kept} duplicate={duplicate} swap={mayMerge ? () => swap(!swapped) : undefined} />
          <EvidenceLines evidence={both.evidence} likely={both.likely} />
          <div className="flex flex-wrap gap-2">
            <GuardedButton size="sm" reason={mayDecide ? undefined : lacks} disabled={busy} onClick={notSame}>
              {t('not-same')}
            </GuardedButton>
            <Button size="sm" variant="ghost" onClick={skip}>
              {t('skip')}
            </Button>
            {mayMerge ? (
              <Link
                href={`/persons/merge?into=${kept.id}&from=${duplicate.id}`}
                className={`ml-auto ${buttonClass({ size: 'sm', variant: 'ghost' })}`}
              >
                {t('compare')}
              </Link>
            ) : null}
          </div>
          {mayMerge ? (
            <MergePair
              key={`${kept.id} ${duplicate.id}`}
              survivor={kept}
              duplicate={duplicate}
              settle={settle}
              undo={undoMerge}
              next={next}
              skip={skip}
            />
          ) : (
            <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
              {lacks.text} <CopyRequest scope={lacks.scope} />
            </p>
          )}
        </>
      ) : null}
    </section>
  );
}

/** Merges where nothing has to be typed first; else the field for it takes the focus. */
function pressMerge(section: HTMLElement | null): void {
  const button = section?.querySelector<HTMLButtonElement>('form button[type="submit"]');
  const field = section?.querySelector<HTMLInputElement>('form input');
  if (field && !field.readOnly) field.focus();
  else button?.click();
}

function useOpened({ one, other }: QueuedPair): { opened: Opened; again: () => void } {
  const [opened, setOpened] = useState<Opened>(null);
  const [round, next] = useState(0);
  const [first, second] = [one.id, other.id];
  useEffect(() => {
    const own = new AbortController();
    ask(duplicateLookup, { one: first, other: second }, own.signal)
      .then(setOpened)
      .catch((error: unknown) => {
        if (own.signal.aborted) return;
        setOpened({ problem: error instanceof LookupFailed ? error.problem : 'unexpected' });
      });
    return () => own.abort();
  }, [first, second, round]);
  return {
    opened,
    again: () => {
      setOpened(null);
      next((now) => now + 1);
    },
  };
}

function differs(now: ComparedPerson, listed: QueuedPair['one']): boolean {
  return now.name !== listed.name || now.phone?.stored !== listed.phone?.stored || now.email !== listed.email;
}
