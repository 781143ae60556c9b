'use client';

import { Link } from '#components/ui/link.tsx';
import type { ReactNode } from 'react';
import { useFormatter, useNow, useTranslations } from 'use-intl/react';
import { Middle } from '#components/data-table/rows/middle.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { BlockedHere } from '#components/ui/verdict/blocked-here.tsx';
import { useOpenRecord } from '#components/persons/opening/record-opening.tsx';
import type { PersonRow } from '#lib/persons/directory/row.ts';
import type { LoadedPresence } from './use-presence-cells.ts';
import { seenOr } from '#lib/omni/seen.ts';

const MOST_CHANNELS = 3;

/** The name, and why the search found the person. The link covers the whole row. */
export function WhoCell({ row, presence }: { row: PersonRow; presence?: LoadedPresence }) {
  const t = useTranslations('persons');
  const open = useOpenRecord();
  const matched = row.matchedBy;
  const matchedText = (by: NonNullable<PersonRow['matchedBy']>) => t('matched', { what: t(`matched-by.${by}`) });
  const own = typeof presence === 'object' ? presence.name : row.name;
  const alias = own === row.name ? null : row.name;
  return (
    <span className="list-main list-main-wraps">
      <Link
        href={`/persons/${row.id}`}
        className="row-link"
        onNavigate={(event) => {
          if (!open) return;
          event.preventDefault();
          open({ ...row, name: own });
        }}
      >
        {own ? <bdi>{own}</bdi> : <span className="font-normal text-muted">{t('no-name')}</span>}
      </Link>
      {alias ? (
        <span className="min-w-0 truncate text-xs text-muted" title={t('alias-hint')}>
          {t('alias')}: <bdi>{alias}</bdi>
        </span>
      ) : null}
      {typeof presence === 'object' ? <BlockedHere blocked={seenOr(presence.blocked, null)} /> : null}
      {matched && matched !== 'name' ? (
        <span
          className="min-w-0 flex-[1_1_0] truncate text-xs text-muted cards:basis-auto"
          title={matchedText(matched)}
        >
          {matchedText(matched)}
        </span>
      ) : null}
    </span>
  );
}

export function PhoneCell({ row }: { row: PersonRow }) {
  if (!row.phone) return <Empty />;
  return <span title={row.phone.stored}>{row.phone.text ?? row.phone.stored}</span>;
}

export function EmailCell({ row }: { row: PersonRow }) {
  return row.email ? <Middle text={row.email} /> : <Empty />;
}

export function AddedCell({ row }: { row: PersonRow }) {
  const format = useFormatter();
  return <Moment at={row.createdAt}>{format.dateTime(new Date(row.createdAt), { dateStyle: 'medium' })}</Moment>;
}

function Empty() {
  return (
    <span data-empty className="text-muted">
      {useTranslations('persons')('none')}
    </span>
  );
}

/** What is not here yet. */
function Coming() {
  return <span aria-hidden className="skeleton late-cell" />;
}

/** A time, exact and with its zone on hover. */
function Moment({ at, children }: { at: string; children: ReactNode }) {
  const format = useFormatter();
  return (
    <time
      dateTime={at}
      title={format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'long' })}
      className="text-muted"
    >
      {children}
    </time>
  );
}

/** The channels of a person, two letters each; the whole names are for the pointer and the screen reader. */
export function ChannelsCell({ presence }: { presence?: LoadedPresence }) {
  const t = useTranslations('persons');
  if (!presence) return <Coming />;
  if (presence === 'failed') return <span className="unknown rounded-sm px-1 text-muted">{t('failed')}</span>;
  const { channels } = presence;
  if (channels.length === 0) return <Empty />;
  return (
    <span className="flex gap-1" title={channels.join(', ')}>
      {channels.slice(0, MOST_CHANNELS).map((channel) => (
        <Badge key={channel}>
          <span aria-hidden>{shortName(channel)}</span>
          <span className="sr-only">{channel}</span>
        </Badge>
      ))}
      {channels.length > MOST_CHANNELS ? <Badge>+{channels.length - MOST_CHANNELS}</Badge> : null}
    </span>
  );
}

const SHORT: Readonly<Record<string, string>> = {
  WhatsApp: 'WA',
  Telegram: 'TG',
  Discord: 'DC',
  'WhatsApp Business': 'WB',
};

function shortName(channel: string): string {
  return (
    SHORT[channel] ??
    channel
      .replaceAll(/[^\p{L}]/gu, '')
      .slice(0, 2)
      .toLocaleUpperCase()
  );
}

/** When a person last wrote: a time, never, or not reported by Omni. */
export function SeenCell({ presence }: { presence?: LoadedPresence }) {
  const t = useTranslations('persons');
  const format = useFormatter();
  const now = useNow();
  if (!presence) return <Coming />;
  if (presence === 'failed' || presence.seen === 'unknown')
    return (
      <span
        className="unknown rounded-sm px-1 text-muted"
        title={presence === 'failed' ? undefined : t('not-reported')}
      >
        {t(presence === 'failed' ? 'failed' : 'not-reported-short')}
      </span>
    );
  if (presence.seen === 'never') return <span className="text-muted">{t('never')}</span>;
  return <Moment at={presence.seen}>{format.relativeTime(new Date(presence.seen), now)}</Moment>;
}
