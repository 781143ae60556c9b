'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl/react';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import type { Json, Text } from '#lib/operations/plan/define.ts';
import type { EntryView } from '#lib/operations/receipt/view.ts';
import { useTexts } from '#components/operations/receipt/text-of.ts';
import { useOperation, type OperationState, type Preview } from './use-operation.ts';

/** Why a small change was not made: its title, what to do, and the plan's own refusal where there is one. */
export type Trouble = { title: string; help?: string; refusal?: Text };

/**
 * A change without confirmation that can be taken back: runs at once, says so in a toast with *Undo*, shows the page anew.
 * `onDone` gets the entry only when it is done, `onFailed` when it is not, with what looks at the world again. What was
 * not even begun is `trouble`, for whoever asked to show beside it.
 */
export function useSmallChange(
  onDone?: (entry: EntryView) => void,
  onFailed?: (entry: EntryView, preview: Preview) => void,
): {
  state: OperationState;
  trouble: Trouble | null;
  change: (operation: string, input: Json) => Promise<void>;
  reset: () => void;
} {
  const t = useTranslations('operations');
  const { say, done, title } = useTexts();
  const toast = useToast();
  const router = useRouter();
  const troubleOf = useTrouble();
  const failed = (entry: EntryView) => {
    const how = entry.problem ? title(entry.problem) : t(`statuses.${entry.status}.title`);
    return t('ended-toast', { what: say(entry.title), how });
  };
  const back = useOperation((entry) => {
    if (entry.status === 'done') toast({ text: t('undone') });
    else toast({ text: failed(entry), stays: true });
    router.refresh();
  });
  const backTrouble = troubleOf(back.state);
  const said = backTrouble && [backTrouble.title, backTrouble.help].filter(Boolean).join('. ');
  const { reset } = back;
  useEffect(() => {
    if (!said) return;
    toast({ text: said, stays: true });
    reset();
  }, [said, toast, reset]);
  const forth = useOperation((entry, preview) => {
    const action = entry.undo === 'possible' ? { label: t('undo'), run: () => void back.undoNow(entry.id) } : undefined;
    const offered = action ? { action } : {};
    if (entry.status === 'done') {
      toast({ text: done(entry.title) ?? t('done-toast', { what: say(entry.title) }), ...offered });
      onDone?.(entry);
    } else {
      toast({ text: failed(entry), stays: true, ...offered });
      onFailed?.(entry, preview);
    }
    router.refresh();
  });
  return { state: forth.state, trouble: troubleOf(forth.state), change: forth.runNow, reset: forth.reset };
}

function useTrouble(): (state: OperationState) => Trouble | null {
  const t = useTranslations('operations');
  const { say, title, help } = useTexts();
  return (state) => {
    if (state.at === 'problem') return { title: title(state.problem), help: help(state.problem) };
    if (state.at === 'busy') return { title: t('busy', { who: state.who }), help: t('busy-help') };
    if (state.at !== 'preview') return null;
    const { refusal } = state.plan;
    if (refusal) return { title: say(refusal), refusal };
    return { title: t('statuses.stale.title'), help: t('statuses.stale.help') };
  };
}
