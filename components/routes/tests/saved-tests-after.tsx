'use client';

import { ListChecks } from 'lucide-react';
import { useState, useTransition } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTexts } from '#components/operations/receipt/text-of.ts';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { ActionResult } from '#lib/actions/action-result.ts';
import type { ProbeResult } from '#lib/routes/tests/run-saved-tests.ts';
import type { RunProbes } from './saved-test-actions.ts';
import { ProbeLine } from './saved-test-line.tsx';

/** After a change of routes: asks the probes of the instance and shows which are red. */
export function ProbesAfter({ instanceId, count, run }: { instanceId: string; count: number; run: RunProbes }) {
  const t = useTranslations('probes');
  const { title, help } = useTexts();
  const [result, setResult] = useState<ActionResult<ProbeResult[]> | null>(null);
  const [busy, start] = useTransition();
  if (count === 0) return null;
  const all = result?.ok ? result.data : [];
  const red = all.filter(({ state }) => state !== 'ok').length;
  return (
    <section aria-labelledby="probes-after" className="mt-4 rounded border p-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 id="probes-after">{t('title')}</h3>
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
            <p className="mt-2 font-medium">{t('summary', { green: all.length - red, red })}</p>
            <ul className="mt-2 divide-y">
              {all
                .toSorted((one, other) => Number(one.state === 'ok') - Number(other.state === 'ok'))
                .map((probe) => (
                  <li key={probe.id} className="flex py-2">
                    <ProbeLine probe={probe} />
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
