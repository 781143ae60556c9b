'use client';

import { AppWindow, CircleHelp, Plug } from 'lucide-react';
import { useFormatter, useTranslations } from 'use-intl/react';
import type { Integration, KeyUse } from '#lib/keys/requests/callers.ts';
import { MOST_READ, shownPath } from '#lib/keys/requests/audit-filter.ts';
import { notSeenValues, type Seen } from '#lib/omni/seen.ts';

/** Of the integrations of a key so many stand in a list; the others are counted. */
export const MOST_SHOWN = 20;

type Props = {
  use: Seen<KeyUse>;
  /** Omni's clock, milliseconds. */ now: number;
  /** Nothing frames it. */ plain?: boolean | undefined;
};

/** What uses a key: programs, and sessions of this console; how many requests that was read from. Needs `key-use` and `seen`. */
export function IntegrationRows({ use, now, plain = false }: Props) {
  const side = plain ? '' : 'px-4';
  const t = useTranslations('key-use');
  const tSeen = useTranslations('seen');
  if (use.is !== 'value')
    return (
      <p className={`flex items-center gap-2 py-3 text-muted ${side}`}>
        <CircleHelp aria-hidden className="size-4 shrink-0" />
        {tSeen('sentence', { ...notSeenValues(use), what: tSeen('parts.requests') })}
      </p>
    );
  const { integrations, requestsRead: count, own, since, unlogged } = use.value;
  const whole = since === null;
  const besides = unlogged === null ? null : <Unlogged at={unlogged} now={now} side={side} />;
  if (integrations.length === 0)
    return (
      <>
        {besides}
        <p className={`py-2 text-muted ${side}`}>
          {count === 0 ? t('none') : t(whole ? 'own-only' : 'own-newest', { count })}
        </p>
      </>
    );
  // The record's plot stands above and says which requests were read.
  const foot = [
    plain && (whole || count >= MOST_READ) ? null : t(whole ? 'read-all' : 'read-newest', { count }),
    own > 0 ? t('left-out', { count: own }) : null,
    integrations.length > MOST_SHOWN ? t('more-integrations', { count: integrations.length - MOST_SHOWN }) : null,
  ].filter((each) => each !== null);
  return (
    <>
      {besides}
      <ul className="divide-y">
        {integrations.slice(0, MOST_SHOWN).map((one) => (
          <IntegrationRow key={`${one.session} ${one.ip} ${one.userAgent}`} one={one} now={now} side={side} />
        ))}
      </ul>
      {foot.length > 0 ? <p className={`border-t py-2 text-xs text-muted ${side}`}>{foot.join(' · ')}</p> : null}
    </>
  );
}

/** The newest use of a key, where Omni's log lacks it: what sent it can't be told. */
export function Unlogged({ at, now, side = '' }: { at: string; now: number; side?: string }) {
  const t = useTranslations('key-use');
  const format = useFormatter();
  return (
    <p className={`flex gap-2 py-2 text-sm ${side}`}>
      <CircleHelp aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      {t('unlogged', { ago: format.relativeTime(new Date(at), { now }) })}
    </p>
  );
}

function IntegrationRow({ one, now, side }: { one: Integration; now: number; side: string }) {
  const t = useTranslations('key-use');
  const format = useFormatter();
  const Icon = one.session === null ? Plug : AppWindow;
  return (
    <li className={`flex gap-2 py-2 text-sm ${side}`}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap justify-between gap-x-3">
          <span className="min-w-0 break-all">
            {one.session === null ? (one.userAgent ?? t('no-user-agent')) : t('session', { name: one.session })}
          </span>
          <time dateTime={one.last}>{format.relativeTime(new Date(one.last), { now })}</time>
        </p>
        <p className="text-xs text-muted">
          <span className="font-mono">{one.ip ?? t('no-ip')}</span> · {t('requests', { count: one.requests })}
          {one.refused > 0 ? ` · ${t('refused', { count: one.refused })}` : ''} · {t('latest')}{' '}
          <span className="font-mono break-all">{shownPath(one.path)}</span>
        </p>
      </div>
    </li>
  );
}
