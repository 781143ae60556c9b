'use client';

import { useTranslations } from 'use-intl/react';
import { useSmallChange } from '#components/operations/run/use-small-change.ts';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';

/** `stored`: what Omni has as the name, which shows nothing. */
type Props = { personId: string; stored: string | null; name: string; channel: string };

/** Gives the person the name that a channel has for them: one click, undone from the toast. */
export function UseName({ personId, stored, name, channel }: Props) {
  const t = useTranslations('person');
  const { state, trouble, change } = useSmallChange();
  const busy = state.at === 'running' || state.at === 'starting';
  return (
    <>
      <Button
        size="sm"
        className="h-auto min-h-7 max-w-full py-0.5 text-left whitespace-normal"
        aria-disabled={busy}
        onClick={() =>
          busy
            ? undefined
            : void change('persons.edit', {
                id: personId,
                changes: { displayName: name },
                expects: { displayName: stored },
              })
        }
      >
        {t('use-name', { name, channel })}
      </Button>
      {trouble ? (
        <Notice tone="warn" role="alert" title={trouble.title}>
          {trouble.help}
        </Notice>
      ) : null}
    </>
  );
}
