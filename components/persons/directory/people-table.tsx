'use client';

import { useTable } from '@tanstack/react-table';
import { Merge, MoveRight } from 'lucide-react';
import Link from 'next/link';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import { DataTable } from '#components/data-table/data-table.tsx';
import { features, type DataColumn } from '#components/data-table/features.ts';
import { buttonClass } from '#components/ui/button.tsx';
import type { PersonRow } from '#lib/persons/directory/row.ts';
import type { Hideable } from '#lib/views/hidden-columns.ts';
import { AddedCell, ChannelsCell, EmailCell, PhoneCell, SeenCell, WhoCell } from './person-cells.tsx';
import { usePresenceCells, type LoadedPresence } from './use-presence-cells.ts';

type Line = PersonRow & { presence?: LoadedPresence };

const COLUMNS: DataColumn<Line>[] = [
  {
    id: 'select',
    header: () => <Head id="select" hidden />,
    cell: ({ row }) => (
      <Select checked={row.getIsSelected()} toggle={() => row.toggleSelected()} name={row.original.name} />
    ),
    meta: { width: 'w-10' },
  },
  {
    id: 'name',
    header: () => <Head id="name" />,
    cell: ({ row }) => <WhoCell row={row.original} presence={row.original.presence} />,
    meta: { width: 'w-[30%] lg:w-[22%] xl:w-[24%]' },
  },
  {
    id: 'phone',
    header: () => <Head id="phone" />,
    cell: ({ row }) => <PhoneCell row={row.original} />,
    meta: { width: 'w-40 xl:w-44' },
  },
  { id: 'email', header: () => <Head id="email" />, cell: ({ row }) => <EmailCell row={row.original} /> },
  {
    id: 'channels',
    header: () => <Head id="channels" />,
    cell: ({ row }) => <ChannelsCell presence={row.original.presence} />,
    meta: { width: 'w-44 xl:w-52', shown: 'sm:max-lg:hidden' },
  },
  {
    id: 'last-seen',
    header: () => <Head id="last-seen" />,
    cell: ({ row }) => <SeenCell presence={row.original.presence} />,
    meta: { width: 'w-28 xl:w-32' },
  },
  {
    id: 'added',
    header: () => <Head id="added" />,
    cell: ({ row }) => <AddedCell row={row.original} />,
    meta: { width: 'w-44', shown: 'max-xl:hidden' },
  },
];

function Head({
  id,
  hidden = false,
}: {
  id: 'select' | 'name' | 'phone' | 'email' | 'channels' | 'last-seen' | 'added';
  hidden?: boolean;
}) {
  return <span className={hidden ? 'sr-only' : ''}>{useTranslations('persons')(id)}</span>;
}

function Select({ checked, toggle, name }: { checked: boolean; toggle: () => void; name: string | null }) {
  const t = useTranslations('persons');
  return (
    <label className="relative z-10 grid size-target cursor-pointer place-items-center">
      <input
        type="checkbox"
        checked={checked}
        onChange={toggle}
        aria-label={t('select-one', { name: name ?? t('no-name') })}
        className="size-4 accent-(--accent)"
      />
    </label>
  );
}

type Props = {
  rows: PersonRow[];
  /** Somebody is typing: presence is not loaded yet. */
  busy: boolean;
  hidden: readonly Hideable<'persons'>[];
  /** People can be chosen: not with a key that certainly can't merge them. */
  mayMerge: boolean;
};

/** People as a table; two or more of them can be chosen and merged. */
export function PeopleTable({ rows, busy, hidden, mayMerge }: Props) {
  const t = useTranslations('persons');
  const ids = useMemo(() => rows.map(({ id }) => id), [rows]);
  const presence = usePresenceCells(
    useMemo(() => neededPresence(rows, hidden), [rows, hidden]),
    !busy,
  );
  const columnVisibility = useMemo(
    () => ({ select: mayMerge, ...Object.fromEntries(hidden.map((id) => [id, false])) }),
    [hidden, mayMerge],
  );
  const lines = useMemo(() => rows.map((row): Line => ({ ...row, presence: presence.get(row.id) })), [rows, presence]);
  const table = useTable({
    features,
    columns: COLUMNS,
    data: lines,
    getRowId: (row) => row.id,
    state: { columnVisibility },
  });
  const chosen = Object.keys(table.state.rowSelection).filter((id) => table.state.rowSelection[id] && ids.includes(id));
  const [first, second] = chosen;
  return (
    <>
      <DataTable table={table} label={t('title')} busy={busy} />
      {first ? (
        <div
          role="region"
          aria-label={t('chosen')}
          data-sticks="bottom"
          className="bottom-14 z-10 flex flex-wrap items-center gap-3 border-t bg-surface px-4 py-2 md:bottom-0 tall:sticky"
        >
          <span className="grow text-sm">{t('chosen-count', { count: chosen.length })}</span>
          {second && chosen.length === 2 ? (
            <Link
              prefetch={false}
              href={`/persons/link?from=${first}&to=${second}`}
              className={buttonClass({ size: 'sm' })}
            >
              <MoveRight aria-hidden className="size-4" />
              {t('link-chosen')}
            </Link>
          ) : null}
          {second ? (
            <Link
              prefetch={false}
              href={
                chosen.length === 2
                  ? `/persons/merge?into=${first}&from=${second}`
                  : `/persons/merge-many?ids=${chosen.join(',')}`
              }
              className={buttonClass({ variant: 'primary', size: 'sm' })}
            >
              <Merge aria-hidden className="size-4" />
              {t('merge-chosen', { count: chosen.length })}
            </Link>
          ) : (
            <span className="text-sm text-muted">{t('choose-another')}</span>
          )}
          <button
            type="button"
            onClick={() => table.resetRowSelection()}
            className={buttonClass({ size: 'sm', variant: 'ghost' })}
          >
            {t('choose-none')}
          </button>
        </div>
      ) : null}
    </>
  );
}

/** Whose presence is shown; a search hit's always is, since its name may be an alias. */
function neededPresence(rows: readonly PersonRow[], hidden: Props['hidden']): string[] {
  const all = !hidden.includes('channels') || !hidden.includes('last-seen');
  return rows.filter((row) => all || row.matchedBy).map(({ id }) => id);
}
