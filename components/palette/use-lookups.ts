'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Kind } from './hit.ts';
import { SOURCES, UNREACHABLE, type Found } from './lookup.ts';

const REST_MS = 250;

type State = Found & { query: string };
type Lookups = { of: (kind: Kind) => Found | null; again: (kind: Kind) => void };

/**
 * Asks each source while somebody types: after a rest, ending the calls before (down to Omni). None waits for another.
 * `null` of a source: its answer for this query is not there yet.
 */
export function useLookups(query: string, kinds: readonly Kind[]): Lookups {
  const [states, setStates] = useState<{ [kind in Kind]?: State }>({});
  const call = useRef<AbortController>(undefined);
  const asked = kinds.join(' ');

  const follow = useCallback(async (kind: Kind, text: string, { signal }: AbortController) => {
    const tell = (found: Found) => {
      if (!signal.aborted) setStates((now) => ({ ...now, [kind]: { ...found, query: text } }));
    };
    try {
      for await (const found of SOURCES[kind].ask(text, signal)) tell(found);
    } catch {
      tell(UNREACHABLE);
    }
  }, []);

  useEffect(() => {
    const own = new AbortController();
    call.current = own;
    const start = () => {
      for (const kind of asked.split(' ').filter(Boolean)) void follow(kind as Kind, query, own);
    };
    const timer = setTimeout(start, query ? REST_MS : 0);
    return () => {
      clearTimeout(timer);
      own.abort();
    };
  }, [query, asked, follow]);

  return {
    of: (kind) => {
      const state = states[kind];
      return state?.query === query ? state : null;
    },
    again: (kind) => {
      setStates((now) => ({ ...now, [kind]: undefined }));
      if (call.current) void follow(kind, query, call.current);
    },
  };
}
