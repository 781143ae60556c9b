'use client';

import { useEffect, useState } from 'react';
import { askLines } from '#components/lookups/ask.ts';
import type { Blocked } from '#lib/access/rules/blocked.ts';
import { LATE, type Seen } from '#lib/omni/seen.ts';
import { presenceLookup } from '#lib/lookups/people.ts';

/** People are asked about once nobody types: each costs Omni a call. */
const REST_MS = 250;

/** Where each is blocked. */
export type BlockedById = ReadonlyMap<string, Seen<Blocked>>;

/** Where these people are blocked, as far as it is known; each is asked about once. */
export function useBlocked(ids: readonly string[]): BlockedById {
  const [known, setKnown] = useState<BlockedById>(new Map());
  const wanted = ids.filter((id) => !known.has(id)).join(' ');
  useEffect(() => {
    if (!wanted) return undefined;
    const call = new AbortController();
    const timer = setTimeout(() => void read(wanted.split(' '), call.signal).then(keep), REST_MS);
    function keep(answers: BlockedById) {
      if (!call.signal.aborted) setKnown((now) => new Map([...now, ...answers]));
    }
    return () => {
      clearTimeout(timer);
      call.abort();
    };
  }, [wanted]);
  return known;
}

async function read(ids: string[], signal: AbortSignal): Promise<BlockedById> {
  const all = new Map<string, Seen<Blocked>>(ids.map((id) => [id, LATE]));
  try {
    for await (const { id, blocked } of askLines(presenceLookup, { ids }, signal)) all.set(id, blocked);
  } catch {
    // What did not come is said to be not read.
  }
  return all;
}
