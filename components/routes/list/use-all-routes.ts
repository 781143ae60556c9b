'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { askLines, LookupFailed } from '#components/lookups/ask.ts';
import { routesLookup } from '#lib/lookups/routes.ts';
import type { ListPart, MissingInstance } from '#lib/routes/list/list.ts';
import { unpackRoutes } from '#lib/routes/list/packed-routes.ts';
import type { RouteRow } from '#lib/routes/list/route-row.ts';

/** What the page brought. `listed`: the instances are known; else all of them are asked for. */
export type RoutesStart = ListPart & { listed: boolean };

/** `late`: rows that came while somebody was reading; they stand last until the order changes, so that nothing jumps. */
export type AllRoutes = {
  rows: RouteRow[];
  late: ReadonlySet<string>;
  waiting: MissingInstance[];
  failed: MissingInstance[];
  complete: boolean;
  problem: string | null;
};

const NOTHING: AllRoutes = { rows: [], late: new Set(), waiting: [], failed: [], complete: false, problem: null };

/** All routes of all instances: those the page brought, and those of slow instances as they come. */
export function useAllRoutes(start: RoutesStart, onlyInstance: string | undefined) {
  const [shown, setShown] = useState(start);
  const [state, setState] = useState(() => brought(NOTHING, start));
  if (shown !== start) {
    setShown(start);
    setState((now) => brought(now, start));
  }
  const calls = useRef(new Set<AbortController>());
  const wanted = useRef(onlyInstance);
  useEffect(() => {
    wanted.current = onlyInstance;
  });

  const load = useCallback(async (instances: readonly MissingInstance[]) => {
    const own = new AbortController();
    calls.current.add(own);
    const query = { instances: instances.map(({ id }) => id), instance: wanted.current };
    try {
      for await (const line of askLines(routesLookup, query, own.signal)) {
        if (own.signal.aborted) return;
        setState((now) => added(now, line, isBeingRead()));
      }
    } catch (error) {
      const problem = error instanceof LookupFailed ? error.problem : 'unexpected';
      if (!own.signal.aborted) setState((now) => ({ ...now, problem }));
    } finally {
      calls.current.delete(own);
    }
  }, []);

  useEffect(() => {
    if (start.listed && start.late.length === 0) return;
    const all = calls.current;
    void load(start.listed ? start.late : []);
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
        void load(instances);
      },
      [load],
    ),
    /** Puts late rows where they belong in the order. */
    placeLateRows: useCallback(() => setState((now) => (now.late.size > 0 ? { ...now, late: new Set() } : now)), []),
  };
}

/** Whether somebody has scrolled or selected rows, so that no row may move any more. */
export function isBeingRead(): boolean {
  return window.scrollY > 0 || document.querySelector('[data-list][data-selecting]') !== null;
}

/** The page was read, or read again. Rows of instances that are late now are kept until their new ones come. */
function brought(now: AllRoutes, start: RoutesStart): AllRoutes {
  const late = new Set(start.late.map(({ id }) => id));
  const rows = start.listed ? now.rows.filter(({ instanceId }) => late.has(instanceId)) : now.rows;
  const { failed, late: waiting } = start;
  return { ...now, rows: replaced(now, rows, start), waiting, failed, complete: start.listed, problem: null };
}

/** Some instances answered. `reading`: their rows must not move those that are read. */
function added(now: AllRoutes, part: ListPart, reading: boolean): AllRoutes {
  const here = new Set([...part.answered, ...part.failed.map(({ id }) => id)]);
  const rows = replaced(
    now,
    now.rows.filter(({ instanceId }) => !here.has(instanceId)),
    part,
  );
  const before = new Set(now.rows.map(({ id }) => id));
  const late = reading ? rows.flatMap(({ id }) => (before.has(id) ? [] : [id])) : [];
  const known = new Set(part.late.map(({ id }) => id));
  return {
    rows,
    late: new Set([...now.late, ...late]),
    waiting: [...now.waiting.filter(({ id }) => !here.has(id) && !known.has(id)), ...part.late],
    failed: [...now.failed.filter(({ id }) => !here.has(id)), ...part.failed],
    complete: true,
    problem: null,
  };
}

/** Rows that have not changed stay the same objects, so that they are not drawn again. */
function replaced({ rows: before }: AllRoutes, kept: RouteRow[], { packed }: ListPart): RouteRow[] {
  const known = new Map(before.map((row) => [row.id, row]));
  const fresh = unpackRoutes(packed).map((row) => {
    const old = known.get(row.id);
    return old && JSON.stringify(old) === JSON.stringify(row) ? old : row;
  });
  return [...kept, ...fresh];
}
