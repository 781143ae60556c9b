'use client';

import { BellOff, CircleHelp, PhoneCall } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl/react';
import type { RotationProgress } from '#lib/keys/rotate/rotation-progress.ts';

type Props = { progress: RotationProgress; side: 'old' | 'new'; children?: ReactNode };

/** The integrations on one of the two keys, by its newest requests; the console's own are left out. */
export function RotationIntegrations({ progress, side, children }: Props) {
  const t = useTranslations('rotation');
  const format = useFormatter();
  const integrations = side === 'old' ? progress.integrations : progress.newIntegrations;
  const ago = (time: string) => format.relativeTime(new Date(time), { now: new Date(progress.now) });
  return (
    <section aria-labelledby={`integrations-${side}`} className="rounded border bg-surface">
      <header className="flex flex-wrap items-end justify-between gap-2 border-b px-4 py-2">
        <h2 id={`integrations-${side}`} className="min-h-7 content-center">
          {t(`integrations-${side}`)}
        </h2>
        {children}
      </header>
      {side === 'old' ? <UseOfOldKey progress={progress} /> : null}
      {integrations === null ? (
        <p className="unknown m-3 rounded p-3 text-sm">{t('integrations-unknown')}</p>
      ) : integrations.all.length === 0 ? (
        <p className="p-4 text-muted">
          {t(integrations.sure ? 'integrations-none' : 'integrations-none-read', { count: integrations.requestsRead })}
        </p>
      ) : (
        <ul className="divide-y">
          {integrations.all.map((one) => (
            <li key={`${one.ip} ${one.userAgent}`} className="px-4 py-2">
              <p className="flex flex-wrap justify-between gap-x-3">
                <span className="font-mono text-sm">{one.ip ?? t('no-ip')}</span>
                <span className="text-sm">{ago(one.last)}</span>
              </p>
              <p className="text-sm text-muted">
                <span className="break-all">{one.userAgent ?? t('no-user-agent')}</span> ·{' '}
                <span className="font-mono text-xs break-all">{one.path}</span> · {t('requests', { count: one.count })}
                {one.refused > 0 ? ` · ${t('requests-refused', { count: one.refused })}` : ''}
              </p>
            </li>
          ))}
        </ul>
      )}
      {integrations && integrations.all.length > 0 ? (
        <p className="border-t px-4 py-2 text-xs text-muted">
          {t('integrations-read', { count: integrations.requestsRead })}
        </p>
      ) : null}
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
