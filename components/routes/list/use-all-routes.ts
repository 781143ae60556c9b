'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { askLines, LookupFailed } from '#components/lookups/ask.ts';
import { routesLookup } from '#lib/lookups/routes.ts';
import type { ListLine, MissingInstance } from '#lib/routes/list/list-line.ts';
import type { RouteRow } from '#lib/routes/list/route-row.ts';

/** What the page brought: the first rows in the order of its address. `complete`: there are no others. */
export type RoutesStart = {
  rows: RouteRow[];
  /** Rows of the instances that answered in time, and those of them the filter lets through. */
  total: number;
  matched: number;
  complete: boolean;
  late: MissingInstance[];
  failed: MissingInstance[];
};

/** `late`: rows that came after the others; they stand last until the order changes, so that nothing jumps. */
export type AllRoutes = {
  rows: RouteRow[];
  late: ReadonlySet<string>;
  waiting: MissingInstance[];
  failed: MissingInstance[];
  complete: boolean;
  problem: string | null;
};

/** All routes of all instances: the page's first rows, then the rest as it comes, instance by instance where some are slow. */
export function useAllRoutes(start: RoutesStart, onlyInstance: string | undefined) {
  const [shown, setShown] = useState(start);
  const [state, setState] = useState<AllRoutes>(() => opened(start));
  if (shown !== start) {
    setShown(start);
    setState((now) => refreshed(now, start));
  }
  const calls = useRef(new Set<AbortController>());
  const wanted = useRef(onlyInstance);
  useEffect(() => {
    wanted.current = onlyInstance;
  });

  const load = useCallback(async (instances: readonly string[]) => {
    const own = new AbortController();
    calls.current.add(own);
    const query = { instances: [...instances], instance: wanted.current };
    try {
      let first = instances.length === 0;
      for await (const line of askLines(routesLookup, query, own.signal)) {
        if (own.signal.aborted) return;
        const whole = first;
        first = false;
        setState((now) => (whole ? replaced(now, line) : added(now, line)));
      }
    } catch (error) {
      const problem = error instanceof LookupFailed ? error.problem : 'unexpected';
      if (!own.signal.aborted) setState((now) => ({ ...now, problem }));
    } finally {
      calls.current.delete(own);
    }
  }, []);

  useEffect(() => {
    if (start.complete) return;
    const all = calls.current;
    void load([]);
    return () => {
      for (const call of all) call.abort();
    };
  }, [start, load]);

  return {
    ...state,
    /** Reads these instances again, or all. */
    again: useCallback(
      (instances: readonly MissingInstance[]) => {
        setState((now) => ({
          ...now,
          problem: null,
          failed: now.failed.filter(({ id }) => !instances.some((each) => each.id === id)),
          waiting: [...now.waiting, ...instances],
        }));
        void load(instances.map(({ id }) => id));
      },
      [load],
    ),
    /** Puts late rows where they belong in the order. */
    placeLateRows: useCallback(() => setState((now) => (now.late.size > 0 ? { ...now, late: new Set() } : now)), []),
  };
}

function opened({ rows, late, failed, complete }: RoutesStart): AllRoutes {
  return { rows, late: new Set(), waiting: late, failed, complete, problem: null };
}

/** The page was read again: its rows are the newest, the others follow. */
function refreshed(now: AllRoutes, start: RoutesStart): AllRoutes {
  if (start.complete) return opened(start);
  const fresh = new Map(start.rows.map((row) => [row.id, row]));
  return { ...now, rows: now.rows.map((row) => fresh.get(row.id) ?? row) };
}

/** Everything that answered at once. Rows of an instance that is late are kept until its new ones come. */
function replaced(now: AllRoutes, { rows, answered, failed, late }: ListLine): AllRoutes {
  const here = new Set([...answered, ...failed.map(({ id }) => id)]);
  const slow = new Set(now.waiting.map(({ id }) => id));
  const kept = now.rows.filter((row) => !here.has(row.instanceId));
  const after = rows.filter((row) => now.late.has(row.id) || slow.has(row.instanceId));
  return {
    rows: [...rows, ...kept],
    late: new Set(after.map(({ id }) => id)),
    waiting: late,
    failed,
    complete: true,
    problem: null,
  };
}

/** An instance that came late, or that was asked again. */
function added(now: AllRoutes, { rows, answered, failed }: ListLine): AllRoutes {
  const here = new Set([...answered, ...failed.map(({ id }) => id)]);
  return {
    ...now,
    rows: [...now.rows.filter((row) => !here.has(row.instanceId)), ...rows],
    late: new Set([...now.late, ...rows.map(({ id }) => id)]),
    waiting: now.waiting.filter(({ id }) => !here.has(id)),
    failed: [...now.failed.filter(({ id }) => !here.has(id)), ...failed],
  };
}
