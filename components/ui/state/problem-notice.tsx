'use client';

import { useTranslations } from 'use-intl/react';
import { Notice } from '#components/ui/state/notice.tsx';
import type { ActionFailure } from '#lib/actions/action-result.ts';

/** The title and help of a problem, beside what caused it. */
export function ProblemNotice({ failure }: { failure: ActionFailure }) {
  const { title, help } = useProblemTexts()(failure);
  return (
    <Notice tone="danger" role="alert" title={title}>
      {help}
    </Notice>
  );
}

/** The same as texts, for a toast. */
export function useProblemTexts(): (failure: ActionFailure) => { title: string; help: string } {
  const t = useTranslations('problems');
  return ({ code: wanted, values }) => {
    const code = t.has(`${wanted}.title` as never) ? wanted : 'unexpected';
    return { title: t(`${code}.title` as never, values as never), help: t(`${code}.help` as never, values as never) };
  };
}
