'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'use-intl/react';
import { Badge } from '#components/ui/badge.tsx';
import { Avatar } from '#components/ui/avatar.tsx';
import type { PersonRow } from '#lib/persons/row.ts';

/** Who: initials, name, and why the search found them. The link covers the whole row. */
export function WhoCell({ row, alias }: { row: PersonRow; alias?: string | null }) {
  const t = useTranslations('persons');
  const matched = row.matchedBy;
  return (
    <span className="flex min-w-0 items-center gap-3">
      <Avatar name={row.name} />
      <span className="min-w-0">
        <Link
          href={`/persons/${row.id}`}
          prefetch={false}
          className="line-clamp-2 font-medium after:absolute after:inset-0 after:content-['']"
        >
          {row.name ?? <span className="font-normal text-muted italic">{t('no-name')}</span>}
        </Link>
        {alias ? (
          <span className="block text-xs text-muted" title={t('alias-hint')}>
            {t('alias')}: {alias}
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
  return row.email ? <span className="line-clamp-1 break-all">{row.email}</span> : <Empty word={t('none')} />;
}

export function AddedCell({ row }: { row: PersonRow }) {
  const format = useFormatter();
  const date = new Date(row.createdAt);
  return (
    <time
      dateTime={row.createdAt}
      title={format.dateTime(date, { dateStyle: 'medium', timeStyle: 'long' })}
      className="whitespace-nowrap text-muted max-sm:hidden"
    >
      {format.dateTime(date, { dateStyle: 'medium' })}
    </time>
  );
}

function Empty({ word }: { word: string }) {
  return <span className="text-muted max-sm:hidden">{word}</span>;
}
