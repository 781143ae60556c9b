'use client';

import { useCallback, useEffect, useState } from 'react';
import type { ListRow } from './features.ts';

type Selected = Readonly<Record<string, true>>;
type Kept = { scope: string; selected: Selected; rows: ReadonlyMap<string, ListRow> };

const NONE: Selected = {};

/** What is selected on the pages of a list, while its pages follow each other; only in this tab's memory. */
const kept = new Map<string, Kept>();

/**
 * The selection of a list. It is kept across the pages of one filter (`scope`: the address without the page); under another
 * filter it is narrowed to the rows shown. It ends when the list is left. Answers the state for the table, and the selected
 * rows in the order in which they were selected: the first one is kept in a merge.
 */
export function useKeptSelection<T extends ListRow>(list: string, scope: string, rows: readonly T[], busy: boolean) {
  const [state, setState] = useState<Kept>(() => kept.get(list) ?? { scope, selected: NONE, rows: new Map() });
  const shown = new Set(rows.map(({ id }) => id));
  const narrowed = state.scope === scope ? state.selected : only(state.selected, shown);
  useEffect(() => {
    if (busy) return;
    setState((now) => {
      const selected = now.scope === scope ? now.selected : only(now.selected, new Set(rows.map(({ id }) => id)));
      const known = new Map([...now.rows].filter(([id]) => selected[id]));
      for (const row of rows) if (selected[row.id]) known.set(row.id, row);
      const next = { scope, selected, rows: known };
      kept.set(list, next);
      return now.scope === scope && now.selected === selected && sameRows(now.rows, known) ? now : next;
    });
  }, [list, scope, rows, busy, state.selected]);
  useEffect(() => {
    const path = location.pathname;
    return () => {
      if (location.pathname !== path) kept.delete(list);
    };
  }, [list]);
  const set = useCallback(
    (change: Selected | ((now: Selected) => Selected)) =>
      setState((now) => ({ ...now, selected: typeof change === 'function' ? change(now.selected) : change })),
    [],
  );
  const here = new Map(rows.map((row) => [row.id, row]));
  const picked = Object.keys(narrowed).flatMap((id) => here.get(id) ?? (state.rows.get(id) as T | undefined) ?? []);
  return { selected: narrowed, set, picked, elsewhere: picked.filter(({ id }) => !here.has(id)).length };
}

function only(selected: Selected, ids: ReadonlySet<string>): Selected {
  const left = Object.keys(selected).filter((id) => ids.has(id));
  return left.length === Object.keys(selected).length ? selected : Object.fromEntries(left.map((id) => [id, true]));
}

function sameRows(one: ReadonlyMap<string, ListRow>, other: ReadonlyMap<string, ListRow>): boolean {
  return one.size === other.size && [...other].every(([id, row]) => one.get(id) === row);
}
