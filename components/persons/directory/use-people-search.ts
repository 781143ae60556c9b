'use client';

import { useEffect, useRef, useState } from 'react';
import { followAddress } from '#components/shell/calls/page-reading.ts';
import { typingRest } from '#components/lookups/typing-rest.ts';
import { useLookup } from '#components/lookups/use-lookup.ts';
import { personsLookup } from '#lib/lookups/people.ts';
import type { PersonRow } from '#lib/persons/directory/row.ts';

/** What the search knows so far. `problem` is a code of the namespace `problems`. */
export type PeopleFound = {
  query: string;
  rows: PersonRow[];
  pending: boolean;
  incomplete: boolean;
  /** How many there are of all hits, where that is known. */
  total?: number;
  problem?: string;
  /** What the sentences of the problem are filled with. */
  values?: Record<string, string | number>;
};

/** How long typing rests before the address follows it, milliseconds. */
const REST_MS = 80;

/**
 * Searches while somebody types: the directory at hand at each key, Omni once the text rests. Busy from the first key on, so that "no
 * results" never stands before a search was sent. The address follows without a render. `start`: what the server has found already.
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
  const asked = useRef(start?.query ?? '');
  const follow = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(follow.current), []);
  const { busy, ask } = useLookup(personsLookup, {
    onLine: (line) => setFound({ query: asked.current, ...line }),
    onProblem: (problem) => setFound({ query: asked.current, rows: [], pending: false, incomplete: false, problem }),
  });

  function search(query: string, typing: boolean) {
    asked.current = query;
    if (!query) setFound(null);
    ask(query ? { q: query, ...(typing ? { rest: String(typingRest()) } : {}) } : null);
  }

  function type(next: string) {
    setText(next);
    const query = next.trim();
    if (query === text.trim()) return;
    clearTimeout(follow.current);
    if (follows) follow.current = setTimeout(() => followText(query), query ? REST_MS : 0);
    search(query, true);
  }

  return { text, found, busy, type, again: () => search(text.trim(), false) };
}

function followText(query: string): void {
  const address = new URL(location.href);
  address.searchParams.delete('at');
  if (query) address.searchParams.set('q', query);
  else address.searchParams.delete('q');
  followAddress(address);
}
