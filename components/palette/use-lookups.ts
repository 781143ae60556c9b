'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { ItemKind } from './palette-item.ts';
import { SOURCES, UNREACHABLE, type SourceAnswer } from './sources.ts';

const REST_MS = 80;

type State = SourceAnswer & { query: string };
type Lookups = { answerOf: (kind: ItemKind) => SourceAnswer | null; again: (kind: ItemKind) => void };

/**
 * Searches each source while somebody types: after a pause, people at once (their lookup rests by itself), and aborting the calls before (down to Omni). No source waits for
 * another. `null`: the source has not answered this query yet.
 */
export function useLookups(query: string, kinds: readonly ItemKind[]): Lookups {
  const [states, setStates] = useState<{ [kind in ItemKind]?: State }>({});
  const call = useRef<AbortController>(undefined);
  const searched = kinds.join(' ');

  const follow = useCallback(async (kind: ItemKind, text: string, { signal }: AbortController) => {
    const update = (answer: SourceAnswer) => {
      if (!signal.aborted) setStates((now) => ({ ...now, [kind]: { ...answer, query: text } }));
    };
    try {
      for await (const answer of SOURCES[kind].search(text, signal)) update(answer);
    } catch {
      update(UNREACHABLE);
    }
  }, []);

  useEffect(() => {
    const controller = new AbortController();
    call.current = controller;
    const all = searched.split(' ').filter(Boolean) as ItemKind[];
    const start = (now: readonly ItemKind[]) => {
      for (const kind of now) void follow(kind, query, controller);
    };
    if (query) start(all.filter((kind) => kind === 'person'));
    const timer = setTimeout(() => start(query ? all.filter((kind) => kind !== 'person') : all), query ? REST_MS : 0);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [query, searched, follow]);

  return {
    answerOf: (kind) => {
      const state = states[kind];
      return state?.query === query ? state : null;
    },
    again: (kind) => {
      setStates((now) => ({ ...now, [kind]: undefined }));
      if (call.current) void follow(kind, query, call.current);
    },
  };
}
