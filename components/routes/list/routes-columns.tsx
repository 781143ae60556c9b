'use client';

import type { ListColumn } from '#components/data-table/columns.ts';
import {
  AgentCell,
  ChangedCell,
  LabelCell,
  OverridesCell,
  TargetCell,
  useRouteLabel,
  type RouteLine,
} from './route-cells.tsx';
import { RouteSwitch } from './route-switch.tsx';

/** The columns of the list of routes. */
export const ROUTES_COLUMNS: readonly ListColumn<RouteLine>[] = [
  { id: 'target', cell: (line) => <TargetCell line={line} />, width: 'grow-2', card: 'title', sort: true },
  { id: 'label', cell: ({ label }) => <LabelCell label={label} />, width: 'grow', card: 'none', sort: true },
  { id: 'agent', cell: (line) => <AgentCell row={line} />, width: 'grow-2', card: 'detail', sort: true },
  { id: 'instance', cell: ({ instance }) => instance, width: 'md', card: 'when', sort: true },
  { id: 'own', cell: ({ own }) => <OverridesCell own={own} />, width: 'md', card: 'none', from: 'widest' },
  {
    id: 'updated',
    cell: ({ updatedAt }) => <ChangedCell at={updatedAt} />,
    width: 'md',
    card: 'none',
    from: 'wide',
    sort: true,
  },
  { id: 'active', cell: (line) => <ActiveCell line={line} />, width: '2xs', card: 'end' },
];

function ActiveCell({ line }: { line: RouteLine }) {
  const name = useRouteLabel()(line);
  return (
    <span className="relative z-10 flex h-target items-center">
      <RouteSwitch
        instanceId={line.instanceId}
        id={line.id}
        label={name}
        active={line.active}
        updatedAt={line.updatedAt}
        locked={line.locked}
      />
    </span>
  );
}
