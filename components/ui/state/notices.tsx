'use client';

import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';

const TONES = {
  info: { icon: Info, box: 'bg-info-soft', ink: 'text-info' },
  good: { icon: CircleCheck, box: 'bg-good-soft', ink: 'text-good' },
  warn: { icon: TriangleAlert, box: 'bg-warn-soft', ink: 'text-warn' },
  danger: { icon: CircleAlert, box: 'bg-danger-soft', ink: 'text-danger' },
} as const;

export type LineNotice = {
  id: string;
  tone: keyof typeof TONES;
  text: ReactNode;
  /** Sentences that stand below it when it is opened. */
  more?: ReactNode;
  action?: ReactNode;
  role?: 'alert' | 'status';
};

/**
 * What has to be said above a list, in one line: the gravest with its action, the others behind a count. What does not fit is whole
 * when the line is opened.
 */
export function Notices({ all }: { all: readonly (LineNotice | null | false | undefined)[] }) {
  const t = useTranslations('ui');
  const rank = { danger: 0, warn: 1, info: 2, good: 3 };
  const shown = all.flatMap((each) => each || []).toSorted((a, b) => rank[a.tone] - rank[b.tone]);
  const [first, ...others] = shown;
  if (!first) return null;
  return (
    <div role={first.role} className={`mb-2 flex items-start gap-2 rounded px-3 py-1 text-sm ${TONES[first.tone].box}`}>
      <details className="group min-w-0 grow">
        <summary className="flex min-h-target items-center gap-2">
          <Tone tone={first.tone} />
          <span className="min-w-0 truncate group-open:whitespace-normal">{first.text}</span>
          {others.length > 0 ? (
            <span className="ml-auto shrink-0 text-xs text-muted">{t('notices', { count: others.length })}</span>
          ) : null}
        </summary>
        {first.more ? <div className="pb-1 pl-6 text-muted">{first.more}</div> : null}
        {others.map(({ id, tone, text, more, action, role }) => (
          <div key={id} role={role} className="flex flex-wrap items-center gap-x-2 py-1">
            <Tone tone={tone} />
            <span className="min-w-0 flex-1">{text}</span>
            {action}
            {more ? <div className="basis-full pl-6 text-muted">{more}</div> : null}
          </div>
        ))}
      </details>
      {first.action}
    </div>
  );
}

function Tone({ tone }: { tone: keyof typeof TONES }) {
  const { icon: Icon, ink } = TONES[tone];
  return <Icon aria-hidden className={`size-4 shrink-0 ${ink}`} />;
}
