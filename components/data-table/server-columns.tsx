'use client';

import { useRouter } from 'next/navigation';
import type { ColumnsRoom, Hideable } from '#lib/views/hidden-columns.ts';
import { ColumnsMenu } from './columns-menu.tsx';
import { useHiddenColumns } from './use-hidden-columns.ts';

export type ServerColumnsProps<R extends ColumnsRoom = ColumnsRoom> = {
  room: R;
  columns: readonly { id: Hideable<R>; label: string }[];
  hidden: readonly Hideable<R>[];
};

/** The columns menu of a table rendered on the server; a change refreshes the page. */
export function ServerColumns({ room, columns, hidden: first }: ServerColumnsProps) {
  const router = useRouter();
  const { hidden, toggle } = useHiddenColumns(room, first);
  return (
    <ColumnsMenu
      columns={columns}
      hidden={hidden}
      toggle={(id) => {
        toggle(id);
        router.refresh();
      }}
    />
  );
}
