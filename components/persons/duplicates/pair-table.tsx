'use client';

import { ArrowLeftRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { Link } from '#components/ui/link.tsx';
import { AddressText } from '#components/persons/directory/address-text.tsx';
import type { ComparedPerson } from '#lib/persons/duplicates/queue.ts';

const COLUMNS =
  'grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-x-3 sm:grid-cols-[7.5rem_minmax(0,1fr)_minmax(0,1fr)]';

type Props = {
  kept: ComparedPerson;
  duplicate: ComparedPerson;
  /** Left out for a key that can’t merge them. */
  swap?: (() => void) | undefined;
};

/** The two people of a pair beside each other, a field a line. */
export function PairTable({ kept, duplicate, swap }: Props) {
  const t = useTranslations('duplicates');
  const format = useFormatter();
  const rows: [label: string, of: (person: ComparedPerson) => ReactNode][] = [
    [t('phone'), ({ phone }) => phone && <bdi>{phone.text ?? phone.stored}</bdi>],
    [t('email'), ({ email }) => email && <AddressText text={email} />],
    [t('added'), ({ createdAt }) => format.dateTime(new Date(createdAt), { dateStyle: 'medium' })],
    [t('handles'), ({ handles }) => (handles.length > 0 ? handles.map(handleLine) : null)],
  ];
  return (
    <div className="text-sm">
      <div className={COLUMNS}>
        {swap ? (
          <Button
            size="sm"
            variant="ghost"
            onClick={swap}
            className="justify-self-start max-sm:order-last max-sm:col-span-2"
          >
            <ArrowLeftRight aria-hidden className="size-4" />
            <span className="sr-only">{t('swap')}</span>
          </Button>
        ) : (
          <span className="max-sm:hidden" />
        )}
        <Who person={kept} label={t('kept')} ink="text-kept" />
        <Who person={duplicate} label={t('duplicate')} ink="text-removed" />
      </div>
      <dl>
        {rows.map(([label, of]) => (
          <div key={label} className={`${COLUMNS} py-0.5`}>
            <dt className="text-muted max-sm:col-span-2 max-sm:text-xs">{label}</dt>
            {[kept, duplicate].map((person) => (
              <dd key={person.id} className="min-w-0 break-words">
                <span className="sr-only">{t(person === kept ? 'kept' : 'duplicate')}: </span>
                {of(person) ?? <span className="text-muted">{t('none')}</span>}
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </div>
  );
}

function Who({ person, label, ink }: { person: ComparedPerson; label: string; ink: string }) {
  const t = useTranslations('duplicates');
  return (
    <div className="min-w-0">
      <span className={`block text-xs font-semibold ${ink}`}>{label}</span>
      <Link
        href={`/persons/${person.id}`}
        className="inline-block min-h-[24px] max-w-full text-base font-medium break-words underline-offset-2 hover:underline"
      >
        {person.name ? <bdi>{person.name}</bdi> : <span className="font-normal text-muted">{t('no-name')}</span>}
      </Link>
    </div>
  );
}

const handleLine = ({ channel, handle }: ComparedPerson['handles'][number]) => (
  <span key={`${channel} ${handle}`} className="block">
    {channel} <span className="font-mono text-xs">{handle}</span>
  </span>
);
