'use client';

import { useTranslations } from 'use-intl/react';
import { problemWords } from '#lib/i18n/any-key.ts';
import { Button } from '#components/ui/button.tsx';
import { Notices } from '#components/ui/state/notices.tsx';
import type { MissingInstance } from '#lib/routes/list/list.ts';

type Props = {
  waiting: readonly MissingInstance[];
  failed: readonly MissingInstance[];
  /** The console itself could not be asked. */
  problem: string | null;
  again: (instances: readonly MissingInstance[]) => void;
  lateRows: number;
};

/** The instances whose routes are not in the list: those still asked, and those that failed, each with its reason. Never hidden. */
export function MissingInstances({ waiting, failed, problem, again, lateRows }: Props) {
  const t = useTranslations('routes-list');
  const tUi = useTranslations('ui');
  const tProblem = useTranslations('problems');
  const why = (code = 'unexpected') =>
    problemWords(tProblem, code, { scope: 'routes:read', seconds: 10, status: 0, lock: '' }).title;
  const retry = (instances: readonly MissingInstance[]) => (
    <Button size="sm" onClick={() => again(instances)}>
      {tUi('retry')}
    </Button>
  );
  return (
    <Notices
      all={[
        problem !== null && {
          id: 'problem',
          tone: 'danger',
          role: 'alert',
          text: `${why(problem)}. ${t('rest-failed')}`,
          action: retry([]),
        },
        failed.length > 0 && {
          id: 'failed',
          tone: 'warn',
          role: 'alert',
          text: `${t('failed', { count: failed.length })}: ${failed.map(({ name }) => name).join(', ')}`,
          more: (
            <ul>
              {failed.map(({ id, name, problem: code }) => (
                <li key={id}>
                  {name}: {why(code)}
                </li>
              ))}
            </ul>
          ),
          action: retry(failed),
        },
        waiting.length > 0
          ? {
              id: 'waiting',
              tone: 'info',
              role: 'status',
              text: t('waiting', { count: waiting.length, names: waiting.map(({ name }) => name).join(', ') }),
            }
          : lateRows > 0 && { id: 'late', tone: 'info', role: 'status', text: t('came-late', { count: lateRows }) },
      ]}
    />
  );
}
