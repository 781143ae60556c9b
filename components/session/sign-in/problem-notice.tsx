'use client';

import { useTranslations } from 'use-intl/react';
import { Notice } from '#components/ui/state/notice.tsx';
import type { ActionResult } from '#lib/actions/action-result.ts';

export type Failure = Extract<ActionResult<unknown>, { ok: false }>;

/** What went wrong and what to do, where it went wrong. */
export function ProblemNotice({ failure }: { failure: Failure }) {
  const t = useTranslations('problems');
  const code = t.has(`${failure.code}.title` as never) ? failure.code : 'unexpected';
  return (
    <Notice tone="danger" role="alert" title={t(`${code}.title` as never, failure.values as never)}>
      {t(`${code}.help` as never, failure.values as never)}
    </Notice>
  );
}
