'use client';

import { CircleAlert, LockKeyhole } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';

/**
 * A search that failed: what is wrong, what to do, and once more where that can help. `problem` is a code of the namespace
 * `problems`.
 */
export function SearchProblem({ problem, again }: { problem: string; again: () => void }) {
  const t = useTranslations('problems');
  const tUi = useTranslations('ui');
  const code = t.has(`${problem}.title` as never) ? problem : 'unexpected';
  const forbidden = code.startsWith('forbidden');
  return (
    <ListState
      icon={forbidden ? LockKeyhole : CircleAlert}
      role="alert"
      title={t(`${code}.title` as never, { scope: 'persons:read' } as never)}
      actions={forbidden ? null : <Button onClick={again}>{tUi('retry')}</Button>}
    >
      {t(`${code}.help` as never, { scope: 'persons:read', seconds: 10, status: 0 } as never)}
    </ListState>
  );
}
