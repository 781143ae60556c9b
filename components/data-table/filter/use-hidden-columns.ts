'use client';

import { useState } from 'react';
import { columnsCookie, cookieText } from '#lib/views/cookies.ts';
import { hiddenText, parseHidden, type ColumnsRoom, type Hideable } from '#lib/views/hidden-columns.ts';
import { readCookie } from './read-cookie.ts';

/** The hidden columns of a table: of the server's cookie, or as changed since, when the browser goes back to an older page. */
export function useHiddenColumns<R extends ColumnsRoom>(room: R, first: readonly Hideable<R>[]) {
  const name = columnsCookie(room);
  const [hidden, setHidden] = useState(() =>
    typeof document === 'undefined' ? first : parseHidden(room, readCookie(name)),
  );
  return {
    hidden,
    toggle: (id: Hideable<R>) => {
      const next = hidden.includes(id) ? hidden.filter((each) => each !== id) : [...hidden, id];
      document.cookie = cookieText(room, name, hiddenText(room, next));
      setHidden(next);
    },
  };
}
