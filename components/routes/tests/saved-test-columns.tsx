'use client';

import { CircleAlert, CircleCheck, CircleHelp } from 'lucide-react';
import type { Route } from 'next';
import { Link } from '#components/ui/link.tsx';
import { useTranslations } from 'use-intl/react';
import type { ListColumn } from '#components/data-table/columns.ts';
import { useAgentWords } from '#components/routes/resolve/resolution-words.ts';
import { Badge } from '#components/ui/badge.tsx';
import { useVerdictText } from '#components/ui/verdict/use-verdict-text.ts';
import type { SavedTestResult } from '#lib/routes/tests/run-saved-tests.ts';

const LOOKS = {
  ok: { icon: CircleCheck, tone: 'good' },
  other: { icon: CircleAlert, tone: 'danger' },
  silent: { icon: CircleAlert, tone: 'danger' },
  unknown: { icon: CircleHelp, tone: 'unknown' },
} as const;

/** How a saved test is called: by its name, else by whom it is for. */
export function useSavedTestName(): (savedTest: SavedTestResult) => string {
  const t = useTranslations('saved-tests');
  return ({ title, chatId, personId, id }) => title ?? t('untitled', { id: (chatId ?? personId ?? id).slice(0, 8) });
}

/** Saved tests with their results: which agent is expected, and which one answers. */
export const SAVED_TEST_COLUMNS: readonly ListColumn<SavedTestResult>[] = [
  { id: 'name', cell: (row) => <Name savedTest={row} />, width: 'grow', card: 'title' },
  { id: 'state', cell: (row) => <State savedTest={row} />, width: 'md', card: 'end' },
  { id: 'result', cell: (row) => <Result savedTest={row} />, width: 'grow-2', card: 'detail' },
  { id: 'instance', cell: ({ instance }) => <span className="text-muted">{instance}</span>, width: 'lg', card: 'when' },
];

function Name({ savedTest }: { savedTest: SavedTestResult }) {
  const name = useSavedTestName()(savedTest);
  const query = new URLSearchParams({ instance: savedTest.instanceId });
  if (savedTest.chatId) query.set('chat', savedTest.chatId);
  if (savedTest.personId) query.set('person', savedTest.personId);
  return (
    <Link href={`/routes/test?${query}` as Route} className="row-link">
      {name}
    </Link>
  );
}

function State({ savedTest: { state } }: { savedTest: SavedTestResult }) {
  const t = useTranslations('saved-tests');
  const { icon: Icon, tone } = LOOKS[state];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(`states.${state}`)}
    </Badge>
  );
}

function Result({ savedTest }: { savedTest: SavedTestResult }) {
  return <span>{useSavedTestResult()(savedTest)}</span>;
}

/** What a saved test found: who answers as expected, who answers instead, or why nobody does or it can't be told. */
export function useSavedTestResult(): (savedTest: SavedTestResult) => string {
  const t = useTranslations('saved-tests');
  const words = useAgentWords();
  const texts = useVerdictText();
  return ({ state, agentId, expected, got, verdict }) =>
    t(`results.${state === 'ok' && agentId === null ? 'ok-nobody' : state}`, {
      expected: words(expected),
      got: words(got),
      why: texts.detail(verdict),
    });
}
