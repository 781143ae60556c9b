'use client';

import { Link } from '#components/ui/link.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { useTranslations } from 'use-intl/react';
import type { TestAfter } from '#lib/routes/tests/run-after.ts';
import { savedTestHref, TEST_LOOKS, useSavedTestName, useSavedTestResult } from './saved-test-words.ts';

/** A saved test in a line: whether it passes, which agent is expected and which one answers. */
export function SavedTestLine({ savedTest }: { savedTest: TestAfter }) {
  const t = useTranslations('saved-tests');
  const resultOf = useSavedTestResult();
  const nameOf = useSavedTestName();
  const { icon: Icon, tone, ink } = TEST_LOOKS[savedTest.state];
  const result =
    savedTest.state === 'checking' ? '' : [savedTest.instance, resultOf(savedTest)].filter(Boolean).join(' · ');
  return (
    <div className="flex min-w-0 grow items-start gap-3">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ink}`} />
      <div className="min-w-0 grow">
        <Link href={savedTestHref(savedTest)} className="font-medium text-accent-text hover:underline">
          {nameOf(savedTest)}
        </Link>
        <span className="block text-sm text-muted">{result}</span>
      </div>
      <span className="shrink-0">
        <Badge tone={tone}>{t(`states.${savedTest.state}`)}</Badge>
      </span>
    </div>
  );
}
