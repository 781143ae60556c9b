'use client';

import { useTranslations } from 'use-intl/react';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { needsScope } from './locked.ts';

/** Which permission a choice needs, beside it: a button that is locked for that reason, so that the request can be copied there. */
export function MissingScopeNote({ scope, id }: { scope: string; id?: string }) {
  const locked = needsScope(useTranslations('ui'), scope);
  return (
    <span id={id} className="text-xs text-muted">
      <GuardedButton
        bare
        reason={locked}
        className="min-h-[24px] text-left wrap-anywhere underline decoration-dotted underline-offset-2"
      >
        {locked.text}
      </GuardedButton>
    </span>
  );
}
