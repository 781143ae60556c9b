'use client';

import { createContext, use, useCallback, useEffect, useRef, useState, type ReactNode } from 'react';

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

/** Keeps a draft under any name, for a form that is opened next. What looks like a key is not kept. */
export function useKeepDraft(): (name: string, text: string) => void {
  const scope = useActor();
  return useCallback((name, text) => write(placeOf(scope, name), text), [scope]);
}

/**
 * What somebody was typing when the page went away (an ended session, a reload), kept in this tab only and until it is
 * sent or given up. Never for secrets; what looks like a key is not kept. `undefined` until the browser was asked.
 */
export function useDraft(name: string): {
  draft: string | null | undefined;
  keep: (text: string) => void;
  drop: () => void;
} {
  const place = placeOf(useActor(), name);
  const [asked, setAsked] = useState<{ place: string; text: string | null }>();
  useEffect(() => setAsked({ place, text: sessionStorage.getItem(place) }), [place]);
  const keep = useCallback((text: string) => write(place, text), [place]);
  const drop = useCallback(() => sessionStorage.removeItem(place), [place]);
  return { draft: asked?.place === place ? asked.text : undefined, keep, drop };
}

/**
 * The same for the values of a whole form: `values` are kept as soon as `changed`, and dropped when they are not. What was
 * kept is handed to `restore` once, as far as it has the fields and the kinds of `values`.
 */
export function useDraftOf<T extends object>(
  name: string,
  { values, changed, restore }: { values: Partial<T>; changed: boolean; restore: (kept: Partial<T>) => void },
  isField: (field: string, value: unknown) => boolean,
): () => void {
  const { draft, keep, drop } = useDraft(name);
  const asked = useRef<string>(undefined);
  const latest = useRef({ restore, isField });
  useEffect(() => {
    latest.current = { restore, isField };
  });
  useEffect(() => {
    if (draft === undefined || asked.current === name) return;
    asked.current = name;
    const kept = Object.entries(parsed(draft)).filter(([field, value]) => latest.current.isField(field, value));
    if (kept.length > 0) latest.current.restore(Object.fromEntries(kept) as Partial<T>);
  }, [draft, name]);
  const text = changed ? JSON.stringify(values) : null;
  useEffect(() => {
    if (text !== null) keep(text);
    else if (asked.current === name) drop();
  }, [text, keep, drop, name]);
  return drop;
}

/** Fields a form has at its start, with a value of the same kind. */
export function sameKind(start: object): (field: string, value: unknown) => boolean {
  const kind = (value: unknown) => (value === null ? null : Array.isArray(value) ? 'array' : typeof value);
  const known = new Map(Object.entries(start));
  return (field, value) =>
    known.has(field) && (known.get(field) === null || value === null || kind(known.get(field)) === kind(value));
}

const placeOf = (scope: string, name: string) => `draft ${scope} ${name}`;

function write(place: string, text: string): void {
  if (!SECRET.test(text)) sessionStorage.setItem(place, text);
}

function parsed(text: string | null): object {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
