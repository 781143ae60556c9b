'use client';

import { useEffect, useState } from 'react';
import { consoleFetch } from '#components/shell/calls/console-fetch.ts';

/** How a typed phone is read: as what Omni would store (E.164, and for people to read), or why it is no number that can be stored. */
export type TypedPhone = { stored: string; text: string | null } | { reason: string };

const REST_MS = 200;

/** How the server reads a phone that is being typed; null while it is not known. */
export function useTypedPhone(typed: string): TypedPhone | null {
  const [read, setRead] = useState<{ of: string; as: TypedPhone } | null>(null);
  const wanted = typed.trim();
  useEffect(() => {
    if (!wanted) return undefined;
    const own = new AbortController();
    const timer = setTimeout(() => {
      readPhone(wanted, own.signal).then(
        (as) => as && setRead({ of: wanted, as }),
        () => undefined,
      );
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      own.abort();
    };
  }, [wanted]);
  return read?.of === wanted ? read.as : null;
}

async function readPhone(typed: string, signal: AbortSignal): Promise<TypedPhone | null> {
  const answer = await consoleFetch(`/api/lookup/phone?${new URLSearchParams({ q: typed })}`, { signal });
  return answer.ok ? ((await answer.json()) as TypedPhone) : null;
}
