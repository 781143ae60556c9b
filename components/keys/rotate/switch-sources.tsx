'use client';

import { AppWindow, Plug } from 'lucide-react';
import { MOST_SHOWN } from '#components/keys/requests/integration-rows.tsx';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl/react';
import type { KeyUse } from '#lib/keys/requests/callers.ts';
import { sourcesOf, type SwitchSource, type UseOfOneKey } from '#lib/keys/rotate/switched.ts';
import { seenOr, type Seen } from '#lib/omni/seen.ts';

export type SourcesProps = {
  use: Seen<KeyUse>;
  /** Null while there is no new key. */
  newUse: Seen<KeyUse> | null;
  /** Omni's clock, milliseconds. */
  now: number;
  /** The reader is signed in with the old key. */
  own: boolean;
  /** Who else is signed in here with the old key. */
  others: readonly string[];
};

const COLUMNS = 'sm:grid sm:gap-x-4';
const TWO = `${COLUMNS} sm:grid-cols-[minmax(0,1fr)_16rem]`;
const THREE = `${COLUMNS} sm:grid-cols-[minmax(0,1fr)_13rem_13rem]`;

/** Each integration and session once, with what it sent with the old key and with the new one; nothing where there is none. */
export function SwitchSources({ use, newUse, now, own, others }: SourcesProps) {
  const t = useTranslations('rotation');
  const tUse = useTranslations('key-use');
  const sources = sourcesOf(seenOr(use, null), newUse && seenOr(newUse, null), others);
  if (sources.length === 0 && !own) return null;
  const columns = newUse ? THREE : TWO;
  return (
    <div className="text-sm">
      <div aria-hidden className={`py-1 text-xs font-medium text-muted max-sm:hidden ${columns}`}>
        <span>{t('source')}</span>
        <span>{t('old-key')}</span>
        {newUse ? <span>{t('new-key')}</span> : null}
      </div>
      <ul aria-label={t('sources')} className="divide-y border-t">
        {own ? (
          <Row columns={columns} icon={<AppWindow aria-hidden />} name={t('your-session')}>
            <Cell name="old-key">{t(newUse ? 'signed-in' : 'session-moves')}</Cell>
          </Row>
        ) : null}
        {sources.slice(0, MOST_SHOWN).map((source, index) => (
          <Source key={index} columns={columns} source={source} use={use} newUse={newUse} now={now} />
        ))}
      </ul>
      {sources.length > MOST_SHOWN ? (
        <p className="border-t py-2 text-xs text-muted">
          {tUse('more-integrations', { count: sources.length - MOST_SHOWN })}
        </p>
      ) : null}
    </div>
  );
}

type RowProps = { columns: string; icon: ReactNode; name: string; more?: string; children: ReactNode };

function Row({ columns, icon, name, more, children }: RowProps) {
  return (
    <li className={`py-2 ${columns}`}>
      <p className="flex min-w-0 gap-2 [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted">
        {icon}
        <span className="min-w-0 [overflow-wrap:anywhere]">
          {name}
          {more ? <span className="font-mono text-xs text-muted"> · {more}</span> : null}
        </span>
      </p>
      {children}
    </li>
  );
}

/** What stands in a row below a key; on a phone beside the key's name. */
function Cell({ name, children }: { name: 'old-key' | 'new-key'; children: ReactNode }) {
  const t = useTranslations('rotation');
  return (
    <p className="min-w-0 max-sm:mt-1 max-sm:pl-6">
      <span className="text-muted sm:sr-only">{t(name)}: </span>
      {children}
    </p>
  );
}

type SourceProps = { columns: string; source: SwitchSource } & Pick<SourcesProps, 'use' | 'newUse' | 'now'>;

function Source({ columns, source, use, newUse, now }: SourceProps) {
  const t = useTranslations('rotation');
  const tUse = useTranslations('key-use');
  const { session, ip, userAgent, old, fresh, signedIn } = source;
  return (
    <Row
      columns={columns}
      icon={session === null ? <Plug aria-hidden /> : <AppWindow aria-hidden />}
      name={session === null ? (userAgent ?? tUse('no-user-agent')) : tUse('session', { name: session })}
      {...(session === null ? { more: ip ?? tUse('no-ip') } : {})}
    >
      <Cell name="old-key">
        {old || !signedIn ? <OfOneKey of={old} seen={use.is === 'value'} now={now} /> : null}
        {signedIn ? <span className={`text-warn ${old ? 'block text-xs' : ''}`}>{t('signed-in')}</span> : null}
      </Cell>
      {newUse ? (
        <Cell name="new-key">
          <OfOneKey of={fresh} seen={newUse.is === 'value'} now={now} />
        </Cell>
      ) : null}
    </Row>
  );
}

/** What a source sent with a key; a dash where nothing was read, a question mark where requests could not be read. */
function OfOneKey({ of, seen, now }: { of: UseOfOneKey | null; seen: boolean; now: number }) {
  const t = useTranslations('key-use');
  const tRotation = useTranslations('rotation');
  const format = useFormatter();
  if (of === null)
    return seen ? (
      <span className="text-muted">
        <span aria-hidden>–</span>
        <span className="sr-only">{t('none')}</span>
      </span>
    ) : (
      <span className="unknown rounded-sm px-1 text-muted">{tRotation('not-read')}</span>
    );
  return (
    <>
      {t('requests', { count: of.requests })} ·{' '}
      <time dateTime={of.last} className="whitespace-nowrap">
        {format.relativeTime(new Date(of.last), { now })}
      </time>
      {of.refused > 0 ? <span className="block text-xs text-danger">{t('refused', { count: of.refused })}</span> : null}
    </>
  );
}
