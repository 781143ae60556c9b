'use client';

import { useEntryShown } from '#components/operations/run/operations-context.tsx';
import { later } from '#components/ui/state/later.tsx';
import { mayAlterAnswers } from '#lib/routes/tests/count-results.ts';

const TestsAfter = later(() => import('./tests-after.tsx').then((part) => part.TestsAfter));

/** Below a receipt: the saved tests that the change touches, which the console runs once it has ended. */
export function TestsAfterRun() {
  const entry = useEntryShown();
  if (!entry || !mayAlterAnswers(entry.operation) || entry.finishedAt === null) return null;
  return <TestsAfter key={`${entry.id} ${entry.finishedAt}`} entry={entry} />;
}
