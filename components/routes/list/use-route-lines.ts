'use client';

import { useCallback } from 'react';
import { useLines } from '#components/data-table/use-lines.ts';
import type { RouteNames } from '#lib/routes/list/list-filter.ts';
import type { RouteName } from '#lib/routes/list/route-name.ts';
import type { RouteRow } from '#lib/routes/list/route-row.ts';
import type { RouteLine } from './route-cells.tsx';
import type { MayName } from './use-route-names.ts';
import type { Locked } from '#components/ui/locked/locked.ts';

/** Routes with the names of their chats and people. */
export function useRouteLines(
  rows: readonly RouteRow[],
  names: RouteNames,
  mayName: MayName,
  locked: Locked | undefined,
): RouteLine[] {
  const { chat, user } = mayName;
  return useLines(
    rows,
    useCallback(({ targetId }: RouteRow) => names.get(targetId), [names]),
    useCallback(
      (row: RouteRow, name: RouteName | undefined) => ({
        ...row,
        name,
        mayName: row.scope === 'chat' ? chat : user,
        locked,
      }),
      [chat, user, locked],
    ),
  );
}
