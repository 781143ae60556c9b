'use client';

import { useTranslations } from 'use-intl/react';
import { BlockedBadge } from '#components/ui/verdict/blocked-badge.tsx';
import { isBlock } from '#lib/routes/verdict/summary.ts';
import { useVerdictText } from '#components/ui/verdict/use-verdict-text.ts';
import { verdictLook } from '#components/ui/verdict/verdict-look.ts';
import type { VerdictShown } from '#components/ui/verdict/verdict-text.ts';
import type { ResolutionView } from '#lib/routes/resolve/resolution-view.ts';
import { ChainList, type CachedSince } from './chain-list.tsx';

const BOXES = {
  answers: 'border-good/40 bg-good-soft',
  nobody: 'border-danger/40 bg-danger-soft',
  unknown: 'border-edge/60 bg-inset',
  checking: 'border-edge/60 bg-inset',
} as const;

type Props = { view: ResolutionView; verdict?: VerdictShown; cached?: CachedSince };

const NOT_CACHED: CachedSince = { routes: null, rules: null };

/** Who answers as the headline, and below it the way of a message: what is said there is said once. */
export function ResolutionPanel({ view, verdict = view.verdict, cached = NOT_CACHED }: Props) {
  const t = useTranslations('route-test');
  const texts = useVerdictText();
  const { icon: Icon, ink } = verdictLook(verdict);
  return (
    <section aria-label={t('answer')} className="space-y-3">
      <p
        role="status"
        aria-busy={verdict === 'checking'}
        className={`flex w-fit max-w-full flex-wrap items-center gap-2 rounded border px-3 py-2 text-lg font-semibold ${BOXES[verdict === 'checking' ? verdict : verdict.is]}`}
      >
        <Icon aria-hidden className={`size-5 shrink-0 ${ink}`} />
        {texts.sentence(verdict)}
        {verdict !== 'checking' && verdict.is === 'nobody' && isBlock(verdict.why) ? (
          <BlockedBadge text={texts.blocked({ names: [view.instance.name], all: false })} />
        ) : null}
      </p>
      <ChainList view={view} verdict={verdict} cached={cached} />
    </section>
  );
}
