'use client';

import { CircleAlert, CircleCheck, CircleHelp } from 'lucide-react';
import type { Route } from 'next';
import { Link } from '#components/ui/link.tsx';
import { useTranslations } from 'use-intl/react';
import { Badge } from '#components/ui/badge.tsx';
import type { SavedTestResult } from '#lib/routes/tests/run-saved-tests.ts';
import { useSavedTestResult } from './saved-test-columns.tsx';

const LOOKS = {
  ok: { icon: CircleCheck, tone: 'good', ink: 'text-good' },
  other: { icon: CircleAlert, tone: 'danger', ink: 'text-danger' },
  silent: { icon: CircleAlert, tone: 'danger', ink: 'text-danger' },
  unknown: { icon: CircleHelp, tone: 'unknown', ink: 'text-muted' },
} as const;

/** A saved test: whether it passes, which agent is expected and which one answers. */
export function SavedTestLine({ savedTest }: { savedTest: SavedTestResult }) {
  const t = useTranslations('saved-tests');
  const resultOf = useSavedTestResult();
  const { icon: Icon, tone, ink } = LOOKS[savedTest.state];
  const query = new URLSearchParams({ instance: savedTest.instanceId });
  if (savedTest.chatId) query.set('chat', savedTest.chatId);
  if (savedTest.personId) query.set('person', savedTest.personId);
  return (
    <div className="flex min-w-0 grow items-start gap-3">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ink}`} />
      <div className="min-w-0 grow">
        <Link href={`/routes/test?${query}` as Route} className="font-medium text-accent-text hover:underline">
          {savedTest.title ??
            t('untitled', { id: (savedTest.chatId ?? savedTest.personId ?? savedTest.id).slice(0, 8) })}
        </Link>
        <span className="block text-sm text-muted">
          {savedTest.instance} · {resultOf(savedTest)}
        </span>
      </div>
      <Badge tone={tone}>{t(`states.${savedTest.state}`)}</Badge>
    </div>
  );
}
