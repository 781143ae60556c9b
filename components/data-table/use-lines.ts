'use client';

import { useMemo, useState } from 'react';

/**
 * The rows of a list with what comes later for each, such as a name. A line stays the same object until its row or that changes,
 * so that only its own cells are drawn again.
 */
export function useLines<R extends object, X, L>(
  rows: readonly R[],
  extraOf: (row: R) => X,
  lineOf: (row: R, extra: X) => L,
): L[] {
  const [known] = useState(() => createLines<R, X, L>());
  return useMemo(() => known(rows, extraOf, lineOf), [known, rows, extraOf, lineOf]);
}

function createLines<R extends object, X, L>() {
  let made: unknown;
  let lines = new WeakMap<R, { extra: X; line: L }>();
  return (rows: readonly R[], extraOf: (row: R) => X, lineOf: (row: R, extra: X) => L): L[] => {
    if (made !== lineOf) lines = new WeakMap();
    made = lineOf;
    return rows.map((row) => {
      const extra = extraOf(row);
      const before = lines.get(row);
      if (before && before.extra === extra) return before.line;
      const line = lineOf(row, extra);
      lines.set(row, { extra, line });
      return line;
    });
  };
}
