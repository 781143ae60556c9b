'use client';

import { useEffect, useState } from 'react';
import { consoleFetch } from '#components/shell/calls/console-fetch.ts';
import type { PhonePreview } from '#lib/persons/directory/phone-input.ts';

const REST_MS = 200;

/** How the server reads a phone that is being typed; null while it is not known, or where there is nothing to say. */
export function useTypedPhone(typed: string): PhonePreview {
  const [read, setRead] = useState<{ of: string; as: PhonePreview } | null>(null);
  const wanted = typed.trim();
  useEffect(() => {
    if (!wanted) return undefined;
    const own = new AbortController();
    const timer = setTimeout(() => {
      readPhone(wanted, own.signal).then(
        (as) => setRead({ of: wanted, as }),
        // Saving says the same: nothing is shown meanwhile.
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

async function readPhone(typed: string, signal: AbortSignal): Promise<PhonePreview> {
  const answer = await consoleFetch(`/api/lookup/phone?${new URLSearchParams({ q: typed })}`, { signal });
  return answer.ok ? ((await answer.json()) as PhonePreview) : null;
}
