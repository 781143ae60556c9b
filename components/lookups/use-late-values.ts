'use client';

import { useEffect, useRef, useState } from 'react';
import type { Lookup } from '#lib/lookups/lookup.ts';
import { askLines } from './ask.ts';

type Late<R extends { id: string }, Q extends object, A extends { id: string }, V> = {
  /** What is wanted now. */
  wanted: readonly R[];
  queryOf: (fresh: readonly R[]) => Q;
  valueOf: (line: A) => V;
  /** The value of one that did not come. */
  failed: (id: string) => V;
  start?: ReadonlyMap<string, V>;
  /** Nothing is asked now. */
  paused?: boolean;
  restMs: number;
};

const MOST = 100;

/**
 * Values that rows get after they are shown, by id: asked for once each, a hundred at a time, when what is wanted has not changed for
 * a while. What was asked for a page that is left, is aborted and asked again when it is wanted.
 */
export function useLateValues<R extends { id: string }, Q extends object, A extends { id: string }, V>(
  lookup: Lookup<Q, A>,
  { wanted, queryOf, valueOf, failed, start, paused = false, restMs }: Late<R, Q, A, V>,
): ReadonlyMap<string, V> {
  const [values, setValues] = useState<ReadonlyMap<string, V>>(() => start ?? new Map());
  const [given, setGiven] = useState(start);
  if (given !== start) {
    setGiven(start);
    setValues((now) => new Map([...now, ...(start ?? [])]));
  }
  const [round, next] = useState(0);
  const asked = useRef(new Set<string>());
  const make = useRef({ queryOf, valueOf, failed });
  useEffect(() => {
    make.current = { queryOf, valueOf, failed };
  });
  useEffect(() => {
    if (paused) return;
    const known = asked.current;
    const fresh = wanted.filter(({ id }) => !values.has(id) && !known.has(id)).slice(0, MOST);
    if (fresh.length === 0) return;
    const own = new AbortController();
    const came = new Set<string>();
    const put = (id: string, value: V) => {
      came.add(id);
      return setValues((now) => new Map(now).set(id, value));
    };
    const timer = setTimeout(async () => {
      for (const { id } of fresh) known.add(id);
      try {
        const query = make.current.queryOf(fresh);
        for await (const line of askLines(lookup, query, own.signal)) put(line.id, make.current.valueOf(line));
      } catch {
        // Told as failed below.
      }
      if (own.signal.aborted) return;
      next((now) => now + 1);
      const rest = fresh.filter(({ id }) => !came.has(id));
      if (rest.length > 0)
        setValues((now) => new Map([...now, ...rest.map(({ id }) => [id, make.current.failed(id)] as const)]));
    }, restMs);
    return () => {
      clearTimeout(timer);
      own.abort();
      for (const { id } of fresh) if (!came.has(id)) known.delete(id);
    };
    // What came is no reason to ask again: `values` is read, not waited for.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [lookup, wanted, paused, restMs, round]);
  return values;
}
