'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl/react';
import { useToast } from '#components/ui/toasts.tsx';
import type { Json } from '#lib/operations/define.ts';
import type { EntryView } from '#lib/operations/view.ts';
import { useTexts } from './text-of.ts';
import { useOperation, type OperationState, type Preview } from './use-operation.ts';

/**
 * A change without confirmation that can be taken back: runs at once, says so in a toast with *Undo*, shows the page anew.
 * `onDone` gets the entry only when it is done, `onFailed` when it is not, with what looks at the world again.
 */
export function useSmallChange(
  onDone?: (entry: EntryView) => void,
  onFailed?: (entry: EntryView, preview: Preview) => void,
): {
  state: OperationState;
  change: (operation: string, input: Json) => Promise<void>;
  reset: () => void;
} {
  const t = useTranslations('operations');
  const { say, title } = useTexts();
  const toast = useToast();
  const router = useRouter();
  const back = useOperation((entry) => {
    if (entry.status === 'done') toast({ text: t('undone') });
    else toast({ text: t('failed-toast', { what: say(entry.title) }), stays: true });
    router.refresh();
  });
  const forth = useOperation((entry, preview) => {
    if (entry.status === 'done') {
      const action =
        entry.undo === 'possible' ? { label: t('undo'), run: () => void back.undoNow(entry.id) } : undefined;
      toast({ text: t('done-toast', { what: say(entry.title) }), ...(action ? { action } : {}) });
      onDone?.(entry);
    } else {
      toast({
        text: entry.problem ? title(entry.problem) : t('failed-toast', { what: say(entry.title) }),
        stays: true,
      });
      onFailed?.(entry, preview);
    }
    router.refresh();
  });
  return { state: forth.state, change: forth.runNow, reset: forth.reset };
}
