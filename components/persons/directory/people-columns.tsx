'use client';

import type { ListColumn } from '#components/data-table/columns.ts';
import type { PersonRow } from '#lib/persons/directory/row.ts';
import { AddedCell, ChannelsCell, EmailCell, PhoneCell, SeenCell, WhoCell } from './person-cells.tsx';
import type { LoadedPresence } from './use-presence-cells.ts';

/** A person of the list, and what came later. */
export type PeopleRow = PersonRow & { presence?: LoadedPresence | undefined };

/** The columns of the list of people. Omni lists the newest first; other orders come from the directory at hand. */
export const PEOPLE_COLUMNS: readonly ListColumn<PeopleRow>[] = [
  {
    id: 'name',
    cell: (row) => <WhoCell row={row} presence={row.presence} />,
    width: 'grow-5',
    card: 'title',
    sort: true,
  },
  { id: 'phone', cell: (row) => <PhoneCell row={row} />, width: 'md', card: 'detail' },
  { id: 'email', cell: (row) => <EmailCell row={row} />, width: 'grow-4', card: 'none', from: 'wide' },
  { id: 'channels', cell: (row) => <ChannelsCell presence={row.presence} />, width: 'md', card: 'end' },
  { id: 'last-seen', cell: (row) => <SeenCell presence={row.presence} />, width: 'md', card: 'when' },
  { id: 'added', cell: (row) => <AddedCell row={row} />, width: 'lg', card: 'none', from: 'widest', sort: true },
];
