'use client';

import { Route as RouteIcon, SearchX } from 'lucide-react';
import type { Route } from 'next';
import { useCallback, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { followAddress } from '#components/shell/calls/page-reading.ts';
import type { ListColumn } from '#components/data-table/columns.ts';
import { DataList } from '#components/data-table/data-list.tsx';
import { Button } from '#components/ui/button.tsx';
import { Link } from '#components/ui/link.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import type { InstanceCoverage } from '#lib/routes/coverage/coverage.ts';
import { COVERAGE_SORTS, sortCoverage, type CoverageSort } from '#lib/routes/coverage/sort.ts';
import { fold } from '#lib/text/fold.ts';
import { changedQuery, type AddressChange } from '#lib/views/address.ts';
import { AGENT_COLUMNS, INSTANCE_COLUMNS, type AgentLine } from './coverage-columns.tsx';

type State = { q: string; sort: CoverageSort; agent?: string | undefined };

type Props = State &
  ({ by: 'instance'; lines: readonly InstanceCoverage[] } | { by: 'agent'; lines: readonly AgentLine[] }) & {
    /** Names of the default agents that instances can be narrowed by. */
    agents: readonly { id: string; name: string }[];
  };

const WAYS = ['instance', 'agent'] as const;

/** What routes cover, by instance or by agent; every number leads to the list of its routes. */
export function CoverageList(props: Props) {
  return props.by === 'instance' ? (
    <Coverage {...props} columns={INSTANCE_COLUMNS} lines={props.lines} />
  ) : (
    <Coverage {...props} columns={AGENT_COLUMNS} lines={props.lines} />
  );
}

type LineOf = InstanceCoverage | AgentLine;

function Coverage<T extends LineOf>({
  by,
  lines,
  columns,
  agents,
  ...first
}: Omit<Props, 'lines'> & { lines: readonly T[]; columns: readonly ListColumn<T>[] }) {
  const t = useTranslations('routes-coverage');
  const [now, set] = useState<State>({ q: first.q, sort: first.sort, agent: first.agent });
  const change = useCallback((patch: AddressChange) => {
    set((before) => ({ ...before, ...patch, q: 'q' in patch ? (patch.q ?? '') : before.q }) as State);
    followAddress(`${location.pathname}?${changedQuery(location.search.slice(1), patch)}`);
  }, []);
  const view = useMemo(() => {
    const words = fold(now.q).split(' ').filter(Boolean);
    const kept = lines.filter(
      (line) =>
        words.every((word) => fold(line.name).includes(word)) &&
        (!now.agent || ('agent' in line && line.agent?.id === now.agent)),
    );
    return sortCoverage(kept, now.sort);
  }, [lines, now]);
  const head = useCallback((id: string) => (id === 'name' ? t(`ways.${by}`) : t(`columns.${id as 'chats'}`)), [t, by]);
  const sorts = COVERAGE_SORTS.filter((id) => columns.some((column) => column.id === id));
  return (
    <DataList
      label={t('title')}
      columns={columns}
      head={head}
      rows={view}
      nameOf={({ name }) => name}
      sort={{
        now: now.sort,
        href: (sort) =>
          `/routes/coverage?${changedQuery(new URLSearchParams({ by }), { q: now.q, agent: now.agent, sort })}`,
        set: (sort) => change({ sort }),
      }}
      bar={{
        search: {
          name: 'q',
          label: t('search'),
          placeholder: t('search'),
          value: now.q,
          restMs: 0,
          change: (q) => change({ q }),
        },
        filters: by === 'instance' ? [{ id: 'agent', label: t('columns.agent'), choices: agents }] : [],
        values: { agent: now.agent, ...(by === 'agent' ? { by } : {}) },
        change,
        count: { shown: view.length, total: lines.length },
        sorts: {
          now: now.sort,
          all: sorts.flatMap((id) =>
            (['up', 'down'] as const).map((way) => ({
              id: way === 'up' ? id : `-${id}`,
              name: t(`sorts.${id === 'name' || id === 'agent' ? 'text' : 'number'}-${way}`, { what: head(id) }),
            })),
          ),
        },
        children: <Ways by={by} />,
      }}
      state={
        view.length > 0 ? undefined : lines.length > 0 ? (
          <ListState
            icon={SearchX}
            title={t('nothing')}
            actions={<Button onClick={() => change({ q: undefined, agent: undefined })}>{t('clear')}</Button>}
          />
        ) : (
          <ListState icon={RouteIcon} title={t(`empty.${by}`)} />
        )
      }
    />
  );
}

/** The two ways to look at coverage. */
function Ways({ by }: { by: Props['by'] }) {
  const t = useTranslations('routes-coverage');
  return (
    <nav aria-label={t('ways-label')} className="flex gap-1">
      {WAYS.map((way) => (
        <Link
          key={way}
          href={(way === 'instance' ? '/routes/coverage' : '/routes/coverage?by=agent') as Route}
          aria-current={way === by ? 'true' : undefined}
          className="flex h-7 items-center rounded px-2 text-xs text-muted hover:bg-hover aria-[current]:bg-inset aria-[current]:font-medium aria-[current]:text-text pointer-coarse:h-10"
        >
          {t(`by.${way}`)}
        </Link>
      ))}
    </nav>
  );
}
