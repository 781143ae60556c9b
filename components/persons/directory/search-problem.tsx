'use client';

import { CircleAlert, LockKeyhole } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { PROBLEM_VALUES } from '#components/ui/state/problem-notice.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';

type Props = { problem: string; values?: Record<string, string | number>; again: () => void };

/**
 * A search that failed: what is wrong, what to do, and once more where that can help. `problem` is a code of the namespace
 * `problems`.
 */
export function SearchProblem({ problem, values, again }: Props) {
  const t = useTranslations('problems');
  const tUi = useTranslations('ui');
  const code = t.has(`${problem}.title` as never) ? problem : 'unexpected';
  const named = { ...PROBLEM_VALUES, scope: 'persons:read', ...values };
  const forbidden = code.startsWith('forbidden');
  return (
    <ListState
      icon={forbidden ? LockKeyhole : CircleAlert}
      role="alert"
      title={t(`${code}.title` as never, named as never)}
      actions={forbidden ? null : <Button onClick={again}>{tUi('retry')}</Button>}
    >
      {t(`${code}.help` as never, named as never)}
    </ListState>
  );
}
