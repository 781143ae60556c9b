'use client';

import { BellOff, CircleHelp, PhoneCall } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { IntegrationRows } from '#components/keys/requests/integration-rows.tsx';
import type { RotationProgress } from '#lib/keys/rotate/rotation-progress.ts';

type Props = { progress: RotationProgress; side: 'old' | 'new'; children?: ReactNode };

/** What uses one of the two keys, by its newest requests. */
export function RotationIntegrations({ progress, side, children }: Props) {
  const t = useTranslations('rotation');
  const use = side === 'old' ? progress.use : progress.newUse;
  return (
    <section aria-labelledby={`integrations-${side}`} className="rounded border bg-surface">
      <header className="flex flex-wrap items-end justify-between gap-2 border-b px-4 py-2">
        <h2 id={`integrations-${side}`} className="min-h-7 content-center">
          {t(`integrations-${side}`)}
        </h2>
        {children}
      </header>
      {side === 'old' ? <UseOfOldKey progress={progress} /> : null}
      {use ? <IntegrationRows use={use} now={progress.now} /> : null}
    </section>
  );
}

/** Whether the old key is still in use. */
function UseOfOldKey({ progress: { quiet, quietSince, now } }: { progress: RotationProgress }) {
  const t = useTranslations('rotation');
  const minutes = quietSince === null ? 0 : Math.max(0, Math.floor((now - quietSince) / 60_000));
  const [Icon, ink, text] =
    quiet === null
      ? [CircleHelp, 'text-muted', t('use-unknown')]
      : quietSince === null
        ? [BellOff, 'text-good', t('never-used')]
        : quiet
          ? [BellOff, 'text-good', t('no-requests', { minutes })]
          : [PhoneCall, 'text-warn', t('in-use', { minutes })];
  return (
    <p role="status" className="flex items-center gap-2 border-b px-4 py-3 font-medium">
      <Icon aria-hidden className={`size-4 shrink-0 ${ink}`} />
      {text}
    </p>
  );
}
