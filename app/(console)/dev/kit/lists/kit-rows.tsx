'use client';

import { useTranslations } from 'use-intl/react';
import type { ListColumn } from '#components/data-table/columns.ts';
import { Middle } from '#components/data-table/rows/middle.tsx';
import { Badge } from '#components/ui/badge.tsx';

export type KitRow = { id: string; name: string; kind: 'a' | 'b' | 'c'; address: string; amount: number };

export const KIT_COLUMNS: readonly ListColumn<KitRow>[] = [
  {
    id: 'name',
    cell: ({ name }) => (
      <a href="#kit" className="row-link">
        {name}
      </a>
    ),
    width: 'grow-2',
    card: 'title',
    sort: true,
  },
  { id: 'kind', cell: ({ kind }) => <Kind kind={kind} />, width: 'md', card: 'end' },
  { id: 'address', cell: ({ address }) => <Middle mono text={address} />, width: 'lg', card: 'detail' },
  { id: 'amount', cell: ({ amount }) => amount, width: 'sm', card: 'when', right: true },
];

function Kind({ kind }: Pick<KitRow, 'kind'>) {
  const t = useTranslations('kit');
  return kind === 'b' ? (
    <Badge tone="warn">{t('kinds.b')}</Badge>
  ) : (
    <span className="text-muted">{t(`kinds.${kind}`)}</span>
  );
}

const LONG = 'Maria Antonieta dos Santos Albuquerque de Vasconcelos e Silva Pereira da Conceição';

/** Rows that are the same each time; every seventh has texts that do not fit. */
export function kitRows(count: number): KitRow[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `kit-${at}`,
    name: at % 7 === 3 ? `${LONG} ${at}` : `Linha ${String(at).padStart(4, '0')}`,
    kind: (['a', 'b', 'c'] as const)[at % 5] ?? 'a',
    address:
      at % 7 === 3 ? `30881271571674991${at}@discord.example.com.br` : `55119${String(at * 7919).padStart(8, '0')}`,
    amount: (at * 37) % 1000,
  }));
}
