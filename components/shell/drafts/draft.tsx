'use client';

import { createContext, use, useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { draftKey, keptValues, writeDraft } from './draft-storage.ts';

const Scope = createContext('');

/** The actor whose drafts these are, so that another key in the same browser never reads them. */
export function DraftScope({ actor, children }: { actor: string; children: ReactNode }) {
  return <Scope value={actor}>{children}</Scope>;
}

/** The actor under whose name the browser keeps data. */
export function useActor(): string {
  return use(Scope);
}

/** Keeps a draft under any name, for a form that is opened next. A text that contains a key is not kept. */
export function useKeepDraft(): (name: string, text: string) => void {
  const scope = useActor();
  return useCallback((name, text) => writeDraft(draftKey(scope, name), text), [scope]);
}

/**
 * The text that was typed before the page was left (an ended session, a reload), kept in this tab until it is sent or discarded.
 * A text that contains a key is not kept. `undefined` until the storage was read.
 */
export function useDraft(name: string): {
  draft: string | null | undefined;
  keep: (text: string) => void;
  drop: () => void;
} {
  const storageKey = draftKey(useActor(), name);
  const [stored, setStored] = useState<{ storageKey: string; text: string | null }>();
  useEffect(() => setStored({ storageKey, text: sessionStorage.getItem(storageKey) }), [storageKey]);
  const keep = useCallback((text: string) => writeDraft(storageKey, text), [storageKey]);
  const drop = useCallback(() => sessionStorage.removeItem(storageKey), [storageKey]);
  return { draft: stored?.storageKey === storageKey ? stored.text : undefined, keep, drop };
}

/**
 * The same for the values of a form: they are kept while `changed`, and dropped when not; secret fields are never kept. A kept
 * draft is passed to `restore` once, with the fields that `isField` accepts.
 */
export function useDraftOf<T extends object>(
  name: string,
  { values, changed, restore }: { values: Partial<T>; changed: boolean; restore: (kept: Partial<T>) => void },
  isField: (field: string, value: unknown) => boolean,
): () => void {
  const { draft, keep, drop } = useDraft(name);
  const restored = useRef<string>(undefined);
  const latest = useRef({ restore, isField });
  useEffect(() => {
    latest.current = { restore, isField };
  });
  useEffect(() => {
    if (draft === undefined || restored.current === name) return;
    restored.current = name;
    const kept = Object.entries(parsed(draft)).filter(([field, value]) => latest.current.isField(field, value));
    if (kept.length > 0) latest.current.restore(Object.fromEntries(kept) as Partial<T>);
  }, [draft, name]);
  const text = changed ? JSON.stringify(keptValues(values)) : null;
  useEffect(() => {
    if (text !== null) keep(text);
    else if (restored.current === name) drop();
  }, [text, keep, drop, name]);
  return drop;
}

/** Accepts fields that the form has at its start, with a value of the same kind. */
export function sameKind(start: object): (field: string, value: unknown) => boolean {
  const kind = (value: unknown) => (value === null ? null : Array.isArray(value) ? 'array' : typeof value);
  const known = new Map(Object.entries(start));
  return (field, value) =>
    known.has(field) && (known.get(field) === null || value === null || kind(known.get(field)) === kind(value));
}

function parsed(text: string | null): object {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
