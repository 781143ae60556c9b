'use client';

import { useTranslations } from 'use-intl/react';
import { problemWords } from '#lib/i18n/any-key.ts';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { MissingInstance } from '#lib/routes/list/list-line.ts';

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
  return (
    <>
      {problem ? (
        <Notice
          tone="danger"
          role="alert"
          title={why(problem)}
          actions={
            <Button size="sm" onClick={() => again([])}>
              {tUi('retry')}
            </Button>
          }
        >
          {t('rest-failed')}
        </Notice>
      ) : null}
      {failed.length > 0 ? (
        <Notice
          tone="warn"
          role="alert"
          title={t('failed', { count: failed.length })}
          actions={
            <Button size="sm" onClick={() => again(failed)}>
              {tUi('retry')}
            </Button>
          }
        >
          <ul className="list-inside list-disc">
            {failed.map(({ id, name, problem: code }) => (
              <li key={id}>
                {name}: {why(code)}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <div role="status">
        {waiting.length > 0 ? (
          <Notice tone="info">
            {t('waiting', { count: waiting.length, names: waiting.map(({ name }) => name).join(', ') })}
          </Notice>
        ) : lateRows > 0 ? (
          <Notice tone="info">{t('came-late', { count: lateRows })}</Notice>
        ) : null}
      </div>
    </>
  );
}
