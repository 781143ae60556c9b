'use client';

import { createContext, use, useCallback, useEffect, useState, type ReactNode } from 'react';

const Scope = createContext('');

/** Whose drafts these are: another key in the same browser never sees them. */
export function DraftScope({ actor, children }: { actor: string; children: ReactNode }) {
  return <Scope value={actor}>{children}</Scope>;
}

/** Under whose key this is, for what a browser keeps. */
export function useActor(): string {
  return use(Scope);
}

const SECRET = /omni_sk_/i;

/**
 * What somebody was typing when the page went away (an ended session, a reload), kept in this tab only and until it is
 * sent or given up. Never for secrets; what looks like a key is not kept. `undefined` until the browser was asked.
 */
export function useDraft(name: string): {
  draft: string | null | undefined;
  keep: (text: string) => void;
  drop: () => void;
} {
  const place = `draft ${useActor()} ${name}`;
  const [draft, setDraft] = useState<string | null>();
  useEffect(() => setDraft(sessionStorage.getItem(place)), [place]);
  const keep = useCallback(
    (text: string) => {
      if (!SECRET.test(text)) sessionStorage.setItem(place, text);
    },
    [place],
  );
  const drop = useCallback(() => sessionStorage.removeItem(place), [place]);
  return { draft, keep, drop };
}
