'use client';

import Link from 'next/link';
import { useFormatter, useNow, useTranslations } from 'use-intl/react';
import { Badge } from '#components/ui/badge.tsx';
import { Avatar } from '#components/ui/avatar.tsx';
import type { PersonRow } from '#lib/persons/directory/row.ts';
import type { LoadedPresence } from './use-presence-cells.ts';

/** Initials, name, and why the search found the person. The link covers the whole row. */
export function WhoCell({ row, presence }: { row: PersonRow; presence?: LoadedPresence }) {
  const t = useTranslations('persons');
  const matched = row.matchedBy;
  const own = typeof presence === 'object' ? presence.name : row.name;
  const alias = own === row.name ? null : row.name;
  return (
    <span className="flex min-w-0 items-center gap-3">
      <Avatar name={own} />
      <span className="min-w-0">
        <Link
          href={`/persons/${row.id}`}
          prefetch={false}
          className="line-clamp-2 font-medium after:absolute after:inset-0 after:content-['']"
        >
          {own ? <bdi>{own}</bdi> : <span className="font-normal text-muted italic">{t('no-name')}</span>}
        </Link>
        {alias ? (
          <span className="block text-xs text-muted" title={t('alias-hint')}>
            {t('alias')}: <bdi>{alias}</bdi>
          </span>
        ) : null}
        {matched && matched !== 'name' ? <Badge>{t('matched', { what: t(`matched-by.${matched}`) })}</Badge> : null}
      </span>
    </span>
  );
}

export function PhoneCell({ row }: { row: PersonRow }) {
  const t = useTranslations('persons');
  if (!row.phone) return <Empty word={t('none')} />;
  return (
    <span className="whitespace-nowrap" title={row.phone.stored}>
      {row.phone.text ?? row.phone.stored}
    </span>
  );
}

export function EmailCell({ row }: { row: PersonRow }) {
  const t = useTranslations('persons');
  if (!row.email) return <Empty word={t('none')} />;
  const host = row.email.lastIndexOf('@') + 1;
  return (
    <span className="line-clamp-2" title={row.email}>
      {row.email.slice(0, host)}
      <wbr />
      {row.email.slice(host)}
    </span>
  );
}

export function AddedCell({ row }: { row: PersonRow }) {
  const format = useFormatter();
  const date = new Date(row.createdAt);
  return (
    <time
      dateTime={row.createdAt}
      title={format.dateTime(date, { dateStyle: 'medium', timeStyle: 'long' })}
      className="text-sm whitespace-nowrap text-muted max-sm:hidden"
    >
      {format.dateTime(date, { dateStyle: 'medium' })}
    </time>
  );
}

function Empty({ word }: { word: string }) {
  return <span className="text-muted max-sm:hidden">{word}</span>;
}

/** The channels of a person; a skeleton until they are loaded. */
export function ChannelsCell({ presence }: { presence?: LoadedPresence }) {
  const t = useTranslations('persons');
  if (!presence) return <span aria-hidden className="skeleton inline-block h-3 w-16 max-sm:hidden" />;
  if (presence === 'failed') return <span className="unknown rounded-sm px-1 text-sm text-muted">{t('failed')}</span>;
  if (presence.channels.length === 0) return <Empty word={t('none')} />;
  return (
    <span className="flex flex-wrap gap-1">
      {presence.channels.map((channel) => (
        <Badge key={channel}>{channel}</Badge>
      ))}
    </span>
  );
}

/** When a person last wrote: a time, never, or not reported by Omni. */
export function SeenCell({ presence }: { presence?: LoadedPresence }) {
  const t = useTranslations('persons');
  const format = useFormatter();
  const now = useNow();
  if (!presence) return <span aria-hidden className="skeleton inline-block h-3 w-14 max-sm:hidden" />;
  if (presence === 'failed' || presence.seen === 'unknown')
    return (
      <span className="unknown rounded-sm px-1 text-sm text-muted">
        {t(presence === 'failed' ? 'failed' : 'not-reported')}
      </span>
    );
  if (presence.seen === 'never') return <span className="text-sm text-muted max-sm:hidden">{t('never')}</span>;
  const at = new Date(presence.seen);
  return (
    <time
      dateTime={presence.seen}
      title={format.dateTime(at, { dateStyle: 'medium', timeStyle: 'short' })}
      className="text-sm whitespace-nowrap text-muted"
    >
      {format.relativeTime(at, now)}
    </time>
  );
}
