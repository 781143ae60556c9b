'use client';

import { Link } from '#components/ui/link.tsx';
import { useTranslations } from 'use-intl/react';
import type { ListColumn } from '#components/data-table/columns.ts';
import { useCapital } from '#components/routes/editor/use-capital.ts';
import { Badge } from '#components/ui/badge.tsx';
import type { TestAfter } from '#lib/routes/tests/run-after.ts';
import { savedTestHref, TEST_LOOKS, useSavedTestName, useSavedTestResult } from './saved-test-words.ts';

/** Saved tests with their results: which agent is expected, and which one answers; or that they are being run. */
export const SAVED_TEST_COLUMNS: readonly ListColumn<TestAfter>[] = [
  { id: 'name', cell: (row) => <Name savedTest={row} />, width: 'grow', card: 'title' },
  { id: 'state', cell: (row) => <State savedTest={row} />, width: 'md', card: 'end' },
  { id: 'result', cell: (row) => <Result savedTest={row} />, width: 'grow-2', wraps: true, card: 'line' },
  {
    id: 'instance',
    cell: (row) => <span className="text-muted">{row.state === 'checking' ? '' : row.instance}</span>,
    width: 'lg',
    card: 'detail',
  },
];

function Name({ savedTest }: { savedTest: TestAfter }) {
  const name = useSavedTestName()(savedTest);
  return (
    <Link href={savedTestHref(savedTest)} className="row-link">
      {name}
    </Link>
  );
}

function State({ savedTest: { state } }: { savedTest: TestAfter }) {
  const t = useTranslations('saved-tests');
  const { icon: Icon, tone } = TEST_LOOKS[state];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(`states.${state}`)}
    </Badge>
  );
}

function Result({ savedTest }: { savedTest: TestAfter }) {
  const t = useTranslations('saved-tests');
  const resultOf = useSavedTestResult();
  const name = useSavedTestName()(savedTest);
  const capital = useCapital();
  if (savedTest.state === 'checking') return null;
  // An agent’s name at the beginning stays as it is written.
  const result = resultOf(savedTest);
  return (
    <span>
      {savedTest.state === 'ok' && savedTest.agentId ? result : capital(result)}{' '}
      {savedTest.state === 'ok' ? null : (
        <Link
          href={savedTestHref(savedTest)}
          aria-label={t('why-of', { name })}
          className="relative z-10 inline-flex min-h-[24px] items-center text-accent-text hover:underline"
        >
          {t('why')}
        </Link>
      )}
    </span>
  );
}
