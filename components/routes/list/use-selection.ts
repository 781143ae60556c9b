'use client';

import { useCallback, useEffect, useRef, useState } from 'react';

/** Which rows are chosen, by id. A range reaches from the last row touched. `order`: the rows as they are shown now. */
export function useSelection(order: readonly string[]) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string>(undefined);
  const rows = useRef(order);
  useEffect(() => {
    rows.current = order;
  });

  const toggle = useCallback((id: string, range: boolean) => {
    const from = range ? rows.current.indexOf(last.current ?? '') : -1;
    last.current = id;
    setChosen((now) => {
      const next = new Set(now);
      if (from < 0) {
        if (!next.delete(id)) next.add(id);
        return next;
      }
      const to = rows.current.indexOf(id);
      for (const each of rows.current.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(each);
      return next;
    });
  }, []);

  return {
    chosen,
    toggle,
    choose: useCallback((ids: readonly string[]) => setChosen(new Set(ids)), []),
  };
}
