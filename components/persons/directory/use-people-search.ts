'use client';

import { useEffect, useRef, useState } from 'react';
import { consoleFetch } from '#components/shell/calls/console-fetch.ts';
import type { PersonRow } from '#lib/persons/directory/row.ts';
import { ndjson } from '#lib/text/ndjson.ts';

/** What the search knows so far. `problem` is a code of the namespace `problems`. */
export type PeopleFound = {
  query: string;
  rows: PersonRow[];
  pending: boolean;
  incomplete: boolean;
  problem?: string;
  /** What the sentences of the problem are filled with. */
  values?: Record<string, string | number>;
};

const REST_MS = 250;

/**
 * Searches while somebody types: aborts the call before (down to Omni), waits until typing rests, and takes answers as they come.
 * Busy from the first key on, so that "no results" never stands before a search was sent. The address follows without a
 * render. `start`: what the server has found already.
 */
export function usePeopleSearch(
  start: PeopleFound | null,
  { address: follows = true }: { address?: boolean } = {},
): {
  text: string;
  found: PeopleFound | null;
  busy: boolean;
  type: (text: string) => void;
  again: () => void;
} {
  const [text, setText] = useState(start?.query ?? '');
  const [found, setFound] = useState(start);
  const [shown, setShown] = useState(start);
  if (shown !== start) {
    setShown(start);
    // The page was read again, after a change: what it found now is what there is.
    if (start?.query === text.trim()) setFound(start);
  }
  const [busy, setBusy] = useState(false);
  const call = useRef<AbortController>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(
    () => () => {
      clearTimeout(timer.current);
      call.current?.abort();
    },
    [],
  );

  async function search(query: string) {
    call.current?.abort();
    if (!query) {
      setFound(null);
      setBusy(false);
      return;
    }
    const own = new AbortController();
    call.current = own;
    setBusy(true);
    try {
      const response = await consoleFetch(`/api/lookup/persons?q=${encodeURIComponent(query)}`, { signal: own.signal });
      for await (const found of linesOf(response, query)) if (!own.signal.aborted) setFound(found);
    } catch {
      if (!own.signal.aborted)
        setFound({ query, rows: [], pending: false, incomplete: false, problem: 'console_unreachable' });
    } finally {
      if (call.current === own && !own.signal.aborted) setBusy(false);
    }
  }

  function type(next: string) {
    setText(next);
    const query = next.trim();
    if (query === text.trim()) return;
    clearTimeout(timer.current);
    const address = new URL(location.href);
    address.searchParams.delete('at');
    if (query) address.searchParams.set('q', query);
    else address.searchParams.delete('q');
    call.current?.abort();
    setBusy(query !== '');
    timer.current = setTimeout(
      () => {
        if (follows) history.replaceState(null, '', address);
        void search(query);
      },
      query ? REST_MS : 0,
    );
  }

  return { text, found, busy, type, again: () => void search(text.trim()) };
}

/** One `PeopleFound` per line of the answer. */
async function* linesOf(response: Response, query: string): AsyncGenerator<PeopleFound> {
  if (!response.ok || !response.body) {
    yield { query, rows: [], pending: false, incomplete: false, problem: 'unexpected' };
    return;
  }
  for await (const line of ndjson<Omit<PeopleFound, 'query'>>(response)) yield { query, ...line };
}
