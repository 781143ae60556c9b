'use client';

import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl/react';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { useLeave } from '#components/session/sign-in/sign-out.ts';
import { applyDensity, applyTheme, applySingleKeys, remember, singleKeysOn } from '#components/shell/preferences.ts';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import type { Does, Run } from './actions.ts';
import { leaveFor, saveFile } from './leave.ts';

type Runnable = Exclude<Does, { pick: unknown }> | { copy: string };

/** Runs the action of a line, after the palette has closed. */
export function useRun(showSheet: () => void): (does: Runnable, newTab?: boolean) => void {
  const router = useRouter();
  const toast = useToast();
  const leave = useLeave();
  const t = useTranslations('palette');
  const tUi = useTranslations('ui');

  function change(run: Run) {
    const [setting, value = ''] = [run.slice(0, run.indexOf('-')), run.slice(run.indexOf('-') + 1)];
    if (run === 'shortcuts') return showSheet();
    if (run === 'sign-out') return void leave();
    if (run === 'single-keys') {
      applySingleKeys(!singleKeysOn());
      return toast({ text: t(singleKeysOn() ? 'single-keys-on' : 'single-keys-off') });
    }
    if (setting === 'theme') return applyTheme(value);
    if (setting === 'density') return applyDensity(value);
    remember('locale', value);
    return readPageAgain();
  }

  return (does, newTab = false) => {
    if ('go' in does && newTab) window.open(does.go, '_blank', 'noopener');
    else if ('go' in does) leaveFor(does.go, (href) => router.push(href as Route));
    else if ('save' in does) saveFile(does.save);
    else if ('run' in does) change(does.run);
    else void navigator.clipboard.writeText(does.copy).then(() => toast({ text: tUi('copied') }));
  };
}
