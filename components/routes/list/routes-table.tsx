'use client';

import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl/react';
import { LongTable, type LongColumn } from '#components/data-table/long-table.tsx';
import type { RouteNames, RoutesFilter, SortBy } from '#lib/routes/list/list-filter.ts';
import type { RouteRow } from '#lib/routes/list/route-row.ts';
import type { Hideable } from '#lib/views/hidden-columns.ts';
import { RouteLine, ROUTES_WIDTHS } from './route-line.tsx';
import type { MayName } from './use-route-names.ts';

type Props = {
  shown: readonly RouteRow[];
  total: number;
  names: RouteNames;
  mayName: MayName;
  chosen: ReadonlySet<string>;
  toggle: (id: string, range: boolean) => void;
  choose: (ids: readonly string[]) => void;
  /** Every row of the filter, drawn or not. */
  order: readonly string[];
  sort: RoutesFilter['sort'];
  sortBy: (sort: RoutesFilter['sort']) => void;
  busy: boolean;
  more: () => void;
  hidden: readonly Hideable<'routes'>[];
  locked: string | undefined;
};

/** The rows drawn so far; the next hundred are drawn before one scrolls to the end. Arrows walk, Shift chooses on the way. */
export function RoutesTable(props: Props) {
  const { shown, total, names, mayName, chosen, toggle, choose, order, sort, sortBy, busy, more, hidden, locked } =
    props;
  const t = useTranslations('routes-list');
  const end = useRef<HTMLDivElement>(null);
  const rest = total - shown.length;
  useEffect(() => {
    const element = end.current;
    if (!element || rest <= 0) return;
    const near = new IntersectionObserver(([entry]) => entry?.isIntersecting && more(), { rootMargin: '1200px' });
    near.observe(element);
    return () => near.disconnect();
  }, [rest, more]);

  function keys(event: KeyboardEvent<HTMLElement>) {
    const at = (event.target as HTMLElement).closest<HTMLElement>('[data-route]');
    if (!at) return;
    if (event.key === 'Escape') return choose([]);
    if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return choose(order);
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-route]')];
    const next = all[all.indexOf(at) + step];
    next?.focus();
    if (event.shiftKey && next?.dataset.route) {
      if (!chosen.has(at.dataset.route ?? '')) toggle(at.dataset.route ?? '', false);
      toggle(next.dataset.route, true);
    }
  }

  const sortable = (by: SortBy): Pick<LongColumn, 'head' | 'sorted' | 'acts'> => {
    const sorted = sort === by ? 'ascending' : sort === `-${by}` ? 'descending' : 'none';
    const Icon = { ascending: ArrowUp, descending: ArrowDown, none: ChevronsUpDown }[sorted];
    return {
      sorted,
      acts: true,
      head: (
        <button
          type="button"
          onClick={() => sortBy(sort === by ? `-${by}` : by)}
          className="-mx-1 inline-flex min-h-8 items-center gap-1 rounded px-1 hover:text-text"
        >
          {t(`columns.${by}`)}
          <Icon aria-hidden className={`size-3 ${sorted === 'none' ? 'opacity-50' : ''}`} />
        </button>
      ),
    };
  };
  const every = order.length > 0 && order.every((id) => chosen.has(id));
  const all: (Omit<LongColumn, 'width'> & { id: keyof typeof ROUTES_WIDTHS })[] = [
    {
      id: 'select',
      acts: true,
      head: (
        <label className="grid size-target cursor-pointer place-items-center">
          <input
            type="checkbox"
            checked={every}
            ref={(box) => {
              if (box) box.indeterminate = !every && order.some((id) => chosen.has(id));
            }}
            onChange={() => choose(every ? [] : order)}
            aria-label={t('choose-all', { count: total })}
            className="size-4 accent-(--accent)"
          />
        </label>
      ),
    },
    {
      id: 'label',
      ...sortable('label'),
      head: (
        <span className="flex items-center gap-2">
          <span className="max-sm:sr-only">{t('columns.target')}</span> {sortable('label').head}
        </span>
      ),
    },
    { id: 'agent', ...sortable('agent') },
    { id: 'instance', ...sortable('instance') },
    { id: 'own', head: t('columns.own') },
    { id: 'updated', ...sortable('updated') },
    { id: 'active', head: <span className="sr-only">{t('active')}</span> },
  ];
  const gone = new Set<string>(hidden);
  const columns = all.filter(({ id }) => !gone.has(id)).map((each) => ({ ...each, width: ROUTES_WIDTHS[each.id] }));
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys belong to the checkboxes inside */}
      <div onKeyDown={keys}>
        <LongTable label={t('title')} columns={columns} rows={total} busy={busy}>
          {shown.map((row, index) => (
            <RouteLine
              key={row.id}
              row={row}
              name={names.get(row.targetId)}
              mayName={mayName[row.scope]}
              index={index}
              chosen={chosen.has(row.id)}
              toggle={toggle}
              hidden={hidden}
              locked={locked}
            />
          ))}
        </LongTable>
      </div>
      <div ref={end} />
      {rest > 0 ? (
        <p className="border-t px-4 py-3 text-center text-sm">
          <button
            type="button"
            onClick={more}
            className="min-h-8 rounded px-3 font-medium text-accent-text hover:bg-hover"
          >
            {t('more', { count: rest })}
          </button>
        </p>
      ) : null}
    </>
  );
}
