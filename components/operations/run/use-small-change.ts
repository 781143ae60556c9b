'use client';

import { useEffect } from 'react';
import { useTranslations } from 'use-intl/react';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import type { Json, Text } from '#lib/operations/plan/define.ts';
import type { EntryView } from '#lib/operations/receipt/view.ts';
import { useTexts } from '#components/operations/receipt/text-of.ts';
import { useEnding } from '#components/operations/receipt/use-ending.ts';
import { useOperation, type OperationState, type ShowPreview } from './use-operation.ts';

/** Why a small change was not made: its title, what to do, and the plan's own refusal where there is one. */
export type ChangeProblem = { title: string; help?: string; refusal?: Text };

/**
 * A change without confirmation that can be undone: runs at once, says so in a toast with *Undo*, refreshes the page. `onDone`
 * gets the entry only when it is done, `onFailed` when it is not, with what previews again, `onUndone` once it is undone. `trouble`: why it was not even begun.
 */
export function useSmallChange(
  onDone?: (entry: EntryView) => void,
  onFailed?: (entry: EntryView, preview: ShowPreview) => void,
  onUndone?: () => void,
): {
  state: OperationState;
  trouble: ChangeProblem | null;
  change: (operation: string, input: Json) => Promise<void>;
  reset: () => void;
} {
  const t = useTranslations('operations');
  const { say, saidAfter } = useTexts();
  const ended = useEnding();
  const toast = useToast();
  const troubleOf = useTrouble();
  const failed = (entry: EntryView) => {
    const { title, help } = ended(entry);
    return t('ended-toast', { what: say(entry.title), how: `${title}. ${help}` });
  };
  const back = useOperation((entry) => {
    if (entry.status === 'done') {
      toast({ text: t('undone') });
      onUndone?.();
    } else toast({ text: failed(entry), persistent: true });
    readPageAgain();
  });
  const backTrouble = troubleOf(back.state);
  const said = backTrouble && [backTrouble.title, backTrouble.help].filter(Boolean).join('. ');
  const { reset } = back;
  useEffect(() => {
    if (!said) return;
    toast({ text: said, persistent: true });
    reset();
  }, [said, toast, reset]);
  const forth = useOperation((entry, preview) => {
    const action = entry.undo === 'possible' ? { label: t('undo'), run: () => void back.undoNow(entry.id) } : undefined;
    const offered = action ? { action } : {};
    if (entry.status === 'done') {
      toast({ text: saidAfter(entry.title), ...offered });
      onDone?.(entry);
    } else {
      toast({ text: failed(entry), persistent: true, ...offered });
      onFailed?.(entry, preview);
    }
    readPageAgain();
  });
  return { state: forth.state, trouble: troubleOf(forth.state), change: forth.runNow, reset: forth.reset };
}

function useTrouble(): (state: OperationState) => ChangeProblem | null {
  const t = useTranslations('operations');
  const { say, title, help } = useTexts();
  return (state) => {
    if (state.at === 'problem') return { title: title(state.problem), help: help(state.problem) };
    if (state.at === 'busy') return { title: t('busy', { who: state.who }), help: t('busy-help') };
    if (state.at !== 'preview') return null;
    const { refusal } = state.plan;
    if (refusal) return { title: say(refusal), refusal };
    return { title: t('stale'), help: t('endings.not-sent.help') };
  };
}
