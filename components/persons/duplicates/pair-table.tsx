'use client';

import { ArrowLeftRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { Link } from '#components/ui/link.tsx';
import { AddressText } from '#components/persons/directory/address-text.tsx';
import type { ComparedPerson } from '#lib/persons/duplicates/queue.ts';

type Props = { kept: ComparedPerson; duplicate: ComparedPerson; swap: () => void };

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
    <table className="w-full table-fixed text-sm">
      <thead>
        <tr className="text-left align-top">
          <td className="w-22">
            <Button size="sm" variant="ghost" onClick={swap}>
              <ArrowLeftRight aria-hidden className="size-4" />
              <span className="sr-only">{t('swap')}</span>
            </Button>
          </td>
          <Who person={kept} label={t('kept')} ink="text-kept" />
          <Who person={duplicate} label={t('duplicate')} ink="text-removed" />
        </tr>
      </thead>
      <tbody>
        {rows.map(([label, of]) => (
          <tr key={label} className="align-top">
            <th scope="row" className="py-0.5 pr-2 text-left font-normal text-muted">
              {label}
            </th>
            {[kept, duplicate].map((person) => (
              <td key={person.id} className="py-0.5 pr-2 break-words">
                {of(person) ?? <span className="text-muted">{t('none')}</span>}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Who({ person, label, ink }: { person: ComparedPerson; label: string; ink: string }) {
  const t = useTranslations('duplicates');
  return (
    <th scope="col" className="pr-2 font-normal">
      <span className={`block text-xs font-semibold ${ink}`}>{label}</span>
      <Link
        href={`/persons/${person.id}`}
        className="inline-block min-h-[24px] max-w-full text-base font-medium break-words underline-offset-2 hover:underline"
      >
        {person.name ? <bdi>{person.name}</bdi> : <span className="font-normal text-muted">{t('no-name')}</span>}
      </Link>
    </th>
  );
}

const handleLine = ({ channel, handle }: ComparedPerson['handles'][number]) => (
  <span key={`${channel} ${handle}`} className="block">
    {channel} <span className="font-mono text-xs">{handle}</span>
  </span>
);
