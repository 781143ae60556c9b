'use client';

import { CircleAlert, CircleCheck, CircleHelp } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'use-intl/react';
import { Badge } from '#components/ui/badge.tsx';
import type { ProbeResult } from '#lib/routes/tests/run-saved-tests.ts';
import { useAgentWords } from '#components/routes/resolve/resolution-words.ts';

const LOOKS = {
  ok: { icon: CircleCheck, tone: 'good', ink: 'text-good' },
  other: { icon: CircleAlert, tone: 'danger', ink: 'text-danger' },
  silent: { icon: CircleAlert, tone: 'danger', ink: 'text-danger' },
  unknown: { icon: CircleHelp, tone: 'unknown', ink: 'text-muted' },
} as const;

/** What became of a probe: green or red, what was expected and what is so. */
export function ProbeLine({ probe }: { probe: ProbeResult }) {
  const t = useTranslations('probes');
  const words = useAgentWords();
  const { icon: Icon, tone, ink } = LOOKS[probe.state];
  const query = new URLSearchParams({ instance: probe.instanceId });
  if (probe.chatId) query.set('chat', probe.chatId);
  if (probe.personId) query.set('person', probe.personId);
  const values = { expected: words(probe.expected), got: words(probe.got ?? 'unseen') };
  return (
    <div className="flex min-w-0 grow items-start gap-3">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ink}`} />
      <div className="min-w-0 grow">
        <Link
          prefetch={false}
          href={`/routes/test?${query}` as Route}
          className="font-medium text-accent-text hover:underline"
        >
          {probe.title ?? t('untitled', { id: (probe.chatId ?? probe.personId ?? probe.id).slice(0, 8) })}
        </Link>
        <span className="block text-sm text-muted">
          {probe.instance} · {t(`results.${probe.state}`, values)}
        </span>
      </div>
      <Badge tone={tone}>{t(`states.${probe.state}`)}</Badge>
    </div>
  );
}
