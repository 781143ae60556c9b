'use client';

import { useState, useTransition } from 'react';
import { useFormatter, useTranslations } from 'use-intl/react';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { ask } from '#components/lookups/ask.ts';
import { usePoll } from '#components/lookups/use-poll.ts';
import { callAction } from '#components/shell/calls/call-action.ts';
import { Button } from '#components/ui/button.tsx';
import { useToast } from '#components/ui/overlay/toasts.tsx';
import { useProblemTexts } from '#components/ui/state/problem-notice.tsx';
import type { ServerAction } from '#lib/actions/server-action.ts';
import { directoryLookup } from '#lib/lookups/people.ts';
import type { DirectoryState } from '#lib/persons/people-index/directory.ts';

type Props = {
  start: DirectoryState | null;
  /** What the page shows needs all people. */
  wanted: boolean;
  steer: ServerAction<{ to: 'stop' | 'go-on' }, null>;
  /** All people were read: what is shown follows. The page is read again, unless what it shows comes from elsewhere. */
  came?: () => void;
};

const EVERY_MS = 1000;

/** How far the reading of all people has come, or when it was; with a way to stop it. */
export function DirectoryLine({ start, wanted, steer, came = readPageAgain }: Props) {
  const t = useTranslations('people-index');
  const format = useFormatter();
  const toast = useToast();
  const problem = useProblemTexts();
  const [state, setState] = useState(start);
  const [given, setGiven] = useState(start);
  if (given !== start) {
    setGiven(start);
    setState(start);
  }
  const [busy, begin] = useTransition();
  const waiting = wanted && !(state?.whole && !state.walking) && state?.why !== 'too-many';
  usePoll(
    async (signal) => {
      const now = await ask(directoryLookup, {}, signal);
      setState(now);
      if (now.whole && !state?.whole) came();
      return true;
    },
    { everyMs: EVERY_MS, on: waiting && state?.why !== 'stopped' },
  );
  const whole = state?.whole ?? false;

  if (!wanted || !state) return null;
  const run = (to: 'stop' | 'go-on') =>
    begin(async () => {
      const result = await callAction(steer, { to });
      if (!result.ok) return toast({ text: Object.values(problem(result)).join('. '), persistent: true });
      const now = await ask(directoryLookup, {}, AbortSignal.timeout(10_000)).catch(() => null);
      if (now) setState(now);
    });
  const { count, asOf, walking, why, crowded } = state;
  const text =
    why === 'too-many'
      ? t('too-many')
      : !whole
        ? t(walking ? 'reading' : 'paused', { count })
        : t('as-of', { time: format.dateTime(new Date(asOf ?? 0), { timeStyle: 'short' }), count });
  return (
    <p className="flex min-h-8 flex-wrap items-center gap-2 border-b px-4 py-1 text-xs text-muted">
      <span>
        {text}
        {whole && crowded ? ` ${t('crowded')}` : ''}
      </span>
      {whole || why === 'too-many' ? null : (
        <Button size="sm" variant="ghost" disabled={busy} onClick={() => run(walking ? 'stop' : 'go-on')}>
          {t(walking ? 'stop' : 'go-on')}
        </Button>
      )}
    </p>
  );
}
