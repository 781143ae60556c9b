'use client';

import { useTranslations } from 'use-intl/react';
import type { ResolutionView } from '#lib/routes/resolve/resolution-view.ts';

const CODES = ['nobody', 'missing', 'unseen'] as const;

/** The name of an agent, or what stands for one. */
export function useAgentWords(): (name: string) => string {
  const t = useTranslations('route-test');
  return (name) => {
    const code = CODES.find((each) => each === name);
    return code ? t(`agents.${code}`) : name;
  };
}

type Verdict = { sentence: string; head: string; detail: string };

/** The verdict in one sentence, and the same as a head with its detail: the agent, or why nobody answers or it can't be told. */
export function useVerdict(): (view: Pick<ResolutionView, 'answers' | 'agent' | 'why'>) => Verdict {
  const t = useTranslations('route-test');
  const words = useAgentWords();
  return ({ answers, agent, why }) => {
    const head = t(`verdict-heads.${answers}`);
    if (why === null) {
      const name = words(agent?.name ?? 'nobody');
      return { sentence: t('verdict.yes', { agent: name }), head, detail: name };
    }
    const reason = t(`whys.${why}`);
    return { sentence: t(`verdict.${answers}`, { why: reason, agent: '' }), head, detail: reason };
  };
}
