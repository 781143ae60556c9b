'use client';

import { CircleAlert, LockKeyhole } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { problemWords } from '#lib/i18n/any-key.ts';
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
  const { title, help } = problemWords(t, problem, { ...PROBLEM_VALUES, scope: 'persons:read', ...values });
  const forbidden = problem.startsWith('forbidden');
  return (
    <ListState
      icon={forbidden ? LockKeyhole : CircleAlert}
      role="alert"
      title={title}
      actions={forbidden ? null : <Button onClick={again}>{tUi('retry')}</Button>}
    >
      {help}
    </ListState>
  );
}

/** Omni's own search failed beside people that were found at hand: they stay, and this line says what is missing. */
export function SearchFailed({ problem, values, again }: Props) {
  const t = useTranslations('persons');
  const tProblems = useTranslations('problems');
  const tUi = useTranslations('ui');
  const { title } = problemWords(tProblems, problem, { ...PROBLEM_VALUES, scope: 'persons:read', ...values });
  return (
    <p role="alert" className="flex flex-wrap items-center gap-2 border-b bg-warn-soft px-4 py-1 text-sm">
      {t('search-failed', { why: title })}
      <Button size="sm" onClick={again}>
        {tUi('retry')}
      </Button>
    </p>
  );
}
