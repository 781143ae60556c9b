'use client';

import { useTranslations } from 'use-intl/react';
import { Notice } from '#components/ui/state/notice.tsx';
import type { ActionFailure } from '#lib/actions/action-result.ts';

/** The title and help of a problem, beside what caused it. */
export function ProblemNotice({ failure }: { failure: ActionFailure }) {
  const t = useTranslations('problems');
  const code = t.has(`${failure.code}.title` as never) ? failure.code : 'unexpected';
  return (
    <Notice tone="danger" role="alert" title={t(`${code}.title` as never, failure.values as never)}>
      {t(`${code}.help` as never, failure.values as never)}
    </Notice>
  );
}
