'use client';

import { useTranslations } from 'use-intl/react';
import type { ListColumn } from '#components/data-table/columns.ts';
import type { AgentCoverage, CoverageCounts, InstanceCoverage } from '#lib/routes/coverage/coverage.ts';
import { CountCell, DefaultOnCell, NameCell, RestFix, VerdictCell, type Whose } from './coverage-cells.tsx';

type Numbers = { id: string; counts: CoverageCounts | null; unsure: boolean };
/** `unsure`: more of its routes may lead to nobody. `mayCreate`: the key may create routes. */
export type InstanceLine = InstanceCoverage & { unsure: boolean; mayCreate: boolean };
/** `partly`: not every instance was read. */
export type AgentLine = AgentCoverage & { partly: boolean; unsure: boolean };

const COUNTS = ['chats', 'people', 'inactive', 'nobody'] as const;
const CARDS = { chats: 'detail', people: 'when', inactive: 'none', nobody: 'end' } as const;

function counts<T extends Numbers & { partly?: boolean }>(by: Whose['by']): ListColumn<T>[] {
  return COUNTS.map((of) => ({
    id: of,
    cell: ({ id, counts: all, partly = false, unsure }) => (
      <CountCell of={of} whose={{ by, id }} counts={all} partly={partly} unsure={unsure && of === 'nobody'} />
    ),
    width: 'md',
    ...(of === 'inactive' ? { from: 'wide' as const } : {}),
    card: CARDS[of],
    right: true,
    sort: true,
  }));
}

export const INSTANCE_COLUMNS: readonly ListColumn<InstanceLine>[] = [
  {
    id: 'name',
    cell: ({ id, name }) => <NameCell whose={{ by: 'instance', id }} name={name} />,
    width: 'grow-2',
    card: 'title',
    sort: true,
  },
  {
    id: 'agent',
    cell: ({ agent }) => <DefaultAgent agent={agent} />,
    width: 'md',
    card: 'none',
    sort: true,
    from: 'widest',
  },
  {
    id: 'rest',
    cell: ({ id, rest, allowlist, mayCreate }) => (
      <VerdictCell verdict={rest} allowlist={allowlist}>
        <RestFix instanceId={id} verdict={rest} mayCreate={mayCreate} />
      </VerdictCell>
    ),
    width: 'grow-5',
    wraps: true,
    card: 'line',
  },
  ...counts<InstanceLine>('instance'),
];

export const AGENT_COLUMNS: readonly ListColumn<AgentLine>[] = [
  { id: 'name', cell: (line) => <AgentName line={line} />, width: 'grow-2', card: 'title', sort: true },
  {
    id: 'answers',
    cell: ({ answers }) => <VerdictCell verdict={answers} />,
    width: 'grow-3',
    wraps: true,
    card: 'line',
  },
  {
    id: 'defaultOn',
    cell: ({ id, defaultOn }) => <DefaultOnCell id={id} count={defaultOn} />,
    width: 'md',
    card: 'none',
    right: true,
    sort: true,
  },
  ...counts<AgentLine>('agent'),
];

function DefaultAgent({ agent }: Pick<InstanceCoverage, 'agent'>) {
  const t = useTranslations('routes-coverage');
  if (agent === null) return <span className="text-muted">{t('no-default')}</span>;
  return agent.name ?? <span className="font-mono text-xs">{agent.id.slice(0, 8)}</span>;
}

function AgentName({ line: { id, name, active } }: { line: AgentLine }) {
  const t = useTranslations('routes-coverage');
  return <NameCell whose={{ by: 'agent', id }} name={name} warn={active === false ? t('inactive') : undefined} />;
}
