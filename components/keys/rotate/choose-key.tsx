'use client';

import type { Route } from 'next';
import { useCallback, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import type { ListColumn } from '#components/data-table/columns.ts';
import { DataList } from '#components/data-table/data-list.tsx';
import { useAddress } from '#components/data-table/filter/use-address.ts';
import { ExpiresCell, KeyTags, PermissionsCell, PrefixCell, UsedCell } from '#components/keys/list/key-cells.tsx';
import type { KeyRow } from '#components/keys/list/key-row.ts';
import { Link } from '#components/ui/link.tsx';
import { lockedText } from '#components/ui/locked/locked.ts';

type Props = {
  question: string;
  search: { label: string; placeholder: string; value: string };
  rows: readonly KeyRow[];
  state?: ReactNode;
};

const COLUMNS: readonly ListColumn<KeyRow>[] = [
  { id: 'name', cell: (row) => <ChoiceCell row={row} />, width: 'grow-2', card: 'title' },
  { id: 'prefix', cell: (row) => <PrefixCell row={row} />, width: 'md', card: 'none', from: 'wide' },
  { id: 'permissions', cell: (row) => <WhyCell row={row} />, width: 'grow-3', wraps: true, card: 'detail' },
  { id: 'used', cell: (row) => <UsedCell row={row} />, width: 'md', card: 'when' },
  { id: 'expires', cell: (row) => <ExpiresCell row={row} />, width: 'md', card: 'end' },
];

/** The keys that work, with what tells which of them to rotate; one that can't be says why, below those that can. */
export function ChooseKey({ question, search, rows, state }: Props) {
  const t = useTranslations('key-list');
  const { busy, change } = useAddress();
  const head = useCallback((id: string) => t(`columns.${id}` as 'columns.name'), [t]);
  return (
    <DataList
      label={question}
      columns={COLUMNS}
      head={head}
      rows={rows}
      nameOf={nameOf}
      faded={isBarred}
      busy={busy}
      bar={{ search: { name: 'q', ...search }, change, busy }}
      state={state}
    />
  );
}

/** Its name, which leads to its rotation. */
function ChoiceCell({ row }: { row: KeyRow }) {
  return (
    <span className="list-main">
      {isBarred(row) ? (
        <span className="truncate" title={row.name}>
          {row.name}
        </span>
      ) : (
        <Link href={`/keys/rotate?key=${row.id}` as Route} title={row.name} className="row-link">
          {row.name}
        </Link>
      )}
      <KeyTags row={row} />
    </span>
  );
}

/** What it may do, or why it can't be rotated. */
function WhyCell({ row }: { row: KeyRow }) {
  const why = row.barred.rotate;
  if (why === undefined) return <PermissionsCell row={row} />;
  return <span data-whole={lockedText(why)}>{lockedText(why)}</span>;
}

const nameOf = ({ name }: KeyRow) => name;
const isBarred = ({ barred }: KeyRow) => barred.rotate !== undefined;
