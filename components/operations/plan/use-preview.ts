'use client';

import { useEffect, useRef } from 'react';
import type { Json } from '#lib/operations/plan/define.ts';
import type { useOperation } from '#components/operations/run/use-operation.ts';

/**
 * Previews a change, anew whenever its input changes, until it begins; `restMs` after the last keystroke. From the first
 * difference on, the plan shown before can't be run. `input` undefined: there is none yet.
 */
export function usePreview(
  { preview, outdate, began }: Pick<ReturnType<typeof useOperation>, 'preview' | 'outdate' | 'began'>,
  name: string,
  input: { [key: string]: Json } | undefined,
  restMs = 0,
): void {
  const wanted = input === undefined ? null : JSON.stringify(input);
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (began || wanted === null || wanted === shown.current) return undefined;
    shown.current = null;
    outdate();
    const timer = setTimeout(() => {
      shown.current = wanted;
      void preview(name, JSON.parse(wanted) as Json);
    }, restMs);
    return () => clearTimeout(timer);
  }, [preview, outdate, began, name, wanted, restMs]);
}
