'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { ask } from '#components/lookups/ask.ts';
import { usePoll } from '#components/lookups/use-poll.ts';
import { testsAfterLookup } from '#lib/lookups/routes.ts';
import type { EntryView } from '#lib/operations/receipt/view.ts';
import { countResults } from '#lib/routes/tests/count-results.ts';
import type { TestAfter } from '#lib/routes/tests/run-after.ts';
import { SavedTestLine } from './saved-test-line.tsx';

const EVERY_MS = 700;
/** The tests begin right after the change has ended: so often it is asked whether there are any. */
const ASKED = 8;
const RECENT_MS = 60_000;

/** The saved tests that a change touches, with their results as they come. */
export function TestsAfter({ entry }: { entry: EntryView }) {
  const t = useTranslations('saved-tests');
  const [tests, setTests] = useState<TestAfter[]>([]);
  const [asked, setAsked] = useState(0);
  const checking = tests.filter(({ state }) => state === 'checking').length;
  const [recent] = useState(() => Date.now() - (entry.finishedAt ?? 0) < RECENT_MS);
  const on = checking > 0 || (tests.length === 0 && asked < (recent ? ASKED : 1));
  usePoll(
    async (signal) => {
      const answer = await ask(testsAfterLookup, { entry: entry.id }, signal);
      setTests(answer.tests);
      setAsked((now) => now + 1);
      return true;
    },
    { everyMs: EVERY_MS, on },
  );
  if (tests.length === 0) return null;
  const order = { other: 0, silent: 0, unknown: 1, checking: 2, ok: 3 };
  return (
    <section aria-labelledby="tests-after" className="mt-4 rounded border p-3">
      <h3 id="tests-after">{t('title')}</h3>
      <p role="status" className="mt-1">
        {checking > 0 ? t('checking') : t('summary', countResults(tests))}
      </p>
      <ul className="mt-1 divide-y">
        {tests
          .toSorted((one, other) => order[one.state] - order[other.state])
          .map((test) => (
            <li key={test.id} className="flex py-2">
              <SavedTestLine savedTest={test} />
            </li>
          ))}
      </ul>
    </section>
  );
}
