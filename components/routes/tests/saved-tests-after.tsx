'use client';

import { ListChecks } from 'lucide-react';
import { useState, useTransition } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTexts } from '#components/operations/receipt/text-of.ts';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { countResults } from '#lib/routes/tests/count-results.ts';
import type { SavedTestResult } from '#lib/routes/tests/run-saved-tests.ts';
import type { RunSavedTests } from './saved-test-actions.ts';
import { SavedTestLine } from './saved-test-line.tsx';

/** After a change of routes: runs the saved tests of the instance and shows which fail. */
export function SavedTestsAfter({ instanceId, count, run }: { instanceId: string; count: number; run: RunSavedTests }) {
  const t = useTranslations('saved-tests');
  const { title, help } = useTexts();
  const [result, setResult] = useState<ActionResult<SavedTestResult[]> | null>(null);
  const [busy, start] = useTransition();
  if (count === 0) return null;
  const all = result?.ok ? result.data : [];
  return (
    <section aria-labelledby="saved-tests-after" className="mt-4 rounded border p-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 id="saved-tests-after">{t('title')}</h3>
        <Button
          size="sm"
          disabled={busy}
          onClick={() =>
            start(async () =>
              setResult(await run({ instanceId }).catch(() => ({ ok: false as const, code: 'console_unreachable' }))),
            )
          }
        >
          <ListChecks aria-hidden className="size-3.5" />
          {busy ? t('running') : t('run', { count })}
        </Button>
      </div>
      <div aria-live="polite">
        {result?.ok ? (
          <>
            <p className="mt-2 font-medium">{t('summary', countResults(all))}</p>
            <ul className="mt-2 divide-y">
              {all
                .toSorted((one, other) => Number(one.state === 'ok') - Number(other.state === 'ok'))
                .map((savedTest) => (
                  <li key={savedTest.id} className="flex py-2">
                    <SavedTestLine savedTest={savedTest} />
                  </li>
                ))}
            </ul>
          </>
        ) : null}
        {result && !result.ok ? (
          <Notice tone="danger" role="alert" title={title(result)} className="mt-2">
            {help(result)}
          </Notice>
        ) : null}
      </div>
    </section>
  );
}
